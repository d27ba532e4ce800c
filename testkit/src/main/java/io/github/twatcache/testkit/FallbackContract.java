package io.github.twatcache.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another engine takes over while the breaker is open, and hands back: nothing that is older than what was seen comes back. */
@Contract("3 another engine takes over")
public abstract class FallbackContract extends EngineContract {
    private final Chaos chaos = new Chaos(Seed.value());
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger version = new AtomicInteger();
    private TwatCache broken;

    /** What the function does after it has computed, before its value is stored. */
    private Runnable meanwhile = () -> {};

    /** Makes a contract. */
    @SuppressWarnings("NullAway.Init") // set before each test
    protected FallbackContract() {}

    @BeforeEach
    final void open() {
        chaos.whenHanging(() -> ticker.advance(ofSeconds(1)));
        broken = builder(chaotic()).open();
    }

    @AfterEach
    final void end() {
        chaos.end();
        broken.close();
    }

    private Engine chaotic() {
        return ChaosEngine.around(engine() instanceof ChaosEngine other ? other.inner() : engine(), chaos);
    }

    private CacheBuilder onChaos() {
        return broken.cache("chaos")
                .engine(chaotic().name())
                .statistics()
                .breaker(1, ofSeconds(10))
                .fallback("heap");
    }

    /** A cache of a function that returns a number and the version at the time. */
    private Cached1<Integer, String, RuntimeException> versioned(CacheBuilder builder) {
        return builder.memoize((Integer n) -> {
            runs.incrementAndGet();
            String result = n + " v" + version;
            meanwhile.run();
            return result;
        });
    }

    /** Lets the engine answer again, and the breaker probe it. */
    private void recover() {
        chaos.end();
        ticker.advance(ofMinutes(1));
    }

    @Test
    void fallback_whileDown_takesOverAndHandsBackNothingStale() {
        Cached1<Integer, String, RuntimeException> function = versioned(onChaos());
        for (int n = 0; n < 4; n++) {
            assertThat(function.apply(n)).isEqualTo(n + " v0");
        }
        chaos.down(true);
        version.set(1);
        assertThat(function.invalidate(0))
                .as("opens the breaker, leaves a tombstone")
                .isFalse();
        assertThat(function.apply(0)).isEqualTo("0 v1");
        assertThat(function.apply(1)).isEqualTo("1 v1");
        int before = runs.get();
        assertThat(function.apply(1)).as("the fallback keeps it").isEqualTo("1 v1");
        assertThat(runs.get()).isEqualTo(before);
        version.set(2);
        function.invalidate(2);
        assertThat(function.stats().fallbacks()).isEqualTo(1);
        assertThat(function.stats().toString()).contains("the engine failed 1 time", "1 fallback");
        assertThat(function.explain().notes())
                .anyMatch(note -> note.contains("is left alone; engine 'heap' (fallback) serves"))
                .anyMatch(note -> note.contains("has not taken 3 changes"));
        recover();
        assertThat(function.apply(0)).isEqualTo("0 v2");
        assertThat(function.apply(1))
                .as("the engine still held v0, the fallback v1")
                .isEqualTo("1 v2");
        assertThat(function.apply(2)).isEqualTo("2 v2");
        assertThat(function.apply(3)).as("nobody has touched it").isEqualTo("3 v0");
        assertThat(function.explain().notes()).noneMatch(note -> note.contains("left alone"));
        chaos.down(true);
        version.set(3);
        function.invalidate(9);
        assertThat(function.apply(1)).as("each outage begins empty").isEqualTo("1 v3");
        assertThat(function.stats().fallbacks()).isEqualTo(2);
    }

    @Test
    void fallback_afterATimeLimit_answersTheSameCall() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().operationTimeout(ofMillis(200)));
        chaos.hangs(1);
        assertThat(function.apply(1)).isEqualTo("1 v0");
        assertThat(chaos.operations()).as("the engine is asked once").isEqualTo(1);
        assertThat(function.apply(1)).as("the fallback has kept it").isEqualTo("1 v0");
        assertThat(runs.get()).isEqualTo(1);
        assertThat(function.stats().fallbacks()).isEqualTo(1);
    }

    /**
     * An invalidation probes the engine; while it does, an operation from before the outage fails, and the engine is left
     * alone anew. The fallback, which goes on, must not answer with what was invalidated.
     */
    @Test
    void changeThatProbes_whileAnOlderFailureReopensTheBreaker_reachesTheFallbackToo() {
        Doors doors = new Doors();
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().intercept(doors));
        doors.stops(Operation.PUT);
        Actor<String> older = Actor.start(() -> function.apply(99));
        doors.awaitOne(Operation.PUT);
        chaos.down(true);
        assertThat(function.apply(1)).as("kept by the fallback").isEqualTo("1 v0");
        recover();
        version.set(1);
        doors.stops(Operation.REMOVE);
        Actor<Boolean> change = Actor.start(() -> function.invalidate(1));
        doors.awaitOne(Operation.REMOVE);
        doors.fails(Operation.PUT);
        assertThat(older.result()).isEqualTo("99 v0");
        doors.lets(Operation.REMOVE);
        change.result();
        assertThat(function.apply(1)).isEqualTo("1 v1");
    }

    /** Stops one operation of a kind in front of the engine, and lets it through or has it fail. */
    private static final class Doors implements StoreInterceptor {
        private final Map<Operation, Door> doors = new ConcurrentHashMap<>();

        private static final class Door {
            final CountDownLatch reached = new CountDownLatch(1);
            final CountDownLatch open = new CountDownLatch(1);
            volatile boolean fails;
        }

        private Door of(Operation operation) {
            return doors.computeIfAbsent(operation, unused -> new Door());
        }

        void stops(Operation next) {
            of(next);
        }

        void awaitOne(Operation stopped) {
            Actor.await(of(stopped).reached);
        }

        void lets(Operation stopped) {
            of(stopped).open.countDown();
        }

        void fails(Operation stopped) {
            of(stopped).fails = true;
            lets(stopped);
        }

        @Override
        public void before(StoreCall call) {
            Door door = doors.get(call.operation());
            if (door != null && door.reached.getCount() > 0) {
                door.reached.countDown();
                Actor.await(door.open);
                if (door.fails) {
                    throw new EngineException("the engine failed, as the test has it");
                }
            }
        }
    }

    @Test
    void latePut_afterTheFallbackTookOver_doesNotComeBack() {
        Cached1<Integer, String, RuntimeException> function =
                versioned(onChaos().operationTimeout(ofMillis(200)));
        meanwhile = () -> chaos.hangs(1);
        assertThat(function.apply(1)).as("its put hangs").isEqualTo("1 v0");
        meanwhile = () -> {};
        version.set(1);
        function.invalidate(1);
        assertThat(function.apply(1)).isEqualTo("1 v1");
        recover();
        Actor.until("the put has come through", () -> chaos.hanging() == 0);
        for (int i = 0; i < 10; i++) {
            assertThat(function.apply(1)).isEqualTo("1 v1");
        }
        // Whether anything had to be computed again depends on who was faster.
        assertThat(runs.get()).isBetween(2, 12);
    }

    @Test
    void refresh_seenByTheFallbackStoredByTheEngine_olderValueDoesNotStay() {
        Cached1<Integer, String, RuntimeException> function = versioned(onChaos());
        assertThat(function.apply(1)).isEqualTo("1 v0");
        chaos.down(true);
        assertThat(function.isCached(2)).isFalse();
        version.set(1);
        meanwhile = () -> {
            recover();
            assertThat(function.isCached(2)).as("this closes the breaker").isFalse();
        };
        assertThat(function.refresh(1)).isEqualTo("1 v1");
        assertThat(function.apply(1)).as("whoever has seen v1 must not get v0").isEqualTo("1 v1");
    }
}
