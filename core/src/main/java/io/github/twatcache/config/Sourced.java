package io.github.twatcache.config;

/**
 * A value and where it comes from.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param source where it comes from, in words: {@code "code"}, or a file and line
 * @param aimed whether it was meant for this very cache, so that an engine that cannot honour it is refused; what comes
 *     from defaults and name patterns is skipped instead
 */
public record Sourced<T>(T value, String source, boolean aimed) {
    /**
     * A value meant for this very cache.
     *
     * @param value the value
     * @param source where it comes from
     */
    public Sourced(T value, String source) {
        this(value, source, true);
    }
}
