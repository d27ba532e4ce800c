package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.Trait;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Races and slips that users of FusionCache have reported, each by its number there (github.com/ZiggyCreatures/FusionCache).
 * What needs a second tier, or a channel between processes, is proved as far as one cache can show it; {@code
 * docs/correctness.md} lists the rest. Each test names the guard without which it is red.
 */
@Contract("4.5 known races")
public abstract class KnownRacesContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Fn1<String, String, IOException> DOWN = key -> {
        throw new IOException("down");
    };

    private static final Fn1<String, String, RuntimeException> DOWN_UNCHECKED = key -> {
        throw new IllegalStateException("down");
    };

    private final Tasks tasks = new Tasks();
    private final Gate gate = new Gate();
    private @Nullable TwatCache instance;

    /** Makes a contract. */
    protected KnownRacesContract() {}

    private CacheBuilder races() {
        if (instance == null) {
            instance = builder().executor(tasks).open();
        }
        return cacheIn(instance, "races");
    }

    @AfterEach
    final void closeInstance() {
        if (instance != null) {
            instance.close();
        }
    }

    private static Cache<String, String> strings(CacheBuilder builder) {
        return builder.types(String.class, String.class).build();
    }

    /**
     * #625: a removal while the value is computed. Asserted: who calls after it computes anew, and what was computed before
     * it is not found afterwards. Red without {@code inFlight.detach} in {@code Changes.remove}.
     */
    @Test
    void fusionCache625_removeDuringLoad_olderValueIsNeitherJoinedNorKept() {
        Cache<String, String> cache = strings(races());
        Actor<String> first = Actor.start(() -> cache.get("k", key -> gate.pass("old")));
        gate.awaitLoader();
        cache.remove("k");
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
        gate.open();
        assertThat(first.result()).isEqualTo("old");
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
    }

    /**
     * #627: a tag's invalidation that is told again with a later time evicts what was stored since. Asserted: an
     * invalidation takes what carried the tag when it was made, and nothing that is stored later. Red where it is remembered
     * by its tag, and hides what carries that. Telling it again waits for tiers.
     */
    @Test
    void fusionCache627_tagInvalidatedBefore_laterEntriesStay() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache = strings(races().tags());
        cache.put("k", "old", Keep.under("t"));
        assertThat(cache.invalidateTag("t")).isEqualTo(1);
        cache.put("k", "new", Keep.under("t"));
        cache.put("l", "new", Keep.under("t"));
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.invalidateTag("t")).isEqualTo(2);
    }

    /**
     * #628: a tag's invalidation while a value is computed in the background. Asserted: what was begun before is not stored.
     * Red without {@code inFlight.detachAll} in {@code Changes.removeTagged}.
     */
    @Test
    void fusionCache628_tagInvalidatedDuringBackgroundRefresh_olderValueIsNotStored() {
        if (refuses(Trait.STALE) || refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache = races().expireAfterWrite(HOUR)
                .refreshAhead(0.1)
                .tags("t")
                .types(String.class, String.class)
                .build();
        cache.put("k", "v1");
        ticker.advance(HOUR.dividedBy(2));
        assertThat(cache.get("k", key -> gate.pass("older"))).isEqualTo("v1");
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        assertThat(cache.invalidateTag("t")).isEqualTo(1);
        gate.open();
        background.result();
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "v2")).isEqualTo("v2");
    }

    /**
     * #646: the value was computed and cannot be stored. Asserted: it is returned, and the next call is not kept waiting by
     * what the first has left behind. Red where {@code Loads.run} ends its load only when the value is stored. The lock between
     * machines waits for tiers.
     */
    @Test
    void fusionCache646_storingFails_nextCallComputesAtOnce() {
        Cache<String, Object> cache = races().types(String.class, Object.class)
                .storeIf((key, value) -> {
                    throw new IllegalStateException("a condition that fails");
                })
                .build();
        for (int i = 0; i < 3; i++) {
            String value = "v" + i;
            assertThat(Actor.start(() -> cache.get("k", key -> value)).result()).isEqualTo(value);
        }
        assertThat(cache.contains("k")).isFalse();
    }

    /**
     * #647: the function throws when it is run in the background. Asserted: the key is free again, for the next refresh and,
     * after a removal, for the next call. Red without {@code renewing.remove} at the end of {@code Staleness.renew}.
     */
    @Test
    void fusionCache647_backgroundThrows_keyIsFree() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache =
                strings(races().expireAfterWrite(HOUR).refreshAhead(0.1).failSafeThrottle(Duration.ofNanos(1)));
        cache.put("k", "v1");
        ticker.advance(HOUR.dividedBy(2));
        assertThat(cache.get("k", key -> {
                    throw new AssertionError("not even an exception");
                }))
                .isEqualTo("v1");
        assertThat(tasks.run()).isEqualTo(1);
        ticker.advance(1);
        assertThat(cache.get("k", key -> "v2")).isEqualTo("v1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cache.getIfPresent("k")).isEqualTo("v2");
        cache.remove("k");
        assertThat(Actor.start(() -> cache.get("k", key -> "v3")).result()).isEqualTo("v3");
    }

    /**
     * #648: everything was cleared, and an expired value that is kept comes back when the next computation fails. Asserted:
     * after clear, remove and a tag's invalidation nothing is served. Red where the engine's {@code clear} leaves stale
     * entries. A second tier waits for tiers.
     */
    @Test
    void fusionCache648_clearedWhileStale_failSafeHasNothingToServe() {
        if (refuses(Trait.STALE) || refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache =
                strings(races().expireAfterWrite(MINUTE).failSafe(HOUR).tags("t"));
        cache.put("k", "v");
        cache.put("l", "v");
        cache.put("m", "v");
        ticker.advance(MINUTE);
        cache.remove("l");
        assertThatThrownBy(() -> cache.get("l", DOWN)).isInstanceOf(IOException.class);
        cache.invalidateTag("t");
        assertThatThrownBy(() -> cache.get("m", DOWN)).isInstanceOf(IOException.class);
        cache.put("k", "v");
        ticker.advance(MINUTE);
        cache.clear();
        assertThatThrownBy(() -> cache.get("k", DOWN)).isInstanceOf(IOException.class);
    }

    /**
     * #553: a look-up that computes nothing comes upon an expired value and takes it away, so that fail-safe has none.
     * Asserted: it stays, however it is looked at. Red where {@code HeapStore.get} sweeps what is kept. A second tier waits
     * for tiers.
     */
    @Test
    void fusionCache553_lookedAtWhileStale_failSafeStillHasIt() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = strings(races().expireAfterWrite(MINUTE).failSafe(HOUR));
        cache.put("k", "v");
        ticker.advance(MINUTE);
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.contains("k")).isFalse();
        assertThat(cache.size()).isZero();
        assertThat(cache.asMap()).isEmpty();
        assertThat(cache.replace("k", "w")).isFalse();
        assertThat(cache.expireIn("k", HOUR)).isFalse();
        assertThat(cache.get("k", DOWN_UNCHECKED)).isEqualTo("v");
    }

    /**
     * #560: many computations that were left to end in the background, and old data that stays. Asserted: one that ends after
     * a newer value was stored does not take its place, and the newer one is what everybody gets from then on. Red without
     * {@code inFlight.detach} in {@code Changes.put}.
     */
    @Test
    void fusionCache560_backgroundEndsLate_newerValueStays() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = strings(races().refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        cache.put("k", "v1");
        ticker.advance(MINUTE);
        cache.get("k", key -> gate.pass("older"));
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        ticker.advance(HOUR);
        cache.put("k", "newer");
        gate.open();
        background.result();
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("k", DOWN_UNCHECKED)).isEqualTo("newer");
        }
    }

    /**
     * #613: fetched while it is invalidated. Asserted: of any number of computations that began before, none is stored, and
     * a soft invalidation is no less heeded. Red without {@code inFlight.detach} in {@code Changes.change}. Fetching from a
     * second tier waits for tiers.
     */
    @Test
    void fusionCache613_invalidatedDuringFetch_fetchedValueIsNotStoredAsFresh() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = strings(races().keepStale());
        Actor<String> fetch = Actor.start(() -> cache.get("k", key -> gate.pass("before")));
        gate.awaitLoader();
        cache.invalidateSoftly("k");
        gate.open();
        assertThat(fetch.result()).isEqualTo("before");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "after")).isEqualTo("after");
    }

    /**
     * #229: each failure that was answered with the stale value gave it a new life. Asserted: it is gone when it was to be,
     * however often it was served. Red where serving it stores it again.
     */
    @Test
    void fusionCache229_servedAgainAndAgain_endsWhenItWasTo() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache =
                strings(races().expireAfterWrite(MINUTE).failSafe(HOUR).failSafeThrottle(Duration.ofSeconds(1)));
        cache.put("k", "v");
        ticker.advance(MINUTE);
        Duration step = HOUR.dividedBy(60);
        for (int i = 0; i < 60; i++) {
            assertThat(cache.get("k", DOWN_UNCHECKED)).isEqualTo("v");
            ticker.advance(step);
        }
        assertThatThrownBy(() -> cache.get("k", DOWN)).isInstanceOf(IOException.class);
    }

    /**
     * #475: how long is a value kept that somebody has expired before its time? Asserted: as long as it would have been, its
     * end does not move. Red where {@code age} sets the end anew.
     */
    @Test
    void fusionCache475_expiredByHand_endDoesNotMove() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache =
                strings(races().expireAfterWrite(MINUTE).failSafe(HOUR).failSafeThrottle(Duration.ofNanos(1)));
        cache.put("k", "v");
        cache.invalidateSoftly("k");
        ticker.advance(MINUTE.plus(HOUR).minusNanos(1));
        assertThat(cache.get("k", DOWN_UNCHECKED)).isEqualTo("v");
        ticker.advance(1);
        tasks.run();
        assertThatThrownBy(() -> cache.get("k", DOWN)).isInstanceOf(IOException.class);
    }

    /**
     * #608: callers that gave up waiting leave something behind that makes others wait. Asserted: after a caller's time-out
     * the owner's value is there for the next, and a key whose owner failed is free. Red where a waiter that gives up takes
     * the load out of the table. The lock between machines waits for tiers.
     */
    @Test
    void fusionCache608_waiterGivesUp_nothingIsLeftBehind() {
        Cache<String, String> cache = strings(races().loadTimeout(Duration.ofNanos(1)));
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("v")));
        gate.awaitLoader();
        for (int i = 0; i < 3; i++) {
            assertThat(asTimePasses(() -> cache.get("k", key -> "another")).failure())
                    .isInstanceOf(LoadTimeoutException.class);
        }
        gate.open();
        assertThat(owner.result()).isEqualTo("v");
        assertThat(cache.get("k", key -> "another")).isEqualTo("v");
        assertThat(gate.runs()).isEqualTo(1);
        Gate fails = new Gate();
        Actor<String> failing = Actor.start(() -> cache.get("other", key -> {
            fails.pass("");
            throw new IOException("down");
        }));
        fails.awaitLoader();
        for (int i = 0; i < 3; i++) {
            assertThat(asTimePasses(() -> cache.get("other", key -> "another")).failure())
                    .isInstanceOf(LoadTimeoutException.class);
        }
        fails.open();
        assertThat(failing.failure()).isInstanceOf(IOException.class);
        assertThat(Actor.start(() -> cache.get("other", key -> "anew")).result())
                .isEqualTo("anew");
        assertThat(fails.runs()).isEqualTo(1);
    }
}
