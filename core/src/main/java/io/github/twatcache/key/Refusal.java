package io.github.twatcache.key;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Why an object cannot be written. It never leaves the package: {@link CanonicalWriter} turns it into the exception that
 * fits what the object was to be, a key or a value.
 */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String what;

    /** What to do, or {@code null} where that differs between keys and values. */
    private final @Nullable String advice;

    private Refusal(String what, @Nullable String advice, @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.what = what;
        this.advice = advice;
    }

    /** A class that is not one of the known ones. */
    static Refusal unknown(String what) {
        return new Refusal(what, null, null);
    }

    /** An object of a known class that cannot be written all the same. */
    static Refusal of(String what, String advice) {
        return new Refusal(what, advice, null);
    }

    static Refusal of(String what, String advice, Throwable cause) {
        return new Refusal(what, advice, cause);
    }

    /** The whole message, once it is known where the object is and what it was to be. */
    String message(String place, String usualAdvice) {
        return what + place + "; " + (advice != null ? advice : usualAdvice);
    }
}
