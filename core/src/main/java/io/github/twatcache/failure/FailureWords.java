package io.github.twatcache.failure;

import io.github.twatcache.error.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * An exception as it may be logged. Messages of our own never show an argument or a result; a foreign one may, since
 * whoever wrote it did not know that it would be logged: of those only the class and the place are told.
 */
public final class FailureWords {
    /** A ring of causes is possible, if nobody's intention. */
    private static final int DEPTH = 8;

    private FailureWords() {}

    /**
     * Tells an exception and its causes.
     *
     * @param thrown the exception
     * @return one line
     */
    public static String of(Throwable thrown) {
        StringBuilder words = new StringBuilder(128);
        @Nullable Throwable next = thrown;
        for (int depth = 0; next != null && depth < DEPTH; depth++) {
            words.append(depth == 0 ? "" : "; caused by ")
                    .append(next.getClass().getName());
            if (next instanceof CacheException) {
                words.append(": ").append(next.getMessage());
            }
            StackTraceElement[] frames = next.getStackTrace();
            if (frames.length > 0) {
                words.append(" at ").append(frames[0]);
            }
            next = next.getCause();
        }
        return words.toString();
    }
}
