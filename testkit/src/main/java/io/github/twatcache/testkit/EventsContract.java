package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.FellBack;
import io.github.twatcache.stats.CacheEvent.LoadFailed;
import io.github.twatcache.stats.CacheEvent.Loaded;
import io.github.twatcache.stats.CacheEvent.Removed;
import io.github.twatcache.stats.CacheEvent.StaleServed;
import io.github.twatcache.stats.CacheEvent.TimedOut;
import io.github.twatcache.stats.CacheEvent.Waited;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.testkit.Face.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A listener is told what happens, through each {@link Face}: once, after the fact, while nothing is held that others wait
 * for, and never of an argument or a value.
 */
@Contract("4.10 events")
public abstract class EventsContract extends EngineContract {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Source source = new Source();
    private final List<CacheEvent> told = new CopyOnWriteArrayList<>();

    /** Makes a contract. */
    protected EventsContract() {}

    private <E extends CacheEvent> List<E> told(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only event of its kind; waits for it. */
    private <E extends CacheEvent> E only(Class<E> type) {
        Actor.until(type.getSimpleName() + " is told", () -> !told(type).isEmpty());
        assertThat(told(type)).hasSize(1);
        return told(type).get(0);
    }

    private Asked asked(Face face, CacheBuilder builder) {
        return face.on(builder.events(told::add), source);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void load_toldOnce_withItsTime_neverWhatIsInIt(Face face) {
        Asked cache = asked(face, cache());
        CompletableFuture<@Nullable String> caller = cache.ask("secret key");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(SECOND);
        run.complete("secret value");
        result(caller);
        Loaded loaded = only(Loaded.class);
        assertThat(loaded.cache()).isEqualTo("conformance");
        assertThat(loaded.keys()).hasSize(1);
        assertThat(loaded.took()).isEqualTo(SECOND);
        assertThat(loaded.refresh()).isFalse();
        result(cache.ask("secret key"));
        assertThat(told).hasSize(1).noneMatch(event -> event.toString().contains("secret"));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void failure_toldOnce_byItsClassAlone(Face face) {
        Asked cache = asked(face, cache());
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(SECOND);
        run.completeExceptionally(new IOException("secret"));
        failure(caller);
        LoadFailed failed = only(LoadFailed.class);
        assertThat(failed.failure()).isEqualTo(IOException.class.getName());
        assertThat(failed.took()).isEqualTo(SECOND);
        assertThat(failed.toString()).doesNotContain("secret");
        assertThat(told(Loaded.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void wait_toldToTheEnd_byTheCachesClock(Face face) {
        Asked cache = asked(face, cache());
        CompletableFuture<@Nullable String> owner = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> waiter = cache.join("k");
        ticker.advance(SECOND);
        run.complete("v");
        assertThat(result(waiter)).isEqualTo(result(owner));
        Waited waited = only(Waited.class);
        assertThat(waited.key()).isEqualTo(only(Loaded.class).keys().get(0));
        assertThat(waited.took()).isEqualTo(SECOND);
        assertThat(only(Loaded.class).took()).isEqualTo(SECOND.multipliedBy(2));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void staleAnswer_told_whenDueAndWhenTheLoadFails(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = asked(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR));
        cache.put("k", "old");
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().completeExceptionally(new IOException("down"));
        assertThat(result(caller)).isEqualTo("old");
        only(StaleServed.class);
        assertThat(result(cache.ask("k"))).as("throttled").isEqualTo("old");
        Actor.until("it is told again", () -> told(StaleServed.class).size() == 2);
        only(LoadFailed.class);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void refreshInTheBackground_toldAsOne(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = asked(face, cache().refreshAfterWrite(MINUTE));
        cache.put("k", "old");
        ticker.advance(MINUTE);
        result(cache.ask("k"));
        source.next().complete("new");
        assertThat(only(Loaded.class).refresh()).isTrue();
        assertThat(told(StaleServed.class)).as("it is fresh").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void timeLimit_told(Face face) {
        Asked cache = asked(face, cache().hardTimeout(Duration.ofNanos(1)));
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(SECOND);
        assertThat(failure(caller)).isInstanceOf(LoadTimeoutException.class);
        only(TimedOut.class);
        run.complete("v");
        only(Loaded.class);
    }

    @Test
    void removals_told_whereTheEngineReportsThem() {
        if (refuses(Trait.REMOVALS)) {
            return;
        }
        Cache<String, String> cache =
                cache().events(told::add).types(String.class, String.class).build();
        cache.put("k", "1");
        cache.put("k", "2");
        cache.remove("k");
        assertThat(told(Removed.class))
                .extracting(Removed::cause)
                .containsExactly(RemovalCause.REPLACED, RemovalCause.EXPLICIT);
    }

    @Test
    void bulkLoad_toldOnceForAllItsKeys() {
        Cache<String, String> cache =
                cache().events(told::add).types(String.class, String.class).build();
        cache.getAll(List.of("a", "b"), missing -> Map.of("a", "1", "b", "2"));
        assertThat(only(Loaded.class).keys()).hasSize(2).doesNotHaveDuplicates();
        told.clear();
        result(cache.async().getAll(List.of("c", "d", "e"), missing -> {
            ticker.advance(SECOND);
            return CompletableFuture.completedFuture(Map.of("c", "1", "d", "2", "e", "3"));
        }));
        assertThat(only(Loaded.class).keys()).hasSize(3);
        assertThat(only(Loaded.class).took()).isEqualTo(SECOND);
        told.clear();
        failure(cache.async().getAll(List.of("f"), missing -> CompletableFuture.failedFuture(new IOException("down"))));
        only(LoadFailed.class);
    }

    @Test
    void fallback_told() {
        Chaos chaos = new Chaos(Seed.value());
        Engine chaotic = ChaosEngine.around(engine() instanceof ChaosEngine other ? other.inner() : engine(), chaos);
        try (TwatCache broken = builder(chaotic).open()) {
            Cache<String, String> cache = broken.cache("broken")
                    .engine(chaotic.name())
                    .breaker(1, SECOND)
                    .fallback("heap")
                    .events(told::add)
                    .types(String.class, String.class)
                    .build();
            chaos.down(true);
            assertThat(cache.get("k", key -> "v")).isEqualTo("v");
            assertThat(only(FellBack.class)).isEqualTo(new FellBack("broken", "heap"));
        } finally {
            chaos.end();
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void listener_thatThrows_keepsNobodyFromAnything(Face face) {
        List<CacheEvent> all = new CopyOnWriteArrayList<>();
        try (TwatCache instance = builder()
                .events(event -> {
                    throw new IllegalStateException("the listener's own");
                })
                .events(all::add)
                .open()) {
            Asked cache = asked(face, cacheIn(instance, "told"));
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            source.next().complete("v");
            assertThat(result(caller)).isEqualTo("v");
            only(Loaded.class);
            assertThat(all).isEqualTo(told);
        }
    }

    /** Whoever holds a lock, or a load that others wait for, would keep the other thread waiting. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void listener_holdsNothing(Face face) {
        List<@Nullable String> others = new ArrayList<>();
        Asked[] self = new Asked[1];
        Asked cache = face.on(
                cache().events(event -> {
                    if (event instanceof Loaded && others.isEmpty()) {
                        others.add(result(self[0].ask("k")));
                        told.add(event);
                    }
                }),
                source);
        self[0] = cache;
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        only(Loaded.class);
        assertThat(others).containsExactly("v");
    }
}
