package io.github.twatcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A class whose objects hold no others.
 *
 * @param tag begins them
 * @param type the class, or the supertype of classes that are not public
 * @param inKey writes what follows the tag in a key, where what equals is written alike: one NaN for all
 * @param inValue writes what follows it in a value, which comes back bit for bit
 * @param reader reads that
 */
// Date, whatever is thought of it, is a value that programs hold.
@SuppressWarnings("JavaUtilDate")
record Scalar<T>(
        int tag,
        Class<T> type,
        BiConsumer<ByteSink, T> inKey,
        BiConsumer<ByteSink, T> inValue,
        Function<ByteSource, ? extends T> reader)
        implements Form {
    static final List<Scalar<?>> ALL = List.of(
            new Scalar<>(Tag.BYTE, Byte.class, (to, v) -> to.u8(v), s -> (byte) s.u8()),
            new Scalar<>(Tag.SHORT, Short.class, (to, v) -> to.i16(v), ByteSource::i16),
            new Scalar<>(Tag.CHAR, Character.class, (to, v) -> to.i16(v), s -> (char) s.i16()),
            new Scalar<>(Tag.INT, Integer.class, ByteSink::i32, ByteSource::i32),
            new Scalar<>(Tag.LONG, Long.class, ByteSink::i64, ByteSource::i64),
            new Scalar<>(
                    Tag.FLOAT,
                    Float.class,
                    (to, v) -> to.i32(Float.floatToIntBits(v)),
                    (to, v) -> to.i32(Float.floatToRawIntBits(v)),
                    s -> Float.intBitsToFloat(s.i32())),
            new Scalar<>(
                    Tag.DOUBLE,
                    Double.class,
                    (to, v) -> to.i64(Double.doubleToLongBits(v)),
                    (to, v) -> to.i64(Double.doubleToRawLongBits(v)),
                    s -> Double.longBitsToDouble(s.i64())),
            new Scalar<>(
                    Tag.BIG_INTEGER,
                    BigInteger.class,
                    (to, v) -> to.block(v.toByteArray()),
                    s -> new BigInteger(s.block())),
            new Scalar<>(
                    Tag.BIG_DECIMAL,
                    BigDecimal.class,
                    (to, v) -> to.i32(v.scale()).block(v.unscaledValue().toByteArray()),
                    Scalar::bigDecimal),
            new Scalar<>(
                    Tag.UUID,
                    UUID.class,
                    (to, v) -> to.i64(v.getMostSignificantBits()).i64(v.getLeastSignificantBits()),
                    s -> new UUID(s.i64(), s.i64())),
            new Scalar<>(Tag.DATE, Date.class, (to, v) -> to.i64(v.getTime()), s -> new Date(s.i64())),
            new Scalar<>(Tag.BIT_SET, BitSet.class, Scalar::bitSet, Scalar::bitSet),
            new Scalar<>(
                    Tag.OPTIONAL_INT,
                    OptionalInt.class,
                    (to, v) -> to.u8(v.isPresent() ? 1 : 0).i32(v.orElse(0)),
                    s -> present(s, s.u8(), s.i32(), OptionalInt::of, OptionalInt.empty())),
            new Scalar<>(
                    Tag.OPTIONAL_LONG,
                    OptionalLong.class,
                    (to, v) -> to.u8(v.isPresent() ? 1 : 0).i64(v.orElse(0)),
                    s -> present(s, s.u8(), s.i64(), OptionalLong::of, OptionalLong.empty())),
            new Scalar<>(
                    Tag.OPTIONAL_DOUBLE,
                    OptionalDouble.class,
                    (to, v) -> to.u8(v.isPresent() ? 1 : 0).i64(Double.doubleToLongBits(v.orElse(0))),
                    (to, v) -> to.u8(v.isPresent() ? 1 : 0).i64(Double.doubleToRawLongBits(v.orElse(0))),
                    s -> present(
                            s, s.u8(), Double.longBitsToDouble(s.i64()), OptionalDouble::of, OptionalDouble.empty())));

    /** One that is written alike in keys and in values. */
    Scalar(int tag, Class<T> type, BiConsumer<ByteSink, T> writer, Function<ByteSource, ? extends T> reader) {
        this(tag, type, writer, writer, reader);
    }

    @Override
    public void write(CanonicalWriter writer, Object object) {
        (writer.isKey() ? inKey : inValue).accept(writer.out().u8(tag), type.cast(object));
    }

    Object read(ByteSource source) {
        return reader.apply(source);
    }

    private static BigDecimal bigDecimal(ByteSource source) {
        int scale = source.i32();
        return new BigDecimal(new BigInteger(source.block()), scale);
    }

    private static void bitSet(ByteSink to, BitSet bits) {
        long[] words = bits.toLongArray();
        to.length(words.length);
        for (long word : words) {
            to.i64(word);
        }
    }

    private static BitSet bitSet(ByteSource source) {
        long[] words = new long[source.length(Long.BYTES)];
        for (int i = 0; i < words.length; i++) {
            words[i] = source.i64();
        }
        return BitSet.valueOf(words);
    }

    private static <V, O> O present(ByteSource source, int flag, V value, Function<V, O> of, O empty) {
        if (flag > 1) {
            throw source.damaged("a presence is neither 0 nor 1");
        }
        return flag == 1 ? of.apply(value) : empty;
    }
}
