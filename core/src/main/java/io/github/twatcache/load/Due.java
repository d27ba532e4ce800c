package io.github.twatcache.load;

import io.github.twatcache.load.Staleness.Renewal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The keys that a call for many has found due or made stale, to be computed anew together. */
final class Due {
    private final Map<Object, Object> keys = new LinkedHashMap<>();
    private volatile boolean open = true;

    /** Computes the values of several keys anew and stores them, but for those that somebody computes already. */
    @FunctionalInterface
    interface Run {
        /**
         * Computes them. Each key is told once: here, or as soon as it is known.
         *
         * @param due the keys, fit to be kept, by those that were asked for
         * @param over is told of each key
         */
        void run(Map<Object, Object> due, Over over) throws Exception;
    }

    /** Is told what has become of a key. */
    @FunctionalInterface
    interface Over {
        /** Receives a key, and what computing it has failed with; {@code null} where it has not. */
        void tell(Object key, @Nullable Throwable failed);
    }

    /** What computes a key anew: together with the others as long as they are gathered, afterwards by itself. */
    Renewal with(Object raw, Object key, Renewal alone) {
        return new Renewal() {
            @Override
            public @Nullable CompletionStage<?> run() throws Exception {
                return alone.run();
            }

            @Override
            public boolean gathered() {
                if (open) {
                    keys.put(raw, key);
                    return true;
                }
                return false;
            }
        };
    }

    /** Ends the gathering. */
    Map<Object, Object> gathered() {
        open = false;
        return keys;
    }
}
