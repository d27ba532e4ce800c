package io.github.twatcache.load;

import io.github.twatcache.stats.Unstored;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value is not to be stored. Carries no stack trace: it is an answer, not a fault. */
public final class Unfit extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Unstored reason;

    /**
     * Creates the answer.
     *
     * @param reason why not
     */
    public Unfit(Unstored reason) {
        this(reason, null);
    }

    /**
     * Creates the answer with what led to it.
     *
     * @param reason why not
     * @param cause what a function of the user's threw, or {@code null}
     */
    public Unfit(Unstored reason, @Nullable Throwable cause) {
        super(reason.name(), cause, false, false);
        this.reason = reason;
    }

    /**
     * Why the value is not to be stored.
     *
     * @return the reason
     */
    public Unstored reason() {
        return reason;
    }
}
