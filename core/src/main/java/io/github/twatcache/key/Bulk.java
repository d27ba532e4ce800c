package io.github.twatcache.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Content that is a run of equal units: the primitive arrays, and strings by their UTF-16 code units. */
enum Bulk {
    BOOLEANS(Tag.BOOLEANS, 1, boolean[].class, boolean[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            boolean[] units = (boolean[]) array;
            for (int i = from; i < from + count; i++) {
                to.put((byte) (units[i] ? 1 : 0));
            }
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            boolean[] units = (boolean[]) array;
            boolean sound = true;
            for (int i = 0; i < units.length; i++) {
                byte unit = from.get();
                units[i] = unit == 1;
                sound &= unit == 0 || unit == 1;
            }
            return sound;
        }
    },
    BYTES(Tag.BYTES, 1, byte[].class, byte[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.put((byte[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.get((byte[]) array);
            return true;
        }
    },
    SHORTS(Tag.SHORTS, Short.BYTES, short[].class, short[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asShortBuffer().put((short[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asShortBuffer().get((short[]) array);
            return true;
        }
    },
    CHARS(Tag.CHARS, Character.BYTES, char[].class, char[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asCharBuffer().put((char[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asCharBuffer().get((char[]) array);
            return true;
        }
    },
    INTS(Tag.INTS, Integer.BYTES, int[].class, int[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asIntBuffer().put((int[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asIntBuffer().get((int[]) array);
            return true;
        }
    },
    LONGS(Tag.LONGS, Long.BYTES, long[].class, long[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asLongBuffer().put((long[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asLongBuffer().get((long[]) array);
            return true;
        }
    },
    FLOATS(Tag.FLOATS, Float.BYTES, float[].class, float[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asFloatBuffer().put((float[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asFloatBuffer().get((float[]) array);
            return true;
        }
    },
    DOUBLES(Tag.DOUBLES, Double.BYTES, double[].class, double[]::new) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asDoubleBuffer().put((double[]) array, from, count);
        }

        @Override
        boolean put(Object array, ByteBuffer from) {
            from.asDoubleBuffer().get((double[]) array);
            return true;
        }
    },
    STRING(Tag.STRING16, Character.BYTES, String.class, char[]::new) {
        @Override
        int count(Object string) {
            return ((String) string).length();
        }

        @Override
        void get(Object string, int from, int count, ByteBuffer to) {
            char[] units = new char[count];
            ((String) string).getChars(from, from + count, units, 0);
            to.asCharBuffer().put(units);
        }

        @Override
        boolean put(Object units, ByteBuffer from) {
            from.asCharBuffer().get((char[]) units);
            return true;
        }
    };

    /** Content of more bytes than this enters a key as its digest. */
    static final int WHOLE = 4096;

    private static final Bulk[] ARRAYS = Arrays.copyOf(values(), values().length - 1);

    final int tag;
    final int unit;
    final Class<?> type;
    private final IntFunction<Object> maker;

    Bulk(int tag, int unit, Class<?> type, IntFunction<Object> maker) {
        this.tag = tag;
        this.unit = unit;
        this.type = type;
        this.maker = maker;
    }

    /** Copies units into a buffer, which has the room; its position may or may not move. */
    abstract void get(Object content, int from, int count, ByteBuffer to);

    /** Fills an array from a buffer, and tells whether the bytes were sound. */
    abstract boolean put(Object array, ByteBuffer from);

    int count(Object content) {
        return java.lang.reflect.Array.getLength(content);
    }

    /** The constant for a class of primitive arrays. */
    static Bulk ofArray(Class<?> type) {
        return Arrays.stream(ARRAYS).filter(b -> b.type == type).findFirst().orElseThrow();
    }

    /** Writes content: whole, or as its digest where it is large and a digest is wanted. */
    void write(Object content, KeyDigest digest, ByteSink to) {
        int count = count(content);
        long size = (long) count * unit;
        if (digest != KeyDigest.NONE && size > WHOLE) {
            BulkDigest.write(this, content, digest, to);
        } else if (this == STRING) {
            to.text((String) content);
        } else {
            get(content, 0, count, to.u8(tag).length(count).next(size));
        }
    }

    /** Reads an array whose tag has been read. */
    static Object readArray(int tag, ByteSource from) {
        if (tag == Tag.BYTES) {
            // A copy, which nobody has to fill with zeroes first.
            return from.block();
        }
        Bulk bulk = ARRAYS[tag - Tag.BOOLEANS];
        int count = from.length(bulk.unit);
        Object array = bulk.maker.apply(count);
        if (!bulk.put(array, from.next((long) count * bulk.unit))) {
            throw from.damaged("a boolean is neither 0 nor 1");
        }
        return array;
    }
}
