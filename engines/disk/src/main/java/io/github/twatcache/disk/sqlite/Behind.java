package io.github.twatcache.disk.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works that nobody waits for, and whose loss is none. Each is run when nobody else writes; one that fails is forgotten, and
 * for a second nothing of the kind is tried.
 */
final class Behind {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Predicate<Work<Boolean>> atOnce;
    private final Set<Work<Boolean>> waiting = ConcurrentHashMap.newKeySet();
    private volatile long notBefore = System.nanoTime();
    private volatile boolean told;

    /** Takes what runs one, and says whether it did. */
    Behind(Path file, Predicate<Work<Boolean>> atOnce) {
        this.file = file;
        this.atOnce = atOnce;
    }

    /** Adds a work; says whether it was not waiting already. */
    boolean add(Work<Boolean> work) {
        return waiting.add(work);
    }

    /** Runs those that wait, as far as that can be done now; says whether any are left. For one thread. */
    boolean round() {
        if (!waiting.isEmpty() && System.nanoTime() - notBefore >= 0) {
            List.copyOf(waiting).forEach(this::run);
        }
        return !waiting.isEmpty();
    }

    private void run(Work<Boolean> work) {
        // Before it runs: who asks meanwhile is answered by another one.
        waiting.remove(work);
        try {
            if (!atOnce.test(work)) {
                waiting.add(work);
            }
        } catch (RuntimeException | Error failed) {
            notBefore = System.nanoTime() + PAUSE;
            if (!told) {
                told = true;
                LOG.warn(
                        "what was read last of the database {} could not be written down; it is tried again as long as"
                                + " there are reads",
                        file,
                        failed);
            }
        }
    }
}
