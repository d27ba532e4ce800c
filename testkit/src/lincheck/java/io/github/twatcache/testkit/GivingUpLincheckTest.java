package io.github.twatcache.testkit;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Callers of one key, of whom some give up while others come: whoever has not given up gets a value and never hears of a
 * cancellation, nobody waits for ever, and nothing is left in the table of loads. A load that was given up has no place in any
 * order of operations, so no order is asked for.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class GivingUpLincheckTest {
    private static final int KEY = 1;

    private final Cache<Integer, Integer> cache = TwatCache.open()
            .cache("lincheck")
            .engine("heap")
            .types(Integer.class, Integer.class)
            .build();
    private final AsyncCache<Integer, Integer> async = cache.async();

    /** What somebody was told who has not given up. */
    private volatile @Nullable RuntimeException wrong;

    private int answered(Supplier<Integer> call) {
        try {
            return call.get();
        } catch (RuntimeException told) {
            wrong = told;
            throw told;
        }
    }

    /** Its stage ends by itself, so that whoever has joined it in time gets its value. */
    @Operation
    public void giveUp(@Param(name = "value") int value) {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        async.get(KEY, same -> stage).cancel(true);
        stage.complete(value);
    }

    @Operation
    public int getAsync(@Param(name = "value") int value) {
        return answered(() ->
                async.get(KEY, same -> CompletableFuture.completedFuture(value)).join());
    }

    @Operation
    public int get(@Param(name = "value") int value) {
        return answered(() -> cache.get(KEY, same -> value));
    }

    @Operation
    public boolean remove() {
        return cache.remove(KEY);
    }

    @Validate
    public void nothingIsLeft() {
        if (wrong != null) {
            throw new IllegalStateException("somebody was told of what another has given up", wrong);
        }
        cache.remove(KEY);
        int anew = async.get(KEY, same -> CompletableFuture.completedFuture(9)).getNow(0);
        if (anew != 9) {
            throw new IllegalStateException("a load was left behind that others join: " + anew);
        }
    }

    @Test
    void givingUp_modelChecked_nobodyElseIsToldOf() {
        Scenarios.modelChecked(3).verifier(EpsilonVerifier.class).check(getClass());
    }

    @Test
    void givingUp_stressed_nobodyElseIsToldOf() {
        Scenarios.stressed(3).verifier(EpsilonVerifier.class).check(getClass());
    }
}
