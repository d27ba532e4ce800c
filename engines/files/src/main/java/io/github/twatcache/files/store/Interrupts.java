package io.github.twatcache.files.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Keeps interrupts away from channels, which close themselves under a thread that is interrupted. */
final class Interrupts {
    private Interrupts() {}

    /** Something that opens a channel and reads or writes. */
    interface Work<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /** Does it, anew where an interrupt has broken it off; the thread is interrupted afterwards if it was meanwhile. */
    static <T, X extends Exception> T apart(Work<T, X> work) throws IOException, X {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException again) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
