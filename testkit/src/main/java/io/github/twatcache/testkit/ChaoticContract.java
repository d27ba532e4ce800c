package io.github.twatcache.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What contracts share that put chaos between the cache and the engine under test. */
abstract class ChaoticContract extends EngineContract {
    static final int PATIENT = 1_000_000;

    /** By the test's clock, which only what hangs moves: by a minute. */
    static final Duration LIMIT = ofMillis(200);

    final Chaos chaos = new Chaos(Seed.value());
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger version = new AtomicInteger();
    TwatCache broken;

    @SuppressWarnings("NullAway.Init") // set before each test
    ChaoticContract() {}

    @BeforeEach
    final void open() {
        chaos.whenHanging(() -> ticker.advance(ofMinutes(1)));
        broken = builder(chaotic()).open();
    }

    @AfterEach
    final void end() {
        chaos.end();
        broken.close();
    }

    final Engine chaotic() {
        return ChaosEngine.around(reliable(), chaos);
    }

    final Engine reliable() {
        return engine() instanceof ChaosEngine other ? other.inner() : engine();
    }

    final CacheBuilder onChaos() {
        return broken.cache("chaos").engine(chaotic().name()).statistics();
    }

    /** A cache of a function that returns a number and the version at the time. */
    final Cached1<Integer, String, RuntimeException> versioned(CacheBuilder builder) {
        return builder.memoize((Integer n) -> {
            runs.incrementAndGet();
            return n + " v" + version;
        });
    }

    static void assertFails(String operation, Runnable change) {
        assertThatExceptionOfType(EngineException.class)
                .as(operation)
                .isThrownBy(change::run)
                .withMessageContaining("cache 'chaos'")
                .withMessageContaining(operation);
    }

    /** Lets the engine answer again, and the breaker probe it. */
    final void recover() {
        chaos.end();
        ticker.advance(ofMinutes(1));
    }

    /** What an engine may throw beside what the compiler knows of: each is its failure. */
    static List<Supplier<Throwable>> surprises() {
        return List.of(
                () -> new AssertionError("of the engine's"),
                () -> new IOError(new IOException("disk")),
                () -> new ServiceConfigurationError("driver"),
                () -> new IOException("thrown past the compiler"),
                () -> new TimeoutException("thrown past the compiler"),
                () -> new NoClassDefFoundError("com/example/Driver"));
    }

    @SuppressWarnings("unchecked") // never executed: X is erased
    static <X extends Throwable> RuntimeException past(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** An interceptor that throws at one operation of one cache. */
    static StoreInterceptor at(Operation operation, Supplier<Throwable> trouble) {
        return new StoreInterceptor() {
            @Override
            public void before(StoreCall call) {
                if (call.operation() == operation) {
                    Throwable thrown = trouble.get();
                    throw ChaoticContract.<RuntimeException>past(thrown);
                }
            }
        };
    }

    final Cache<Integer, String> troubled(String name, Operation operation, Supplier<Throwable> trouble) {
        return onChaos()
                .named(name)
                .intercept(at(operation, trouble))
                .types(Integer.class, String.class)
                .build();
    }
}
