package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.MissReason;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python's {@code Disk} keeps them. Texts, 64-bit integers, doubles and bytes stand there as such; every other
 * value stands there as {@link Marked} bytes.
 */
final class PlainValues implements Values {
    private final ValueCodec codec;
    private final Accepted accepted;

    PlainValues(ValueCodec codec) {
        this.codec = codec;
        this.accepted = new Accepted(codec);
    }

    @Override
    public Object write(Object value) {
        boolean shared = (value instanceof String text && Surrogates.paired(text))
                || value instanceof Long
                // SQLite keeps a NaN as NULL, which is Python's None.
                || (value instanceof Double number && !number.isNaN())
                || (value instanceof byte[] bytes && !Marked.is(bytes));
        if (!shared || !accepted.accepts(value)) {
            return Marked.wrap(codec.id(), codec.encode(value));
        }
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    @Override
    public Reading read(@Nullable Object content) {
        if (content == null) {
            return Reading.of(Nil.NIL);
        }
        if (content instanceof byte[] bytes && Marked.is(bytes)) {
            return decoded(codec, Marked.read(bytes));
        }
        if (!accepted.accepts(content)) {
            throw new Unfit(words(content));
        }
        return Reading.of(content);
    }

    private static String words(Object content) {
        if (content instanceof String) {
            return "a str of Python's";
        } else if (content instanceof Long) {
            return "an int of Python's, which is a Long";
        } else if (content instanceof Double) {
            return "a float of Python's, which is a Double";
        }
        return "bytes of Python's";
    }

    /** The value that marked bytes stand for. */
    static Reading decoded(ValueCodec codec, Marked marked) {
        byte[] body = marked.body();
        if (body == null) {
            return Reading.none(MissReason.UNDECODABLE);
        }
        if (!marked.codec().equals(codec.id())) {
            return Reading.none(MissReason.VERSION);
        }
        try {
            return Reading.of(codec.decode(body));
        } catch (RuntimeException changed) {
            // The bytes are as they were written: the value's class is not.
            return Reading.none(MissReason.VERSION);
        }
    }
}
