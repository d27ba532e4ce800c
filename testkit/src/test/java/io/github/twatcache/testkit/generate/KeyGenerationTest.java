package io.github.twatcache.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.CanonicalKeyCodec;
import io.github.twatcache.key.Digest;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.testkit.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A million tuples: equal bytes exactly where the oracle sees equal content, and values that come back as they went. */
final class KeyGenerationTest {
    private static final int TUPLES = 1_000_000;
    private static final int ROUND_TRIPS = 8;
    private static final CanonicalEncoding ENCODING = CanonicalEncoding.standard();
    private static final CanonicalCodec CODEC = new CanonicalCodec();
    private static final CanonicalKeyCodec<Object> KEYS = new CanonicalKeyCodec<>(Encoders.standard());

    private final SplittableRandom random = Seed.random();
    private final Map<Digest, Long> seen = new HashMap<>();
    private int different;
    private int nearMisses;

    @Test
    void encode_aMillionTuples_agreesWithTheOracle() {
        for (int i = 0; i < TUPLES; i += 3) {
            long content = random.nextLong();
            Object[] tuple = ValueGenerator.tuple(content, random.nextLong());
            byte[] bytes = ENCODING.encode(tuple);
            copy(content, tuple, bytes);
            nearMiss(content, tuple, bytes);
            distinct(content, tuple, bytes);
            if (i % ROUND_TRIPS == 0) {
                roundTrip(content, tuple, bytes);
            }
        }
        assertThat(different).as("near-misses that missed").isGreaterThan(nearMisses / 100 * 99);
    }

    private void copy(long content, Object[] tuple, byte[] bytes) {
        Object[] copy = ValueGenerator.tuple(content, random.nextLong());
        check(Oracle.same(tuple, copy), content, "the oracle sees a copy as another");
        check(Arrays.equals(bytes, ENCODING.encode(copy)), content, "a copy has other bytes");
    }

    private void nearMiss(long content, Object[] tuple, byte[] bytes) {
        Object[] other = ValueGenerator.nearMiss(content, random.nextLong());
        boolean same = Oracle.same(tuple, other);
        check(same == Arrays.equals(bytes, ENCODING.encode(other)), content, "a near-miss is judged differently");
        nearMisses++;
        different += same ? 0 : 1;
    }

    private void distinct(long content, Object[] tuple, byte[] bytes) {
        Long earlier = seen.putIfAbsent(Digest.of(bytes), content);
        if (earlier != null) {
            check(Oracle.same(tuple, ValueGenerator.tuple(earlier, 0)), content, "two contents have one key");
        }
    }

    private void roundTrip(long content, Object[] tuple, byte[] bytes) {
        check(Oracle.same(tuple, CODEC.decode(CODEC.encode(tuple))), content, "a value came back as another");
        Object key = KEYS.decode(KEYS.encoded(tuple));
        check(Oracle.same(tuple, key), content, "a key came back as another");
        check(Arrays.equals(bytes, ENCODING.encode(key)), content, "a key that came back has other bytes");
    }

    private void check(boolean sound, long content, String what) {
        if (!sound) {
            fail("%s: tuple %d; -Dtwat.seed=%d", what, content, Seed.value());
        }
    }
}
