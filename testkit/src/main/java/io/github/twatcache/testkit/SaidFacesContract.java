package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.LoadContext;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Face.Asked;
import io.github.twatcache.testkit.Face.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract 4.7 through each {@link Face}: what a function says of its value counts, until its stages have ended. */
@Contract("4.7 what the function says, asked in four ways")
public abstract class SaidFacesContract extends FacesFixture {
    /** Makes a contract. */
    protected SaidFacesContract() {}

    private Asked saying(Face face, CacheBuilder builder, Runnable says) {
        return face.on(builder, false, new Body() {
            @Override
            public @Nullable String value(String key) throws Exception {
                says.run();
                return source.await();
            }

            @Override
            public CompletableFuture<@Nullable String> stage(String key) {
                says.run();
                return source.begin();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_doNotStore(Face face) {
        Asked cache = saying(face, cache(), () -> LoadContext.current().doNotStore());
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
        assertThat(LoadContext.present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_notModified_lifeIsRenewed(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        List<String> versions = new ArrayList<>();
        Asked cache = saying(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR), () -> {
            LoadContext load = LoadContext.current();
            versions.add(load.version().orElse("none"));
            load.version("e" + versions.size());
        });
        for (int i = 0; i < 3; i++) {
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            source.next().complete("v");
            assertThat(result(caller)).isEqualTo("v");
            ticker.advance(MINUTE);
        }
        assertThat(versions).containsExactly("none", "e1", "e2");
    }

    @Test
    void loadContext_ofAStage_heardUntilThatEnds() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        AsyncCache<String, String> cache = cache().perEntryExpiry()
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<String> response = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> caller = cache.get("k", key -> {
            LoadContext load = LoadContext.current();
            CompletableFuture<String> said = response.thenApply(value -> {
                load.expireAfter(MINUTE);
                return value;
            });
            begun.countDown();
            return said;
        });
        Actor.await(begun);
        response.complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(result(cache.expiresIn("k"))).contains(MINUTE);
    }

    @Test
    void loadContext_insideABulkOfFutures_none() {
        AsyncCache<String, String> cache =
                cache().types(String.class, String.class).build().async();
        assertThat(failure(cache.getAll(List.of("a"), keys -> {
                    LoadContext.current();
                    return CompletableFuture.completedFuture(Map.of());
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("many values at once");
    }

    /** What an attempt has said of its value dies with it. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_attemptThatFailed_hasSaidNothingOfTheNext(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicInteger attempts = new AtomicInteger();
        Asked cache = saying(face, cache().keepStale().loadRetry(2, TICK), () -> {
            if (attempts.incrementAndGet() == 1) {
                LoadContext.current().doNotStore();
            }
        });
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        awaitPresent(cache, "k");
    }

    @Test
    void loadContext_attemptOfFuturesThatFailed_saysNothingOfTheNextAfterwards() {
        AsyncCache<String, String> cache = cache().loadRetry(2, TICK)
                .types(String.class, String.class)
                .build()
                .async();
        List<LoadContext> contexts = new CopyOnWriteArrayList<>();
        CompletableFuture<String> caller = cache.get("k", key -> {
            contexts.add(LoadContext.current());
            return source.begin();
        });
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        contexts.get(0).doNotStore();
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(result(cache.contains("k"))).isTrue();
    }
}
