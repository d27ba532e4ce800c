package io.github.twatcache.files.store;

import io.github.twatcache.error.PathException;
import io.github.twatcache.files.npy.MappedArray;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/** Keeps interrupts away from channels, which close themselves under a thread that is interrupted. */
public final class Interrupts {
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

    /**
     * Maps an array, where the exception that an interrupt makes is the cause of one of ours.
     *
     * @param work maps it
     * @return the array
     * @throws PathException when it cannot be mapped
     */
    public static MappedArray apartFromMapping(Supplier<MappedArray> work) {
        try {
            return apart(() -> {
                try {
                    return work.get();
                } catch (PathException trouble) {
                    if (trouble.getCause() instanceof ClosedByInterruptException interrupted) {
                        throw interrupted;
                    }
                    throw trouble;
                }
            });
        } catch (IOException interrupt) {
            throw new IllegalStateException("an interrupt was not kept away", interrupt);
        }
    }
}
