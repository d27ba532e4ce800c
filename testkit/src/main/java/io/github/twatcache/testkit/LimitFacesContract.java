package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.StaleServed;
import io.github.twatcache.stats.CacheEvent.Waited;
import io.github.twatcache.testkit.Face.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract 4.5 through each {@link Face}: how long a call waits is the same for callers that wait and for futures; what is attached
 * to these keeps nobody else waiting.
 */
@Contract("4.5 time limits, asked in four ways")
public abstract class LimitFacesContract extends FacesFixture {
    /** Makes a contract. */
    protected LimitFacesContract() {}

    @ParameterizedTest
    @EnumSource(Face.class)
    void softTimeout_staleValue_loadGoesOnAndIsStored(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache =
                stored(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR).softTimeout(TICK));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> first = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = cache.ask("k");
        ticker.advance(TICK);
        assertThat(result(first)).isEqualTo("old");
        Actor.until("the second is late as well", () -> {
            ticker.advance(TICK);
            return second.isDone();
        });
        assertThat(result(second)).isEqualTo("old");
        run.complete("new");
        awaitValue(cache, "new");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isEqualTo(2);
        assertThat(cache.stats().staleServed()).isEqualTo(2);
        assertThat(cache.stats().lookups()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void hardTimeout_error_loadGoesOnAndIsStored(Face face) {
        Asked cache = face.on(cache().hardTimeout(TICK), source);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(TICK);
        assertThat(failure(caller))
                .isInstanceOf(LoadTimeoutException.class)
                .hasMessageContaining("hard-timeout")
                .hasMessageContaining("goes on in the background");
        run.complete("v");
        awaitValue(cache, "v");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void limits_inTime_valueAsItIs(Face face) {
        Asked cache = face.on(cache().hardTimeout(Duration.ofDays(1)), source);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(cache.stats().timeouts()).isZero();
    }

    /** A call has one answer, so it counts once: the load that ends without a caller answers nobody. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void softTimeout_lateAndThenTheLoadFails_countsOnce(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        Asked cache = stored(
                face,
                cache().expireAfterWrite(MINUTE)
                        .failSafe(HOUR)
                        .softTimeout(TICK)
                        .events(told::add));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> late = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        Actor.until("it is late", () -> {
            ticker.advance(TICK);
            return late.isDone();
        });
        assertThat(result(late)).isEqualTo("old");
        run.completeExceptionally(new IOException("down"));
        Actor.until("the failure is counted", () -> cache.stats().loadFailures() == 1);
        assertThat(result(cache.ask("k")))
                .as("by the throttle, or as the load ends")
                .isEqualTo("old");
        assertThat(cache.stats().staleServed()).isEqualTo(2);
        Actor.until(
                "each stale answer is told",
                () -> told.stream().filter(StaleServed.class::isInstance).count() == 2);
        assertThat(source.runs()).isEqualTo(1);
    }

    /** What is attached to a future runs with whoever ends it, and may wait for another whose time is over later. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void loadTimeout_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        assertEachIsTold(face.on(cache().loadTimeout(MINUTE), source));
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void hardTimeout_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        assertEachIsTold(face.on(cache().hardTimeout(MINUTE), source));
    }

    private void assertEachIsTold(Asked cache) {
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(TICK);
        CompletableFuture<@Nullable String> second = cache.ask("b");
        CompletableFuture<@Nullable String> other = source.next();
        CompletableFuture<Throwable> attached = first.handle((value, thrown) -> failure(second));
        ticker.advance(MINUTE);
        assertThat(failure(second)).isInstanceOf(LoadTimeoutException.class);
        assertThat(result(attached)).isInstanceOf(LoadTimeoutException.class);
        run.complete("v");
        other.complete("v");
    }

    @Test
    void loadTimeout_ofGetAllAsync_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame() {
        AsyncCache<String, String> cache = cache().loadTimeout(MINUTE)
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<Map<String, String>> never = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> first = cache.getAll(List.of("a"), keys -> never);
        ticker.advance(TICK);
        CompletableFuture<Map<String, String>> second = cache.getAll(List.of("b"), keys -> never);
        CompletableFuture<Throwable> attached = first.handle((value, thrown) -> failure(second));
        ticker.advance(MINUTE);
        assertThat(failure(second)).isInstanceOf(LoadTimeoutException.class);
        assertThat(result(attached)).isInstanceOf(LoadTimeoutException.class);
        never.complete(Map.of());
    }

    /** As where each thread of the executor is held up by what does not end in time. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void hardTimeout_executorComesToNothingByThen_errorAllTheSame(Face face) {
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            Asked cache = face.on(cacheIn(instance, "busy").hardTimeout(TICK), source);
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            Actor.until("it has begun", () -> {
                tasks.run();
                return source.runs() == 1;
            });
            ticker.advance(TICK);
            assertThat(failure(caller)).isInstanceOf(LoadTimeoutException.class);
            source.next().complete("v");
        }
    }

    /** A wait ends when its caller is answered, and not when the load is over that it had joined. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void waits_lateOrCancelled_countedUntilThen(Face face) {
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        Asked cache = face.on(cache().hardTimeout(MINUTE).events(told::add), source);
        CompletableFuture<@Nullable String> owner = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> late = cache.join("k");
        CompletableFuture<@Nullable String> cancelled = cache.join("k");
        ticker.advance(SECOND);
        cancelled.cancel(true);
        assertThat(cache.stats().waitTime()).isEqualTo(SECOND);
        ticker.advance(MINUTE.minus(SECOND));
        assertThat(failure(owner)).isInstanceOf(LoadTimeoutException.class);
        assertThat(failure(late)).isInstanceOf(LoadTimeoutException.class);
        Actor.until("its wait is counted", () -> cache.stats().longestWait().equals(MINUTE));
        ticker.advance(HOUR);
        run.complete("v");
        awaitPresent(cache, "k");
        assertThat(cache.stats().waitTime()).isEqualTo(MINUTE.plus(SECOND));
        assertThat(cache.stats().longestWait()).isEqualTo(MINUTE);
        Actor.until(
                "both waits are told",
                () -> told.stream().filter(Waited.class::isInstance).count() == 2);
        assertThat(told.stream().filter(Waited.class::isInstance).map(Waited.class::cast))
                .extracting(Waited::took)
                .containsExactlyInAnyOrder(SECOND, MINUTE);
    }

    /** Where nothing is kept any more when the soft limit is over, there is nothing to be answered with but the load. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void softTimeout_removedBeforeItIsOver_waitsForTheLoad(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicInteger reads = new AtomicInteger();
        AtomicLong from = new AtomicLong(Long.MAX_VALUE);
        Ticker watched = () -> {
            long now = ticker.read();
            if (now >= from.get()) {
                reads.incrementAndGet();
            }
            return now;
        };
        try (TwatCache instance = builder().ticker(watched).open()) {
            Asked cache = stored(
                    face,
                    cacheIn(instance, "removed")
                            .expireAfterWrite(MINUTE)
                            .failSafe(HOUR)
                            .softTimeout(MINUTE)
                            .hardTimeout(HOUR));
            ticker.advance(MINUTE);
            CompletableFuture<@Nullable String> first = cache.ask("k");
            CompletableFuture<@Nullable String> run = source.next();
            cache.remove("k");
            from.set(ticker.read() + MINUTE.toNanos());
            ticker.advance(MINUTE);
            Actor.until("the time is seen", () -> reads.get() >= 3);
            assertThat(first).isNotDone();
            // It is answered on another thread, from some moment after that on.
            Actor.until("the hard limit is over", () -> {
                ticker.advance(HOUR);
                return first.isDone();
            });
            assertThat(failure(first)).isInstanceOf(LoadTimeoutException.class).hasMessageContaining("hard-timeout");
            run.complete("v");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void softTimeout_executorTakesNoMoreByThen_staleValueAllTheSame(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicBoolean full = new AtomicBoolean();
        Executor threads = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            Actor.<@Nullable Void>start(() -> {
                task.run();
                return null;
            });
        };
        try (TwatCache instance = builder().executor(threads).open()) {
            Asked cache = stored(
                    face,
                    cacheIn(instance, "full")
                            .expireAfterWrite(MINUTE)
                            .failSafe(HOUR)
                            .softTimeout(TICK));
            ticker.advance(MINUTE);
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            CompletableFuture<@Nullable String> run = source.next();
            full.set(true);
            ticker.advance(TICK);
            assertThat(result(caller)).isEqualTo("old");
            full.set(false);
            run.complete("new");
            awaitValue(cache, "new");
        }
    }
}
