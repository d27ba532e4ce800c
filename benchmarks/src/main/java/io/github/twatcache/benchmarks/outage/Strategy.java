package io.github.twatcache.benchmarks.outage;

/** A way to ask the source. */
interface Strategy extends AutoCloseable {
    /**
     * Asks, or knows.
     *
     * @param key what is asked for
     * @param call the call, to be handed to the source
     * @return the answer, of whatever age
     * @throws Exception what the caller is given in its place
     */
    Answer ask(Integer key, Call call) throws Exception;

    @Override
    void close();

    /** A way that needs no closing. */
    interface Unclosed extends Strategy {
        @Override
        default void close() {}
    }
}
