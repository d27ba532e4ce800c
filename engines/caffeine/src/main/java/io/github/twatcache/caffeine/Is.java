package io.github.twatcache.caffeine;

import org.jspecify.annotations.Nullable;

/**
 * Equals one object and no other, so that Caffeine's compare-and-set compares by identity. Caffeine and
 * {@link java.util.concurrent.ConcurrentHashMap} ask the expected value whether it equals the present one, never the
 * other way round; a value's own {@code equals} does not run.
 */
final class Is {
    private final Object object;

    Is(Object object) {
        this.object = object;
    }

    @Override
    @SuppressWarnings("EqualsUnsafeCast") // nothing is cast: it compares what is stored with what it stands for
    public boolean equals(@Nullable Object stored) {
        return stored == object;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(object);
    }
}
