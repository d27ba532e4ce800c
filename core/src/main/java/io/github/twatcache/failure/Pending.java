package io.github.twatcache.failure;

/** A write that its caller no longer waits for and that may still take effect. */
final class Pending {
    private volatile boolean ended;

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }
}
