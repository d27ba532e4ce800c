package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.Maintenance;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A store that is well is found to be well, and what is dead is removed and nothing else. Damage is each engine's own. */
@Contract("§3 maintenance")
public abstract class MaintenanceContract extends EngineContract {
    /** Makes a contract. */
    protected MaintenanceContract() {}

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    private boolean refused() {
        return refuses(Trait.MAINTENANCE, () -> Maintenance.of(strings()));
    }

    @Test
    void check_afterRandomOperations_noFaults() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Maintenance maintenance = Maintenance.of(cache);
        assertThat(maintenance.check()).isEmpty();
        SplittableRandom random = Seed.random();
        for (int i = 0; i < 500; i++) {
            String key = "k" + random.nextInt(50);
            switch (random.nextInt(4)) {
                case 0 -> cache.remove(key);
                case 1 -> cache.put(key, "x".repeat(random.nextInt(100_000)));
                case 2 -> cache.putIfAbsent(key, "short");
                default -> assertThat(cache.get(key, k -> "loaded")).isNotNull();
            }
        }
        long size = cache.size();
        assertThat(maintenance.check()).isEmpty();
        assertThat(maintenance.check(true)).isEmpty();
        assertThat(cache.size()).isEqualTo(size);
        cache.clear();
        assertThat(maintenance.check()).isEmpty();
    }

    @Test
    void expire_manyWithOneEnd_allOfThemAndNoOther() {
        if (refused() || !claims(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cache<String, String> cache =
                cache().perEntryExpiry().types(String.class, String.class).build();
        for (int i = 0; i < 250; i++) {
            cache.put("dead" + i, "v", Keep.lasting(Duration.ofMinutes(1)));
            cache.put("alive" + i % 10, "v", Keep.lasting(Duration.ofMinutes(2)));
            cache.put("lasting" + i % 10, "v");
        }
        Maintenance maintenance = Maintenance.of(cache);
        assertThat(maintenance.expire()).isZero();
        ticker.advance(Duration.ofMinutes(1));
        assertThat(maintenance.expire()).isEqualTo(250);
        assertThat(maintenance.expire()).isZero();
        assertThat(cache.size()).isEqualTo(20);
        assertThat(cache.contains("alive3")).isTrue();
    }

    @Test
    void cull_withinLimits_removesNothing() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }
        assertThat(Maintenance.of(cache).cull()).isZero();
        assertThat(cache.size()).isEqualTo(100);
    }

    @Test
    void volume_ofSomething_someBytes() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        cache.put("k", "v".repeat(100));
        assertThat(Maintenance.of(cache).volume()).isPositive();
        Maintenance.of(cache).resetStatistics();
        assertThat(cache.getIfPresent("k")).hasSize(100);
    }

    @Test
    void use_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Maintenance maintenance = Maintenance.of(cache);
        cache.close();
        assertThatIllegalStateException().isThrownBy(maintenance::check);
        assertThatIllegalStateException().isThrownBy(maintenance::volume);
    }
}
