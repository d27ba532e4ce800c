package io.github.twatcache;

import io.github.twatcache.wrap.CacheInvalidate;
import io.github.twatcache.wrap.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a wrapped interface that changes caches: what is removed before it, the method, what is removed after it. Keys
 * are made before the method runs, which may change its arguments.
 */
final class WrapChange implements Call {
    /** Prepares what is to be removed. */
    @FunctionalInterface
    interface Remover {
        Runnable of(@Nullable Object[] arguments);
    }

    private record Step(CacheInvalidate.When when, Remover remover) {}

    private final Call method;
    private final List<Step> steps = new ArrayList<>();

    WrapChange(Call method) {
        this.method = method;
    }

    /** Adds a removal; only while the object is being wrapped. */
    void add(CacheInvalidate.When when, Remover remover) {
        steps.add(new Step(when, remover));
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
        List<Runnable> removals = new ArrayList<>(steps.size());
        for (Step step : steps) {
            removals.add(step.remover.of(arguments));
        }
        Throwable failed = run(removals, true, false, null);
        if (failed != null) {
            throw failed;
        }
        Object result = null;
        Throwable thrown = null;
        try {
            result = method.call(arguments);
        } catch (Throwable theirs) {
            thrown = theirs;
        }
        thrown = run(removals, false, thrown == null, thrown);
        if (thrown != null) {
            throw thrown;
        }
        return result;
    }

    /** Runs what is due, all of it whatever happens; returns what was thrown first, the others with it. */
    private @Nullable Throwable run(
            List<Runnable> removals, boolean before, boolean returned, @Nullable Throwable thrown) {
        Throwable first = thrown;
        for (int i = 0; i < removals.size(); i++) {
            boolean due = switch (steps.get(i).when) {
                case BEFORE -> before;
                case AFTER -> !before;
                case AFTER_RETURN -> !before && returned;
            };
            if (due) {
                try {
                    removals.get(i).run();
                } catch (Throwable failed) {
                    if (first == null) {
                        first = failed;
                    } else if (first != failed) {
                        first.addSuppressed(failed);
                    }
                }
            }
        }
        return first;
    }
}
