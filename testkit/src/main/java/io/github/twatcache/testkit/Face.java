package io.github.twatcache.testkit;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.AsyncCached1;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Lookup;
import io.github.twatcache.stats.CacheStats;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The four ways to ask a cache for a value. The same scenario comes out the same through each of them. */
@SuppressWarnings("NullAway") // null is a value in all of these, which NullAway does not follow into type arguments
enum Face {
    /** {@link Cache#get}. */
    GET {
        @Override
        Asked on(CacheBuilder builder, boolean tagged, Body body) {
            Cache<String, @Nullable String> cache = data(builder, tagged);
            return new OfData(cache) {
                @Override
                CompletableFuture<@Nullable String> ask(String key) {
                    return thread(() -> cache.get(key, body::value));
                }
            };
        }
    },
    /** {@link AsyncCache#get}. */
    GET_ASYNC {
        @Override
        Asked on(CacheBuilder builder, boolean tagged, Body body) {
            Cache<String, @Nullable String> cache = data(builder, tagged);
            return new OfData(cache) {
                @Override
                CompletableFuture<@Nullable String> ask(String key) {
                    return cache.async().get(key, body::stage);
                }

                @Override
                boolean age(String key) {
                    return result(cache.async().invalidateSoftly(key));
                }
            };
        }
    },
    /** {@link CacheBuilder#memoize}. */
    MEMOIZE {
        @Override
        Asked on(CacheBuilder builder, boolean tagged, Body body) {
            Cached1<String, @Nullable String, Exception> function =
                    builder.memoize((String key) -> body.value(key), options -> {
                        if (tagged) {
                            options.tags((key, value) -> Set.of("of " + value));
                        }
                    });
            return new Asked() {
                @Override
                CompletableFuture<@Nullable String> ask(String key) {
                    return thread(() -> function.apply(key));
                }

                @Override
                CompletableFuture<@Nullable String> refresh(String key) {
                    return thread(() -> function.refresh(key));
                }

                @Override
                boolean remove(String key) {
                    return function.invalidate(key);
                }

                @Override
                boolean age(String key) {
                    return function.invalidateSoftly(key);
                }

                @Override
                void put(String key, @Nullable String value) {
                    function.put(key, value);
                }

                @Override
                void clear() {
                    function.clear();
                }

                @Override
                void invalidateTag(String tag) {
                    function.invalidateTag(tag);
                }

                @Override
                Lookup<@Nullable String> peek(String key) {
                    return function.peek(key);
                }

                @Override
                CacheStats stats() {
                    return function.stats();
                }
            };
        }
    },
    /** {@link CacheBuilder#memoizeAsync}. */
    MEMOIZE_ASYNC {
        @Override
        Asked on(CacheBuilder builder, boolean tagged, Body body) {
            AsyncCached1<String, @Nullable String> function =
                    builder.memoizeAsync((String key) -> body.stage(key), options -> {
                        if (tagged) {
                            options.tags((key, value) -> Set.of("of " + value));
                        }
                    });
            return new Asked() {
                @Override
                CompletableFuture<@Nullable String> ask(String key) {
                    return function.apply(key);
                }

                @Override
                CompletableFuture<@Nullable String> refresh(String key) {
                    return function.refresh(key);
                }

                @Override
                boolean remove(String key) {
                    return result(function.invalidate(key));
                }

                @Override
                boolean age(String key) {
                    return result(function.invalidateSoftly(key));
                }

                @Override
                void put(String key, @Nullable String value) {
                    result(function.put(key, value));
                }

                @Override
                void clear() {
                    function.clear();
                }

                @Override
                void invalidateTag(String tag) {
                    function.invalidateTag(tag);
                }

                @Override
                Lookup<@Nullable String> peek(String key) {
                    return result(function.peek(key));
                }

                @Override
                CacheStats stats() {
                    return function.stats();
                }
            };
        }
    };

    /** What is asked for: as a value, and as a stage. */
    interface Body {
        @Nullable String value(String key) throws Exception;

        CompletableFuture<@Nullable String> stage(String key) throws Exception;

        /** What a source computes. */
        static Body of(Source source) {
            return new Body() {
                @Override
                public @Nullable String value(String key) throws Exception {
                    return source.await();
                }

                @Override
                public CompletableFuture<@Nullable String> stage(String key) {
                    return source.begin();
                }
            };
        }
    }

    /**
     * Makes a cache that is asked this way.
     *
     * @param builder the cache's builder
     * @param tagged whether each value is tagged {@code "of " + value}
     * @param body what is asked for
     */
    abstract Asked on(CacheBuilder builder, boolean tagged, Body body);

    Asked on(CacheBuilder builder, Source source) {
        return on(builder, false, Body.of(source));
    }

    /** Whether a caller waits for its value. */
    boolean waits() {
        return this == GET || this == MEMOIZE;
    }

    private static Cache<String, @Nullable String> data(CacheBuilder builder, boolean tagged) {
        return tagged
                ? builder.<String, @Nullable String>types(String.class, String.class)
                        .tags((key, value) -> Set.of("of " + value))
                        .build()
                : builder.<String, @Nullable String>types(String.class, String.class)
                        .build();
    }

    /** A call on a thread of its own. */
    private static CompletableFuture<@Nullable String> thread(Callable<@Nullable String> call) {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        Actor.<@Nullable Void>start(() -> {
            try {
                answer.complete(call.call());
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
            return null;
        });
        return answer;
    }

    /** What a future ends with; bounded as every wait of a test is. */
    static <T extends @Nullable Object> T result(CompletableFuture<T> future) {
        try {
            return future.get(Actor.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("the future failed with " + failed.getCause(), failed.getCause());
        } catch (TimeoutException hung) {
            throw new AssertionError("the future did not end within " + Actor.PATIENCE, hung);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /** What a future fails with: the same instance, as a handler is given it. */
    static Throwable failure(CompletableFuture<?> future) {
        return result(future.handle((value, thrown) -> {
            if (thrown == null) {
                throw new AssertionError("the future was to fail, but ended with " + value);
            }
            return thrown;
        }));
    }

    /** A cache that is asked in one of the ways. */
    abstract static class Asked {
        /** Begins a call. */
        abstract CompletableFuture<@Nullable String> ask(String key);

        /** Begins a refresh; as a call where the face has none. */
        abstract CompletableFuture<@Nullable String> refresh(String key);

        abstract boolean remove(String key);

        /** Invalidates softly. */
        abstract boolean age(String key);

        abstract void put(String key, @Nullable String value);

        abstract void clear();

        abstract void invalidateTag(String tag);

        abstract Lookup<@Nullable String> peek(String key);

        abstract CacheStats stats();

        /** Begins a call and waits until it has joined another's load. */
        CompletableFuture<@Nullable String> join(String key) {
            long before = stats().waits();
            CompletableFuture<@Nullable String> answer = ask(key);
            Actor.until("a call has joined", () -> stats().waits() > before);
            return answer;
        }
    }

    private abstract static class OfData extends Asked {
        private final Cache<String, @Nullable String> cache;

        OfData(Cache<String, @Nullable String> cache) {
            this.cache = cache;
        }

        @Override
        CompletableFuture<@Nullable String> refresh(String key) {
            return ask(key);
        }

        @Override
        boolean remove(String key) {
            return cache.remove(key);
        }

        @Override
        boolean age(String key) {
            return cache.invalidateSoftly(key);
        }

        @Override
        void put(String key, @Nullable String value) {
            cache.put(key, value);
        }

        @Override
        void clear() {
            cache.clear();
        }

        @Override
        void invalidateTag(String tag) {
            cache.invalidateTag(tag);
        }

        @Override
        Lookup<@Nullable String> peek(String key) {
            return cache.peek(key);
        }

        @Override
        CacheStats stats() {
            return cache.stats();
        }
    }
}
