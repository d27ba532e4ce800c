package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.error.LoadException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.testkit.Face.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract 4.5 through each {@link Face}: how the source is spared is the same for callers that wait and for futures. */
@Contract("4.5 sparing the source, asked in four ways")
public abstract class SourceFacesContract extends FacesFixture {
    /** Makes a contract. */
    protected SourceFacesContract() {}

    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_furtherOnesWaitForAPlace(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = cache.ask("b");
        CompletableFuture<@Nullable String> third = cache.ask("c");
        assertThat(source.runs()).isEqualTo(1);
        run.completeExceptionally(new IOException("down"));
        assertThat(failure(first)).isInstanceOf(IOException.class);
        CompletableFuture<@Nullable String> next = source.next();
        assertThat(source.runs()).isEqualTo(2);
        next.complete("v");
        source.next().complete("v");
        assertThat(result(second)).isEqualTo("v");
        assertThat(result(third)).isEqualTo("v");
        CompletableFuture<@Nullable String> last = cache.ask("d");
        source.next().complete("v");
        assertThat(result(last)).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_cancelledWhileWaiting_leavesNoPlaceTaken(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> given = cache.ask("b");
        CompletableFuture<@Nullable String> waiting = cache.ask("c");
        given.cancel(true);
        run.complete("a");
        assertThat(result(first)).isEqualTo("a");
        source.next().complete("c");
        assertThat(result(waiting)).isEqualTo("c");
        assertThat(source.runs()).isEqualTo(2);
        CompletableFuture<@Nullable String> anew = cache.ask("b");
        source.next().complete("b");
        assertThat(result(anew)).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_noPlaceWithinTheLoadTimeout_loadIsGivenUp(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1).loadTimeout(SECOND), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> waiting = cache.ask("b");
        ticker.advance(SECOND);
        assertThat(failure(waiting)).isInstanceOfAny(LoadTimeoutException.class, LoadRejectedException.class);
        assertThat(failure(first)).isInstanceOf(LoadTimeoutException.class);
        run.complete("a");
        awaitPresent(cache, "a");
        // Who asks in the moment before the load is over that was given up is refused with it, and asks again.
        List<CompletableFuture<@Nullable String>> anew = new ArrayList<>(List.of(cache.ask("b")));
        List<CompletableFuture<@Nullable String>> begun = new ArrayList<>();
        Actor.until("another load begins", () -> {
            if (anew.get(anew.size() - 1).isCompletedExceptionally()) {
                anew.add(cache.ask("b"));
            }
            CompletableFuture<@Nullable String> next = source.poll();
            return next != null && begun.add(next);
        });
        begun.get(0).complete("b");
        assertThat(result(anew.get(anew.size() - 1))).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_staleIsThere_nobodyWaits(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(
                face, cache().maxConcurrentLoads(1).expireAfterWrite(SECOND).failSafe(HOUR));
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> other = cache.ask("other");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        run.complete("v");
        assertThat(result(other)).isEqualTo("v");
        CompletableFuture<@Nullable String> anew = cache.ask("k");
        source.next().complete("new");
        assertThat(result(anew)).isEqualTo("new");
    }

    @Test
    void getAllAsync_waitsForAPlace_asOneLoad_andGivesItBack() {
        AsyncCache<String, String> cache = cache().maxConcurrentLoads(1)
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<@Nullable String> single = cache.get("a", key -> source.begin());
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<Map<String, String>> bulk =
                cache.getAll(List.of("b", "c"), keys -> source.begin().thenApply(value -> Map.of("b", "b", "c", "c")));
        assertThat(source.runs()).isEqualTo(1);
        run.complete("a");
        assertThat(result(single)).isEqualTo("a");
        source.next().complete("all");
        assertThat(result(bulk)).containsEntry("b", "b").containsEntry("c", "c");
        CompletableFuture<@Nullable String> last = cache.get("d", key -> source.begin());
        source.next().complete("d");
        assertThat(result(last)).isEqualTo("d");
        assertThat(result(cache.getIfPresent("c"))).isEqualTo("c");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadRate_refusesAtOnce(Face face) {
        Asked cache = face.on(cache().loadRate(1, SECOND), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        source.next().complete("a");
        assertThat(result(first)).isEqualTo("a");
        assertThat(failure(cache.ask("b")))
                .isInstanceOf(LoadRejectedException.class)
                .hasMessageContaining("load-rate");
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> second = cache.ask("b");
        source.next().complete("b");
        assertThat(result(second)).isEqualTo("b");
        assertThat(source.runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void sourceBreaker_open_refusedAtOnce_probedByOne_closes(Face face) {
        Asked cache = face.on(cache().sourceBreaker(2, SECOND), source);
        for (int i = 0; i < 2; i++) {
            CompletableFuture<@Nullable String> failing = cache.ask("k");
            source.next().completeExceptionally(new IOException("down"));
            assertThat(failure(failing)).isInstanceOf(IOException.class);
        }
        assertThat(failure(cache.ask("k")))
                .isInstanceOf(LoadRejectedException.class)
                .hasMessageContaining("source-breaker-failures");
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> probe = cache.ask("probe");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(failure(cache.ask("k"))).isInstanceOf(LoadRejectedException.class);
        run.complete("up");
        assertThat(result(probe)).isEqualTo("up");
        CompletableFuture<@Nullable String> closed = cache.ask("k");
        source.next().complete("v");
        assertThat(result(closed)).isEqualTo("v");
        assertThat(source.runs()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadRetry_triedSoOften_thenTheLastException(Face face) {
        Asked cache = face.on(cache().loadRetry(2, TICK), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        source.next().complete("a");
        assertThat(result(first)).isEqualTo("a");
        assertThat(cache.stats().loadFailures()).isZero();
        CompletableFuture<@Nullable String> second = cache.ask("b");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(4);
        IOException twice = new IOException("twice");
        source.next().completeExceptionally(twice);
        assertThat(failure(second)).isSameAs(twice);
        assertThat(source.runs()).isEqualTo(4);
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
        CompletableFuture<@Nullable String> error = cache.ask("c");
        source.next().completeExceptionally(new AssertionError("a bug"));
        assertThat(failure(error)).isInstanceOf(AssertionError.class);
        assertThat(source.runs()).isEqualTo(5);
    }

    /** A load that has queued in vain is refused by an alarm as well. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_noPlaceInTime_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1).loadTimeout(MINUTE), source);
        CompletableFuture<@Nullable String> busy = cache.ask("busy");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> queued = cache.ask("a");
        ticker.advance(TICK);
        CompletableFuture<@Nullable String> last = cache.ask("b");
        CompletableFuture<Throwable> attached = queued.handle((value, thrown) -> failure(last));
        assertThat(busy).isNotDone();
        ticker.advance(MINUTE);
        assertThat(failure(last)).isInstanceOf(LoadException.class);
        assertThat(result(attached)).isInstanceOf(LoadException.class);
        run.complete("v");
    }

    /** Who computes anew has nobody who waits, or one who wants a new value: it waits for its turn like a call. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_renewalsWaitForAPlace(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(
                face, cache().maxConcurrentLoads(1).refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        cache.put("other", "old");
        ticker.advance(MINUTE);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(result(cache.ask("other"))).isEqualTo("old");
        run.complete("new");
        awaitValue(cache, "new");
        source.next().complete("newer");
        Actor.until("it is stored", () -> "newer".equals(cache.peek("other").orElse("")));
        assertThat(cache.stats().backgroundFailures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = "MEMOIZE.*", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_refreshOfWhatIsKept_waitsForAPlace(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().maxConcurrentLoads(1).keepStale());
        CompletableFuture<@Nullable String> other = cache.ask("other");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> refresh = cache.refresh("k");
        run.complete("v");
        assertThat(result(other)).isEqualTo("v");
        source.next().complete("new");
        assertThat(result(refresh)).isEqualTo("new");
    }
}
