package io.github.twatcache.load;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a function of many keys, for which loads of single keys wait. It runs inside none of them: no value has a context
 * there. What it computes of the same cache has leave to use the source with the loads that wait for it.
 */
public final class JointRun {
    private final Unowned group;

    /**
     * Creates a run that has not begun.
     *
     * @param inFlight the loads of the cache
     */
    public JointRun(InFlight inFlight) {
        this.group = new Unowned(inFlight, "bulk");
        group.bulk = true;
    }

    /**
     * Takes note that a key waits for the run, before that begins: a run that asks for one of its own keys waits for itself. Of
     * loads that this thread does not run nobody can tell.
     *
     * @param key the key, fit to be kept
     */
    public void awaitedBy(Object key) {
        Load here = Chain.innermost();
        if (here instanceof Unowned && here.home == group.home && here.key.equals(key)) {
            here.waitsFor = group;
            group.admitted |= here.admitted;
        }
    }

    /**
     * Runs the function on this thread.
     *
     * @param <T> the type of its result
     * @param function the function
     * @return its result
     * @throws Exception whatever it throws
     */
    public <T extends @Nullable Object> T call(Callable<T> function) throws Exception {
        group.adopt();
        try {
            return function.call();
        } finally {
            group.release();
        }
    }
}
