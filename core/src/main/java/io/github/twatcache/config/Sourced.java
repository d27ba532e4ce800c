package io.github.twatcache.config;

/**
 * A value and where it comes from.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param source where it comes from, in words: {@code "code"}, or a file and line
 */
public record Sourced<T>(T value, String source) {}
