package io.github.twatcache.testkit;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loads of callers that wait and of callers that do not, of one key at once: all get the value of one of them, and it stays. */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class LoadLincheckTest {
    private final Cache<Integer, Integer> cache = TwatCache.open()
            .cache("lincheck")
            .engine("heap")
            .types(Integer.class, Integer.class)
            .build();
    private final AsyncCache<Integer, Integer> async = cache.async();

    @Operation
    public Integer get(@Param(name = "key") int key, @Param(name = "value") int value) {
        return cache.get(key, same -> value);
    }

    @Operation
    public Integer getAsync(@Param(name = "key") int key, @Param(name = "value") int value) {
        return async.get(key, same -> CompletableFuture.completedFuture(value)).join();
    }

    @Operation
    public @Nullable Integer getIfPresent(@Param(name = "key") int key) {
        return cache.getIfPresent(key);
    }

    @Test
    void loads_modelChecked_linearizable() {
        Scenarios.modelChecked(8).sequentialSpecification(PlainCache.class).check(getClass());
    }

    @Test
    void loads_stressed_linearizable() {
        Scenarios.stressed(8).sequentialSpecification(PlainCache.class).check(getClass());
    }
}
