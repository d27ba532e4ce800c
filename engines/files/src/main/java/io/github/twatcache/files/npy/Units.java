package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.nio.ByteBuffer;

/**
 * How the units of one Java type move between an array and a buffer of bytes, in the buffer's byte order and bit for bit:
 * neither NaN's payload nor the sign of a zero is touched. The buffer's position moves behind them.
 */
abstract class Units {
    private static final Units BOOLEANS = new Units(1) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            boolean[] units = (boolean[]) array;
            for (int i = from; i < from + count; i++) {
                to.put((byte) (units[i] ? 1 : 0));
            }
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            boolean[] units = (boolean[]) array;
            for (int i = at; i < at + count; i++) {
                byte unit = from.get();
                if ((unit & ~1) != 0) {
                    throw new SerializationException("a boolean of the array is neither 0 nor 1");
                }
                units[i] = unit == 1;
            }
        }
    };

    private static final Units BYTES = new Units(1) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.put((byte[]) array, from, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.get((byte[]) array, at, count);
        }
    };

    private static final Units SHORTS = new Units(Short.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asShortBuffer().put((short[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asShortBuffer().get((short[]) array, at, count);
            passed(from, count);
        }
    };

    private static final Units CHARS = new Units(Character.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asCharBuffer().put((char[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asCharBuffer().get((char[]) array, at, count);
            passed(from, count);
        }
    };

    private static final Units INTS = new Units(Integer.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asIntBuffer().put((int[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asIntBuffer().get((int[]) array, at, count);
            passed(from, count);
        }
    };

    private static final Units LONGS = new Units(Long.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asLongBuffer().put((long[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asLongBuffer().get((long[]) array, at, count);
            passed(from, count);
        }
    };

    private static final Units FLOATS = new Units(Float.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asFloatBuffer().put((float[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asFloatBuffer().get((float[]) array, at, count);
            passed(from, count);
        }
    };

    private static final Units DOUBLES = new Units(Double.BYTES) {
        @Override
        void get(Object array, int from, int count, ByteBuffer to) {
            to.asDoubleBuffer().put((double[]) array, from, count);
            passed(to, count);
        }

        @Override
        void put(ByteBuffer from, Object array, int at, int count) {
            from.asDoubleBuffer().get((double[]) array, at, count);
            passed(from, count);
        }
    };

    /** How many bytes one takes. */
    final int bytes;

    Units(int bytes) {
        this.bytes = bytes;
    }

    /** Those of an element's component: of a complex number, of each half. */
    static Units of(Element element) {
        return switch (element.dtype()) {
            case BOOL -> BOOLEANS;
            case INT8, UINT8 -> BYTES;
            case INT16 -> SHORTS;
            case UINT16 -> CHARS;
            case INT32 -> INTS;
            case INT64 -> LONGS;
            case FLOAT32, COMPLEX64 -> FLOATS;
            case FLOAT64, COMPLEX128 -> DOUBLES;
            case UNICODE -> new TextUnits(element.width());
        };
    }

    /** Copies units of an array into a buffer, which has the room. */
    abstract void get(Object array, int from, int count, ByteBuffer to);

    /** Copies units out of a buffer, which has as many, into an array. */
    abstract void put(ByteBuffer from, Object array, int at, int count);

    final void passed(ByteBuffer buffer, int count) {
        buffer.position(buffer.position() + count * bytes);
    }
}
