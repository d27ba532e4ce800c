package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.testkit.Face.Asked;
import io.github.twatcache.testkit.Face.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract 4.5 through each {@link Face}: what is true of a caller that waits is true of one that holds a future, of a
 * memoized function as of a cache.
 */
@Contract("4.5 one computation, asked in four ways")
public abstract class FacesContract extends EngineContract {
    private static final int HERD = 16;

    private final Source source = new Source();

    /** Makes a contract. */
    protected FacesContract() {}

    private Asked asked(Face face) {
        return face.on(cache(), source);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void miss_computesAndStores_hitDoesNot(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> first = cache.ask("k");
        source.next().complete("value");
        assertThat(result(first)).isEqualTo("value");
        assertThat(result(cache.ask("k"))).isEqualTo("value");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.peek("k").value()).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void null_isAValue(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> first = cache.ask("k");
        source.next().complete(null);
        assertThat(result(first)).isNull();
        assertThat(result(cache.ask("k"))).isNull();
        assertThat(source.runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void herd_oneRun(Face face) {
        Asked cache = asked(face);
        List<CompletableFuture<@Nullable String>> herd = herd(cache);
        source.next().complete("value");
        herd.forEach(one -> assertThat(result(one)).isEqualTo("value"));
        assertThat(source.runs()).isEqualTo(1);
    }

    private List<CompletableFuture<@Nullable String>> herd(Asked cache) {
        List<CompletableFuture<@Nullable String>> herd = new ArrayList<>();
        for (int i = 0; i < HERD; i++) {
            herd.add(cache.ask("k"));
        }
        Actor.until("all but one have joined", () -> cache.stats().waits() == HERD - 1);
        return herd;
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void failingHerd_oneRunOneException_nextCallTriesAnew(Face face) {
        Asked cache = asked(face);
        List<CompletableFuture<@Nullable String>> herd = herd(cache);
        IOException failure = new IOException("down");
        source.next().completeExceptionally(failure);
        herd.forEach(one -> assertThat(failure(one)).isSameAs(failure));
        assertThat(source.runs()).isEqualTo(1);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(cache.peek("k").present()).isFalse();
        CompletableFuture<@Nullable String> next = cache.ask("k");
        source.next().complete("up");
        assertThat(result(next)).isEqualTo("up");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void function_throwsAtOnce_sameInstanceAndNothingStored(Face face) {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Asked cache = face.on(cache(), false, new Body() {
            @Override
            public @Nullable String value(String key) throws Exception {
                return stage(key).get();
            }

            @Override
            public CompletableFuture<@Nullable String> stage(String key) throws Exception {
                Throwable now = thrown.get();
                if (now instanceof Error error) {
                    throw error;
                } else if (now instanceof Exception exception) {
                    throw exception;
                }
                return CompletableFuture.completedFuture("fine");
            }
        });
        for (Throwable now : List.of(new IOException(), new IllegalStateException(), new AssertionError("error"))) {
            thrown.set(now);
            assertThat(failure(cache.ask("k"))).isSameAs(now);
            assertThat(cache.peek("k").present()).isFalse();
        }
        thrown.set(null);
        assertThat(result(cache.ask("k"))).isEqualTo("fine");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void remove_duringLoad_loadIsNotStored(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(cache.remove("k")).isFalse();
        run.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void put_duringLoad_putStays(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        cache.put("k", "put");
        run.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(cache.peek("k").value()).isEqualTo("put");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void clear_duringLoad_loadIsNotStored(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        cache.clear();
        run.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void tag_duringLoad_loadIsNotStored(Face face) {
        if (refuses(Trait.TAGS)) {
            return;
        }
        CacheBuilder builder = cache().tags();
        Asked cache = face.on(builder, true, Body.of(source));
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        cache.invalidateTag("of old");
        run.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void lateJoiner_afterRemove_computesAnew(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> old = source.next();
        cache.remove("k");
        CompletableFuture<@Nullable String> late = cache.ask("k");
        source.next().complete("new");
        assertThat(result(late)).isEqualTo("new");
        old.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(cache.peek("k").value()).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void earlyJoiner_beforeRemove_getsTheLoadsValue(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> early = cache.join("k");
        cache.remove("k");
        run.complete("old");
        assertThat(result(load)).isEqualTo("old");
        assertThat(result(early)).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void function_asksForItsOwnKey_refusedWithChain(Face face) {
        AtomicReference<@Nullable Asked> self = new AtomicReference<>();
        Asked cache = face.on(cache(), false, new Body() {
            @Override
            public @Nullable String value(String key) throws Exception {
                return source.await();
            }

            @Override
            public CompletableFuture<@Nullable String> stage(String key) {
                return there(self.get()).ask(key);
            }
        });
        self.set(cache);
        if (face.waits()) {
            // Of those that wait OneComputationContract says it, on one thread and over several.
            return;
        }
        assertThat(failure(cache.ask("k")))
                .isInstanceOf(RecursiveLoadException.class)
                .hasMessageContaining("conformance[");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void close_duringLoad_callersAreAnsweredAndNothingIsStored(Face face) {
        Asked cache = asked(face);
        CompletableFuture<@Nullable String> load = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> joined = cache.join("k");
        twat().close();
        run.complete("late");
        assertThat(result(load)).isEqualTo("late");
        assertThat(result(joined)).isEqualTo("late");
        assertThat(failure(cache.ask("k"))).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void storm_ofRemovals_noStaleValueAfterwards(Face face) {
        int[] truth = new int[1];
        Object lock = new Object();
        Asked cache = face.on(cache(), false, new Body() {
            @Override
            public String value(String key) {
                synchronized (lock) {
                    return Integer.toString(truth[0]);
                }
            }

            @Override
            public CompletableFuture<@Nullable String> stage(String key) {
                return CompletableFuture.completedFuture(value(key));
            }
        });
        IntStream.range(0, fewer(300, 60)).forEach(round -> {
            List<CompletableFuture<@Nullable String>> before =
                    IntStream.range(0, 4).mapToObj(i -> cache.ask("k")).toList();
            synchronized (lock) {
                truth[0]++;
            }
            if (round % 2 == 0) {
                cache.remove("k");
            } else {
                cache.clear();
            }
            assertThat(Integer.parseInt(there(result(cache.ask("k"))))).isEqualTo(round + 1);
            before.forEach(Face::result);
        });
    }
}
