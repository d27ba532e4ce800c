package io.github.twatcache.architecture.wrong.load;

/** What {@code Low} must not know. */
public final class High {}
