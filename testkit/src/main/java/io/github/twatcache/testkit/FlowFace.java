package io.github.twatcache.testkit;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Lookup;
import io.github.twatcache.Published1;
import io.github.twatcache.PublisherCache;
import io.github.twatcache.function.PublisherFn1;
import io.github.twatcache.stats.CacheStats;
import java.util.List;
import java.util.concurrent.Flow;

/** The two ways to what publishers bring. The same scenario comes out the same through each of them. */
enum FlowFace {
    /** {@link PublisherCache#get}. */
    GET {
        @Override
        Asked on(CacheBuilder builder, PublisherFn1<String, String> source) {
            Cache<String, List<String>> cache =
                    cast(builder.types(String.class, Object.class).build());
            return new Asked() {
                @Override
                Flow.Publisher<String> ask(String key) {
                    return PublisherCache.of(cache).get(key, source::apply);
                }

                @Override
                void put(String key, List<String> elements) {
                    cache.put(key, elements);
                }

                @Override
                boolean remove(String key) {
                    return cache.remove(key);
                }

                @Override
                Lookup<List<String>> peek(String key) {
                    return cache.peek(key);
                }

                @Override
                CacheStats stats() {
                    return cache.stats();
                }
            };
        }
    },
    /** {@link CacheBuilder#memoizePublisher}. */
    MEMOIZE {
        @Override
        Asked on(CacheBuilder builder, PublisherFn1<String, String> source) {
            Published1<String, String> function = builder.memoizePublisher((String key) -> source.apply(key));
            return new Asked() {
                @Override
                Flow.Publisher<String> ask(String key) {
                    return function.apply(key);
                }

                @Override
                void put(String key, List<String> elements) {
                    Face.result(function.put(key, elements));
                }

                @Override
                boolean remove(String key) {
                    return Face.result(function.invalidate(key));
                }

                @Override
                Lookup<List<String>> peek(String key) {
                    return Face.result(function.peek(key));
                }

                @Override
                CacheStats stats() {
                    return function.stats();
                }
            };
        }
    };

    /**
     * Makes a cache that is asked this way.
     *
     * @param builder the cache's builder
     * @param source what is asked for
     */
    abstract Asked on(CacheBuilder builder, PublisherFn1<String, String> source);

    @SuppressWarnings("unchecked") // nothing but lists of strings is stored
    private static Cache<String, List<String>> cast(Cache<?, ?> cache) {
        return (Cache<String, List<String>>) cache;
    }

    /** A cache that is asked in one of the ways. */
    abstract static class Asked {
        abstract Flow.Publisher<String> ask(String key);

        abstract void put(String key, List<String> elements);

        abstract boolean remove(String key);

        abstract Lookup<List<String>> peek(String key);

        abstract CacheStats stats();

        boolean holds(String key) {
            return peek(key).present();
        }
    }
}
