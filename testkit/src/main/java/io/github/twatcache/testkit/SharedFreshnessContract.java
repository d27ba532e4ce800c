package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is due is computed by one of the processes that share it, while the others answer with what there is. Two instances over
 * one directory stand for two processes.
 */
@Contract("4.7 freshness over processes")
public abstract class SharedFreshnessContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Tasks hereLater = new Tasks();
    private final Tasks thereLater = new Tasks();
    private final Gate gate = new Gate();
    private @Nullable TwatCache one;
    private @Nullable TwatCache other;

    /** Makes a contract. */
    protected SharedFreshnessContract() {}

    @AfterEach
    final void closeBoth() {
        if (one != null) {
            one.close();
        }
        if (other != null) {
            other.close();
        }
    }

    /** Under chaos a store may not say who computes; then both do, which is no fault. */
    private boolean refused() {
        return refuses(Trait.LEASES)
                || refuses(Trait.STALE)
                || !claims(Trait.PERSISTENT)
                || engine() instanceof ChaosEngine;
    }

    private static Cache<String, String> due(CacheBuilder builder) {
        return builder.refreshAfterWrite(MINUTE)
                .expireAfterWrite(Duration.ofHours(1))
                .statistics()
                .types(String.class, String.class)
                .build();
    }

    private Cache<String, String> here() {
        one = builder().executor(hereLater).open();
        return due(cacheIn(one, "due"));
    }

    private Cache<String, String> there() {
        other = builder().executor(thereLater).open();
        return due(cacheIn(other, "due"));
    }

    /** The cache as either process has it. */
    private record Both(Cache<String, String> here, Cache<String, String> there) {}

    /** With a value that both find, and that is due. */
    private Both due() {
        Both both = new Both(here(), there());
        both.here.put("k", "old");
        ticker.advance(MINUTE);
        return both;
    }

    private static String never() {
        throw new AssertionError("computed a second time");
    }

    @Test
    void due_oneComputesInTheBackground_theOtherAnswersAndComputesNothing() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.get("k", key -> gate.pass("new"))).isEqualTo("old");
        Actor<Integer> renewal = Actor.start(hereLater::run);
        gate.awaitLoader();
        assertThat(there.get("k", key -> never())).isEqualTo("old");
        assertThat(thereLater.run()).isEqualTo(1);
        assertThat(there.stats().backgroundFailures()).isZero();
        gate.open();
        renewal.result();
        assertThat(here.stats().earlyRefreshes()).isEqualTo(1);
        assertThat(there.stats().earlyRefreshes()).as("begun elsewhere").isZero();
        assertThat(here.getIfPresent("k")).isEqualTo("new");
        assertThat(there.getIfPresent("k")).isEqualTo("new");
        assertThat(there.get("k", key -> never())).isEqualTo("new");
        assertThat(thereLater.waiting()).isZero();
        assertThat(there.stats().refreshes()).isZero();
    }

    /** It had asked while the value was due, and comes to a thread when another has computed it. */
    @Test
    void due_theOtherHasComputedItMeanwhile_nothingIsComputed() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.get("k", key -> "new")).isEqualTo("old");
        assertThat(there.get("k", key -> never())).isEqualTo("old");
        hereLater.run();
        thereLater.run();
        assertThat(there.getIfPresent("k")).isEqualTo("new");
        assertThat(there.stats().refreshes()).isZero();
        assertThat(there.stats().earlyRefreshes()).isZero();
        assertThat(there.stats().backgroundFailures()).isZero();
    }

    @Test
    void due_oneFails_theOtherMayCompute() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.get("k", key -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("old");
        hereLater.run();
        assertThat(here.stats().backgroundFailures()).isEqualTo(1);
        assertThat(there.get("k", key -> "new")).isEqualTo("old");
        thereLater.run();
        assertThat(here.getIfPresent("k")).isEqualTo("new");
    }

    @Test
    void due_futures_oneComputesInTheBackground() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        CompletableFuture<String> run = new CompletableFuture<>();
        CompletableFuture<String> first = here.async().get("k", key -> run);
        runAll(hereLater, first);
        CompletableFuture<String> second = there.async().get("k", key -> {
            throw new AssertionError("computed a second time");
        });
        runAll(thereLater, second);
        assertThat(there.stats().backgroundFailures()).isZero();
        assertThat(here.stats().earlyRefreshes()).isEqualTo(1);
        assertThat(there.stats().earlyRefreshes()).as("begun elsewhere").isZero();
        run.complete("new");
        Actor.until("it is stored", () -> {
            hereLater.run();
            return "new".equals(there.getIfPresent("k"));
        });
    }

    @Test
    void due_getAll_oneComputesInTheBackground_theOtherHasBegunNothing() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.getAll(List.of("k"), keys -> Map.of("k", gate.pass("new"))))
                .containsEntry("k", "old");
        Actor<Integer> renewal = Actor.start(hereLater::run);
        gate.awaitLoader();
        assertThat(there.getAll(List.of("k"), keys -> Map.of("k", never()))).containsEntry("k", "old");
        assertThat(thereLater.run()).isEqualTo(1);
        gate.open();
        renewal.result();
        assertThat(here.stats().earlyRefreshes()).isEqualTo(1);
        assertThat(there.stats().earlyRefreshes()).isZero();
        assertThat(there.getIfPresent("k")).isEqualTo("new");
    }

    /** An engine that blocks is asked by a task of its own, which makes another. */
    private static void runAll(Tasks tasks, CompletableFuture<String> answer) {
        while (tasks.waiting() > 0) {
            tasks.run();
        }
        assertThat(Face.result(answer)).isEqualTo("old");
    }

    /** What was made stale can no longer be seen by who replaces it; what another process has put there can. */
    @Test
    void stale_putElsewhereWhileOneComputes_thePutStays() {
        if (refused()) {
            return;
        }
        Cache<String, String> here = here();
        Cache<String, String> there = there();
        here.put("k", "old");
        assertThat(here.invalidateSoftly("k")).isTrue();
        assertThat(here.get("k", key -> gate.pass("late"))).isEqualTo("old");
        Actor<Integer> renewal = Actor.start(hereLater::run);
        gate.awaitLoader();
        there.put("k", "put");
        gate.open();
        renewal.result();
        assertThat(here.getIfPresent("k")).isEqualTo("put");
        assertThat(there.getIfPresent("k")).isEqualTo("put");
    }

    /** A process that computes for long is not asked about at each call. */
    @Test
    void due_anotherComputesForLong_theStoreIsAskedNowAndThen() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.get("k", key -> gate.pass("new"))).isEqualTo("old");
        Actor<Integer> renewal = Actor.start(hereLater::run);
        gate.awaitLoader();
        int asked = 0;
        for (int i = 0; i < 5; i++) {
            assertThat(there.get("k", key -> never())).isEqualTo("old");
            asked += thereLater.run();
        }
        assertThat(asked).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(there.get("k", key -> never())).isEqualTo("old");
        assertThat(thereLater.run()).isEqualTo(1);
        gate.open();
        renewal.result();
    }

    /** What another process puts while one computes anew is newer than what that computes. */
    @Test
    void due_putElsewhereWhileOneComputes_thePutStays() {
        if (refused()) {
            return;
        }
        Both due = due();
        Cache<String, String> here = due.here;
        Cache<String, String> there = due.there;
        assertThat(here.get("k", key -> gate.pass("late"))).isEqualTo("old");
        Actor<Integer> renewal = Actor.start(hereLater::run);
        gate.awaitLoader();
        there.put("k", "put");
        gate.open();
        renewal.result();
        assertThat(here.getIfPresent("k")).isEqualTo("put");
        assertThat(there.getIfPresent("k")).isEqualTo("put");
    }
}
