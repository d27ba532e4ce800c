package io.github.twatcache.spi;

/** Whether an engine can run here. */
public sealed interface Availability {
    /** It can. */
    record Available() implements Availability {}

    /**
     * It cannot.
     *
     * @param why what is missing or in the way
     * @param mend what to do: the artifact to add, the server to start, the permission to give
     */
    record Unavailable(String why, String mend) implements Availability {}
}
