package io.github.twatcache;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.failure.Thrown;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does several things one after the other, each whatever becomes of the others, and tells at the end of all that failed. */
final class InTurn {
    private @Nullable Throwable failure;

    private InTurn() {}

    /**
     * Takes some steps.
     *
     * @throws RuntimeException what the first failed with, an error before all others; the others are suppressed in it
     */
    static void run(Runnable... steps) {
        run(List.of(steps));
    }

    /**
     * Takes some steps.
     *
     * @throws RuntimeException as above
     */
    static void run(List<Runnable> steps) {
        InTurn all = new InTurn();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (Throwable failed) {
                all.failed(failed);
            }
        }
        all.tell();
    }

    /**
     * Does something with each of some caches.
     *
     * @param caches the caches
     * @param action what to do
     * @param words what could not be done, and what to do about it, with the cache's name and engine for the two {@code %s}
     * @throws EngineException where it failed with one, naming it; what failed with others is suppressed in it
     */
    static void each(List<CacheCore> caches, Consumer<CacheCore> action, String words) {
        InTurn all = new InTurn();
        for (CacheCore core : caches) {
            try {
                action.accept(core);
            } catch (VirtualMachineError | ThreadDeath fatal) {
                all.failed(fatal);
            } catch (Throwable failed) {
                all.failed(new EngineException(String.format(words, core.name(), core.spec.engine()), failed));
            }
        }
        all.tell();
    }

    /** An error is the JVM's own and says more than what else went wrong. */
    private void failed(Throwable thrown) {
        Throwable before = failure;
        if (before == null) {
            failure = thrown;
        } else if (thrown instanceof Error && !(before instanceof Error)) {
            thrown.addSuppressed(before);
            failure = thrown;
        } else if (thrown != before) {
            before.addSuppressed(thrown);
        }
    }

    private void tell() {
        if (failure != null) {
            throw Thrown.<RuntimeException>again(failure);
        }
    }
}
