package io.github.twatcache.caffeine;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.spi.Engine;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import junit.framework.TestCase;
import junit.framework.TestSuite;

/** Guava's suite of {@link java.util.concurrent.ConcurrentMap} on the map view of a cache on Caffeine. */
public final class CaffeineMapViewTest extends TestCase {
    public static TestSuite suite() {
        return ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
                    private final AtomicInteger caches = new AtomicInteger();

                    @Override
                    @SuppressWarnings("MustBeClosedChecker") // the suite does not say when it is done with a map
                    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                        Engine made = new CaffeineEngine();
                        Cache<String, String> cache = TwatCache.builder()
                                .engine(made)
                                .open()
                                .cache("view" + caches.incrementAndGet())
                                .engine(made.name())
                                .types(String.class, String.class)
                                .build();
                        Map<String, String> view = cache.asMap();
                        for (Map.Entry<String, String> entry : entries) {
                            view.put(entry.getKey(), entry.getValue());
                        }
                        return view;
                    }
                })
                .named("map view on caffeine")
                .withFeatures(
                        CollectionSize.ANY, MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite();
    }
}
