package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.Waited;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Another process is waited for in many short steps, and that is one wait. */
class LeasingWaitTest {
    private static final int STEPS = 5;

    private final List<CacheEvent> told = new CopyOnWriteArrayList<>();
    private final Tally tally = new Tally(true, new Events("leased", Object::toString, System::nanoTime, told::add));
    private final Loads loads = new Loads(
            new InFlight(
                    "leased",
                    new LoadTableTest.PlainKeys(),
                    tally,
                    Ticker.system(),
                    new LoadSettings(null, List.of(), false)),
            new AnothersStore(),
            null);

    /** Another process computes everything, and is done after so many steps. */
    private static final class AnothersStore extends NoStore implements Leases<Object> {
        private int steps;

        @Override
        public Claim acquire(Object key) {
            return steps++ < STEPS ? new Theirs(key, "another process", Duration.ZERO) : new Found("theirs");
        }

        @Override
        public void awaitChange(Object key, Theirs theirs, Duration atMost) {
            LockSupport.parkNanos(1_000_000);
        }

        @Override
        public Claim seize(Object key) {
            throw new AssertionError("it was waited for long enough");
        }

        @Override
        public Outcome commit(Object key, Object token, Object value, Terms terms) {
            throw new AssertionError("nothing is computed here");
        }

        @Override
        public void release(Object key, Object token) {}

        @Override
        public boolean holds(Object key, Object token) {
            return true;
        }
    }

    private void assertOneWait() {
        CacheStats stats = tally.snapshot();
        assertThat(stats.waits()).isEqualTo(1);
        assertThat(stats.waitTime()).isGreaterThan(Duration.ZERO);
        assertThat(stats.longestWait()).isEqualTo(stats.waitTime());
        assertThat(told.stream().filter(Waited.class::isInstance)).hasSize(1);
    }

    @Test
    void load_manySteps_oneWait() throws Exception {
        assertThat(loads.load("k", () -> "ours", Judge.PLAIN)).isEqualTo("theirs");
        assertOneWait();
    }

    @Test
    void bulk_manySteps_oneWait() throws Exception {
        loads.loadAll(
                Set.of("k"),
                keys -> Map.of(),
                key -> Judge.PLAIN,
                (key, value) -> assertThat(value).isEqualTo("theirs"));
        assertOneWait();
    }
}
