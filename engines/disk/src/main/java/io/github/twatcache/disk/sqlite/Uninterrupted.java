package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Works with channels, which an interrupt of their thread would close, and not only for the one who is interrupted. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * What is done with a channel.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Action<T extends @Nullable Object> {
        /**
         * Does it, with a channel that it opens and closes: it is done again where that was closed under it.
         *
         * @return what comes of it
         * @throws IOException when the channel fails
         */
        T run() throws IOException;
    }

    /**
     * Does something without heeding interrupts; the thread is interrupted afterwards if it was before, or became so.
     *
     * @param <T> what comes of it
     * @param action what to do
     * @return what came of it
     * @throws IOException when the channel fails
     */
    public static <T extends @Nullable Object> T of(Action<T> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return action.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
