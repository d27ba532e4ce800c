package io.github.twatcache.disk.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.DataKeys;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.value.ValueFormats;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the engine disk. Half of the inputs are the columns of a row, sealed whatever they hold, so that all of it is
 * decoded; the others change a row that was written, which then is as it was, or not sealed.
 */
class RowFuzz {
    private static final KeyCodec<Object> KEYS =
            DataKeys.of(Object.class, Encoders.standard()).codec();
    private static final ValueCodec VALUES = ValueFormats.found(Encoders.standard(), List.of(), List.of())
            .codec(CacheSpec.of("fuzz", "disk"), Object.class);

    private static final byte[] KEY = KEYS.encoded("key");
    private static final byte[] VALUE = VALUES.encode(KEY, List.of("a", 1, 2.5));
    private static final byte[] TERMS =
            new Lifetime(100, 200, Lifetime.FIXED, new Lifetime.Late(50, true, "etag")).packed();
    private static final Row WRITTEN = sealed(KEY, TERMS, VALUE);

    private static Row row(byte[] key, long find, long sum, byte @Nullable [] terms) {
        return new Row(7, 3, find, key, 1, 2, sum, Lifetime.unpacked(100, terms), 1, 5, 0, 0, 0, 0, 0, null);
    }

    private static Row sealed(byte[] key, byte @Nullable [] terms, byte[] value) {
        Row open = row(key, Seal.find(key), 0, terms);
        long sum = Seal.content(open.find(), key.length, open.mode(), value)
                ^ Seal.terms(open.id(), open.life(), open.lifetime());
        return row(key, open.find(), sum, terms);
    }

    @FuzzTest(maxDuration = "", maxExecutions = 1_000_000)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) {
        if (input.length % 2 == 0) {
            changed(input);
        } else {
            anybodys(ByteBuffer.wrap(input));
        }
    }

    /** A row of which some bytes were changed, each named by two bytes of the input. */
    private static void changed(byte[] input) {
        byte[] all = ByteBuffer.allocate(KEY.length + TERMS.length + VALUE.length)
                .put(KEY)
                .put(TERMS)
                .put(VALUE)
                .array();
        byte[] before = all.clone();
        for (int i = 0; i + 1 < input.length; i += 2) {
            all[(input[i] & 0xFF) % all.length] ^= input[i + 1];
        }
        byte[] key = Arrays.copyOf(all, KEY.length);
        byte[] terms = Arrays.copyOfRange(all, KEY.length, KEY.length + TERMS.length);
        byte[] value = Arrays.copyOfRange(all, KEY.length + TERMS.length, all.length);
        Row row = row(key, WRITTEN.find(), WRITTEN.sum(), terms);
        boolean same = Arrays.equals(key, KEY)
                && Arrays.equals(value, VALUE)
                && row.lifetime().equals(WRITTEN.lifetime());
        if (row.sealed(value) && !same) {
            throw new AssertionError("a changed row has a seal that fits");
        }
        if (Arrays.equals(all, before) && !row.sealed(value)) {
            throw new AssertionError("a row as it was written has no seal that fits");
        }
    }

    /** A row of anybody's, who has sealed it: the length of its key and of its terms come first. */
    private static void anybodys(ByteBuffer input) {
        byte[] key = part(input);
        byte[] terms = part(input);
        byte[] value = new byte[input.remaining()];
        input.get(value);
        Row row = sealed(key, terms, value);
        Lifetime again =
                Lifetime.unpacked(row.lifetime().fresh(), row.lifetime().packed());
        if (!row.sealed(value) || !again.equals(row.lifetime())) {
            throw new AssertionError("written as something else");
        }
        decoded(() -> KEYS.decode(key));
        boolean own = decoded(() -> VALUES.decode(key, value));
        // A value is read from an array that is lent, and may be longer.
        boolean lent = decoded(() -> VALUES.decode(key, Arrays.copyOf(value, value.length + 3), value.length));
        if (own != lent) {
            throw new AssertionError("of an array that is lent something else is read");
        }
    }

    private static byte[] part(ByteBuffer input) {
        int length = input.hasRemaining() ? input.get() & 0xFF : 0;
        byte[] part = new byte[Math.min(length, input.remaining())];
        input.get(part);
        return part;
    }

    private interface Decoder {
        @Nullable Object read();
    }

    /** Whether bytes are read as something; else they are refused by the one exception. */
    private static boolean decoded(Decoder decoder) {
        try {
            if (decoder.read() == null) {
                throw new AssertionError("a decoder returned null");
            }
            return true;
        } catch (SerializationException refused) {
            return false;
        }
    }
}
