package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract 4.7: an entry lives up to the last tick of its lifetime and not one longer, however it is looked at. */
@Contract("4.7 expiry")
public abstract class ExpiryContract extends EngineContract {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final RecordingContext<Object> context = new RecordingContext<>(true);
    private final FakeTicker storeTicker = context.ticker();

    /** Makes a contract. */
    protected ExpiryContract() {}

    private void openWith(UnaryOperator<CacheSpec> settings) {
        use(context, settings);
    }

    private static CacheSpec afterWrite(CacheSpec spec, long nanos) {
        return spec.with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(nanos), "test");
    }

    private static CacheSpec afterAccess(CacheSpec spec, long nanos) {
        return spec.with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(nanos), "test");
    }

    private static CacheSpec perEntry(CacheSpec spec) {
        return spec.with(Settings.PER_ENTRY_EXPIRY, true, "test");
    }

    private void put(Object key, Object value) {
        assertThat(store().put(key, value, Terms.PLAIN, Guard.ANY)).isEqualTo(Outcome.STORED);
    }

    private void put(Object key, Object value, long nanos) {
        assertThat(store().put(key, value, Terms.PLAIN.lasting(nanos), Guard.ANY))
                .isEqualTo(Outcome.STORED);
    }

    @Test
    void jitter_withoutLifetime_refusedAsOneThatHasNoEffect() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache("forever").expiryJitter(0.1).memoize((Integer n) -> n))
                .withMessageContaining(
                        "expiry-jitter = 0.1 (from code) of cache 'forever' has no effect without expire-after-write");
        assertThat(cache("mortal")
                        .expiryJitter(0.1)
                        .memoize((Integer n) -> n, o -> o.expireAfter((n, value) -> Duration.ofMinutes(1)))
                        .apply(1))
                .isEqualTo(1);
        Cache<String, String> own = cache("own")
                .expiryJitter(0.1)
                .perEntryExpiry()
                .types(String.class, String.class)
                .build();
        own.put("k", "v", Keep.lasting(Duration.ofMinutes(1)));
        assertThat(own.getIfPresent("k")).isEqualTo("v");
    }

    /** Advances to the last tick of the only entry's life, then by one, and looks in every way that is not a use. */
    private void assertLives(long nanos, Object value) {
        storeTicker.advance(nanos - 1);
        Entry entry = entry("k");
        assertThat(entry.value()).isEqualTo(value);
        assertThat(entry.terms().freshNanos()).isEqualTo(1);
        assertThat(store().size()).isEqualTo(1);
        storeTicker.advance(1);
        assertThat(store().entry("k")).isNull();
        assertThat(store().get("k")).isNull();
        assertThat(store().size()).isZero();
        try (Cursor<Object> cursor = store().entries()) {
            assertThat(cursor.advance()).isFalse();
        }
        assertThat(store().remove("k", Guard.ANY)).isFalse();
        assertThat(store().put("k", "next", Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 900_000_000, 1_000_000_000, 1_000_000_001, 10_000_000_000L, 86_400_000_000_000L})
    void expireAfterWrite_boundary_exact(long nanos) {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, nanos));
        put("k", "v");
        assertLives(nanos, "v");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_001})
    void expireAfterWrite_theDead_areAbsentToEveryGuard(long nanos) {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, nanos));
        put("k", "v");
        Object mark = entry("k").mark();
        storeTicker.advance(nanos);
        // Nothing looks in between, so nothing has cleared the dead away.
        assertThat(store().put("k", "x", Terms.PLAIN, Guard.seen(mark))).isEqualTo(Outcome.REFUSED);
        assertThat(store().remove("k", Guard.seen(mark))).isFalse();
        put("k", "v");
        storeTicker.advance(nanos);
        assertThat(store().put("k", "next", Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(store().get("k")).isEqualTo("next");
    }

    @Test
    void expireAfterWrite_read_doesNotProlong() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, 10_000 * MILLI));
        put("k", "v");
        storeTicker.advance(9_000 * MILLI);
        assertThat(store().get("k")).isEqualTo("v");
        assertLives(1_000 * MILLI, "v");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 500, 999, 1_000, 1_001, 4_000})
    void expireAfterWrite_update_startsNewLife(long millisLater) {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, 5_000 * MILLI));
        put("k", "first");
        storeTicker.advance(millisLater * MILLI);
        put("k", "second");
        assertLives(5_000 * MILLI, "second");
    }

    @Test
    void expireAfterWrite_updateOfSeen_startsNewLife() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, 1_000 * MILLI));
        put("k", "first");
        storeTicker.advance(500 * MILLI);
        Guard seen = Guard.seen(entry("k").mark());
        assertThat(store().put("k", "second", Terms.PLAIN, seen)).isEqualTo(Outcome.STORED);
        assertLives(1_000 * MILLI, "second");
    }

    @Test
    void expireAfterWrite_refusedPut_leavesTheLife() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, 5_000 * MILLI));
        put("k", "v");
        Guard seen = Guard.seen(entry("k").mark());
        put("k", "w");
        storeTicker.advance(3_000 * MILLI);
        assertThat(store().put("k", "x", Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        assertThat(store().put("k", "x", Terms.PLAIN, seen)).isEqualTo(Outcome.REFUSED);
        assertLives(2_000 * MILLI, "w");
    }

    @Test
    void expireAfterWrite_seenHasExpired_refused() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, MILLI));
        put("k", "v");
        Guard seen = Guard.seen(entry("k").mark());
        storeTicker.advance(MILLI);
        assertThat(store().put("k", "x", Terms.PLAIN, seen)).isEqualTo(Outcome.REFUSED);
        assertThat(store().remove("k", seen)).isFalse();
        assertThat(store().get("k")).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 900_000_000, 1_000_000_000, 10_000_000_000L})
    void expireAfterAccess_boundary_exact(long nanos) {
        if (refuses(Trait.EXPIRE_AFTER_ACCESS)) {
            return;
        }
        openWith(spec -> afterAccess(spec, nanos));
        put("k", "v");
        assertLives(nanos, "v");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 500, 999, 1_000, 1_001, 4_000})
    void expireAfterAccess_read_prolongs(long millisLater) {
        if (refuses(Trait.EXPIRE_AFTER_ACCESS)) {
            return;
        }
        openWith(spec -> afterAccess(spec, 5_000 * MILLI));
        put("k", "v");
        storeTicker.advance(millisLater * MILLI);
        assertThat(store().get("k")).isEqualTo("v");
        assertLives(5_000 * MILLI, "v");
    }

    @Test
    void expireAfterAccess_looking_doesNotProlong() {
        if (refuses(Trait.EXPIRE_AFTER_ACCESS)) {
            return;
        }
        openWith(spec -> afterAccess(spec, 5_000 * MILLI));
        put("k", "v");
        storeTicker.advance(3_000 * MILLI);
        assertThat(entry("k").value()).isEqualTo("v");
        assertThat(store().size()).isEqualTo(1);
        try (Cursor<Object> cursor = store().entries()) {
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.value()).isEqualTo("v");
        }
        assertThat(store().put("k", "x", Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        assertLives(2_000 * MILLI, "v");
    }

    @Test
    void expireAfterAccess_withExpireAfterWrite_whicheverComesFirst() {
        if (refuses(Trait.EXPIRE_AFTER_ACCESS) || refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(afterAccess(spec, 3_000 * MILLI), 5_000 * MILLI));
        put("k", "v");
        storeTicker.advance(2_500 * MILLI);
        assertThat(store().get("k")).isEqualTo("v");
        assertLives(2_500 * MILLI, "v");
        store().clear();
        put("k", "w");
        assertLives(3_000 * MILLI, "w");
    }

    /** Whoever leaves for want of room, and whatever is looked at to choose him, those that stay live on from their last use. */
    @ParameterizedTest
    @ValueSource(strings = {"", "FIFO", "LRU", "MRU", "LFU", "RR"})
    void expireAfterAccess_othersAreEvicted_lastUseCounts(String policy) {
        if (refuses(Trait.EXPIRE_AFTER_ACCESS)
                || refuses(Trait.MAXIMUM_SIZE)
                || (!policy.isEmpty() && refuses(Trait.POLICY))) {
            return;
        }
        openWith(spec -> {
            CacheSpec bounded = afterAccess(spec, 10_000 * MILLI).with(Settings.MAXIMUM_SIZE, 8L, "test");
            return policy.isEmpty() ? bounded : bounded.with(Settings.POLICY, Policy.valueOf(policy), "test");
        });
        for (int i = 0; i < 8; i++) {
            put("old" + i, "v");
        }
        storeTicker.advance(9_000 * MILLI);
        for (int i = 0; i < 8; i++) {
            assertThat(store().get("old" + i)).isEqualTo("v");
        }
        storeTicker.advance(500 * MILLI);
        for (int i = 0; i < 4; i++) {
            put("new" + i, "v");
        }
        assertThat(store().size()).isLessThanOrEqualTo(8);
        int stayed = 0;
        for (int i = 0; i < 8; i++) {
            Entry entry = store().entry("old" + i);
            if (entry != null) {
                assertThat(entry.terms().freshNanos()).isEqualTo(9_500 * MILLI);
                stayed++;
            }
        }
        assertThat(stayed).isPositive();
        storeTicker.advance(9_500 * MILLI - 1);
        assertThat(alive()).isGreaterThanOrEqualTo(stayed);
        storeTicker.advance(1);
        assertThat(alive()).isZero();
    }

    private int alive() {
        int alive = 0;
        for (int i = 0; i < 8; i++) {
            alive += store().entry("old" + i) == null ? 0 : 1;
        }
        return alive;
    }

    @Test
    void perEntry_lifetimes_eachItsOwn() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        openWith(ExpiryContract::perEntry);
        put("k", "v", 2_000 * MILLI);
        assertLives(2_000 * MILLI, "v");
        store().clear();
        put("a", 1, MILLI);
        put("b", 2, 2 * MILLI);
        put("c", 3, Terms.FOREVER);
        put("d", 4);
        storeTicker.advance(MILLI);
        assertThat(store().size()).isEqualTo(3);
        storeTicker.advance(MILLI);
        assertThat(store().size()).isEqualTo(2);
        storeTicker.advance(Duration.ofDays(365 * 100));
        assertThat(store().get("c")).isEqualTo(3);
        assertThat(store().get("d")).isEqualTo(4);
        assertThat(entry("c").terms().freshNanos()).isEqualTo(Terms.FOREVER);
    }

    @Test
    void perEntry_withExpireAfterWrite_ownGoesBeforeDefault() {
        if (refuses(Trait.PER_ENTRY_EXPIRY) || refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> perEntry(afterWrite(spec, 5_000 * MILLI)));
        put("k", "default");
        assertLives(5_000 * MILLI, "default");
        put("k", "longer", 9_000 * MILLI);
        assertLives(9_000 * MILLI, "longer");
        put("k", "shorter", 300 * MILLI);
        assertLives(300 * MILLI, "shorter");
        put("k", "for ever", Terms.FOREVER);
        storeTicker.advance(Duration.ofDays(1_000));
        assertThat(store().get("k")).isEqualTo("for ever");
        put("k", "default again");
        assertLives(5_000 * MILLI, "default again");
    }

    @Test
    void touch_live_newLifetimeFromNow() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        openWith(ExpiryContract::perEntry);
        put("k", "v", 1_000 * MILLI);
        storeTicker.advance(700 * MILLI);
        Object mark = entry("k").mark();
        assertThat(touch("k", 400 * MILLI)).isTrue();
        assertThat(entry("k").mark()).as("a touch is no replacement").isEqualTo(mark);
        assertLives(400 * MILLI, "v");
        assertThat(context.removed())
                .extracting(RecordingContext.Removal::cause)
                .containsOnly(RemovalCause.EXPIRED);
    }

    @Test
    void touch_forEver_neverDies() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        openWith(ExpiryContract::perEntry);
        put("k", "v", MILLI);
        assertThat(touch("k", Terms.FOREVER)).isTrue();
        storeTicker.advance(Duration.ofDays(10_000));
        assertThat(store().get("k")).isEqualTo("v");
    }

    @Test
    void touch_absentOrExpired_false() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        openWith(ExpiryContract::perEntry);
        assertThat(touch("k", 1)).isFalse();
        put("k", "v", MILLI);
        storeTicker.advance(MILLI);
        assertThat(touch("k", 1_000 * MILLI)).isFalse();
        assertThat(store().get("k")).isNull();
    }

    @SuppressWarnings("unchecked") // a store's keys are those of its capabilities
    private boolean touch(Object key, long nanos) {
        TouchStore<Object> touch = store().capability(TouchStore.class).orElseThrow();
        return touch.touch(key, nanos);
    }

    @Test
    void size_manyDead_countsTheLiving() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        openWith(ExpiryContract::perEntry);
        for (int i = 0; i < 1_000; i++) {
            put(i, i, (i + 1) * MILLI / 100);
        }
        storeTicker.advance(5 * MILLI);
        assertThat(store().size()).isEqualTo(500);
        assertThat(store().weight()).isEqualTo(500);
    }

    @Test
    void removal_expired_reportedOnceAsExpired() {
        if (refuses(Trait.REMOVALS) || refuses(Trait.EXPIRE_AFTER_WRITE)) {
            return;
        }
        openWith(spec -> afterWrite(spec, 1_000 * MILLI));
        put("a", 1);
        put("b", 2);
        storeTicker.advance(Duration.ofHours(1));
        put("a", 3);
        store().remove("b", Guard.ANY);
        assertThat(store().size()).isEqualTo(1);
        assertThat(context.removed())
                .containsExactlyInAnyOrder(
                        new RecordingContext.Removal("a", 1, RemovalCause.EXPIRED),
                        new RecordingContext.Removal("b", 2, RemovalCause.EXPIRED));
    }
}
