package io.github.twatcache.testkit;

import io.github.twatcache.Cache;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A cache on {@code heap} is linearizable: whatever a few threads do at once on a few keys, some order of the same
 * operations one after the other explains it. Model checking walks through interleavings, stress runs them.
 *
 * <p>A load that is overtaken by a change is returned to its callers and not stored, which no order explains; loads are
 * therefore checked without changes, in {@link LoadLincheckTest}.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class CacheLincheckTest {
    private final Cache<Integer, Integer> cache = TwatCache.open()
            .cache("lincheck")
            .engine("heap")
            .types(Integer.class, Integer.class)
            .build();

    @Operation
    public @Nullable Integer getIfPresent(@Param(name = "key") int key) {
        return cache.getIfPresent(key);
    }

    @Operation
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        cache.put(key, value);
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return cache.putIfAbsent(key, value);
    }

    @Operation
    public boolean invalidate(@Param(name = "key") int key) {
        return cache.remove(key);
    }

    @Operation
    public Integer compute(@Param(name = "key") int key) {
        return cache.compute(key, (same, now) -> Lookup.found(now.orElse(0) + 1))
                .value();
    }

    @Test
    void operations_modelChecked_linearizable() {
        Scenarios.modelChecked(6).sequentialSpecification(PlainCache.class).check(getClass());
    }

    @Test
    void operations_stressed_linearizable() {
        Scenarios.stressed(6).sequentialSpecification(PlainCache.class).check(getClass());
    }
}
