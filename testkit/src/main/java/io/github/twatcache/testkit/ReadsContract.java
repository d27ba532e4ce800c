package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract 4.7: an entry that dies after so many reads is found exactly that often. */
@Contract("4.7 expires after reads")
public abstract class ReadsContract extends EngineContract {
    /** Makes a contract. */
    protected ReadsContract() {}

    @Test
    void exactlySoManyReads_thenComputedAnew() {
        if (refuses(Trait.EXPIRE_AFTER_READS)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterReads(3)
                .statistics()
                .types(String.class, String.class)
                .build();
        for (int round = 0; round < 3; round++) {
            String value = "v" + round;
            assertThat(cache.get("k", key -> value)).isEqualTo(value);
            for (int i = 0; i < 3; i++) {
                assertThat(cache.contains("k")).isTrue();
                assertThat(cache.peek("k").value()).isEqualTo(value);
                assertThat(cache.get("k", key -> "another")).isEqualTo(value);
            }
            assertThat(cache.contains("k")).isFalse();
            assertThat(cache.size()).isZero();
        }
        assertThat(cache.stats().hits()).isEqualTo(9);
        assertThat(cache.stats().missCount(MissReason.EXPIRED)).isEqualTo(2);
        assertThat(cache.stats().removalCount(RemovalCause.EXPIRED)).isEqualTo(3);
    }

    @Test
    void putAnew_countsFromTheBeginning() {
        if (refuses(Trait.EXPIRE_AFTER_READS)) {
            return;
        }
        Cache<String, String> cache =
                cache().expireAfterReads(2).types(String.class, String.class).build();
        cache.put("k", "1");
        assertThat(cache.getIfPresent("k")).isEqualTo("1");
        cache.put("k", "2");
        assertThat(cache.getIfPresent("k")).isEqualTo("2");
        assertThat(cache.getIfPresent("k")).isEqualTo("2");
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.putIfAbsent("k", "3")).isTrue();
    }

    @Test
    void withALifetime_whateverComesFirst() {
        if (refuses(Trait.EXPIRE_AFTER_READS) || refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterReads(2)
                .expireAfterWrite(Duration.ofMinutes(1))
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        cache.getIfPresent("k");
        ticker.advance(Duration.ofMinutes(1));
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void withFailSafe_lastValueIsServedWhenComputingFails() {
        if (refuses(Trait.EXPIRE_AFTER_READS) || refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterReads(1)
                .expireAfterWrite(Duration.ofMinutes(1))
                .failSafe(Duration.ofHours(1))
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.size()).isZero();
        assertThat(cache.get("k", key -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("v");
    }

    @Test
    void manyThreads_noReadTooMany_noneTooFew() {
        if (refuses(Trait.EXPIRE_AFTER_READS)) {
            return;
        }
        int reads = 1_000;
        Cache<String, String> cache = cache().expireAfterReads(reads)
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        List<Actor<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(Actor.start(() -> IntStream.range(0, reads)
                    .mapToObj(read -> cache.getIfPresent("k"))
                    .filter(Objects::nonNull)
                    .count()));
        }
        assertThat(readers.stream().mapToLong(Actor::result).sum()).isEqualTo(reads);
        assertThat(cache.contains("k")).isFalse();
    }

    /** What is due is served by no look-up of the engine's, which alone counts reads: it would be found without end. */
    @Test
    void withWhatServesWithoutALookUp_refusedNamingBoth() {
        if (refuses(Trait.EXPIRE_AFTER_READS) || refuses(Trait.STALE)) {
            return;
        }
        CacheBuilder reads = cache().expireAfterReads(1).expireAfterWrite(Duration.ofHours(1));
        Map<String, CacheBuilder> excluded = Map.of(
                "refresh-after-write", reads.refreshAfterWrite(Duration.ofMinutes(1)),
                "refresh-ahead", reads.refreshAhead(0.5),
                "early-recomputation", reads.earlyRecomputation(1),
                "failover", reads.failover());
        excluded.forEach((setting, builder) -> assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.types(String.class, String.class).build())
                .withMessageContaining(setting)
                .withMessageContaining("expire-after-reads"));
    }

    @Test
    void softInvalidation_refusedNamingBoth() {
        if (refuses(Trait.EXPIRE_AFTER_READS) || refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterReads(1)
                .keepStale()
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.invalidateSoftly("k"))
                .withMessageContaining("expire-after-reads")
                .withMessageContaining("softly");
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(cache::invalidateAllSoftly);
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
        assertThat(cache.getIfPresent("k")).isNull();
    }
}
