package io.github.twatcache;

import io.github.twatcache.config.ValueKind;
import java.util.function.UnaryOperator;

/**
 * Small functions that tell a {@link CacheBuilder} what its values are, where the return type of the function does not:
 * an image may be a {@code byte[]}, a document a {@code String}. A preset is a hint for {@code auto}; it never changes
 * what a cache answers, only where its entries live.
 *
 * <pre>{@code
 * var thumbnail = twat.auto("thumbnails").with(Presets.images()).memoize(Images::thumbnail);
 * }</pre>
 *
 * <p>One of your own is any function from a builder to a builder:
 *
 * <pre>{@code
 * UnaryOperator<CacheBuilder> nightly = builder -> builder.persistent().expireAfterWrite(ofHours(24));
 * }</pre>
 */
public final class Presets {
    private Presets() {}

    /**
     * Arrays of numbers: to {@code files}, where they are stored as NumPy files; else to {@code disk}.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> arrays() {
        return builder -> builder.valueKind(ValueKind.ARRAY);
    }

    /**
     * Documents: to {@code disk}, unless they are expected to be smaller than 10 KiB.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> json() {
        return builder -> builder.valueKind(ValueKind.JSON);
    }

    /**
     * Images: to {@code disk}, else to {@code files}.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> images() {
        return builder -> builder.valueKind(ValueKind.IMAGE);
    }

    /**
     * Rows and columns: to {@code files}, else to {@code disk}.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> tables() {
        return builder -> builder.valueKind(ValueKind.TABLE);
    }

    /**
     * Texts: to the heap, unless an expected size says otherwise.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> text() {
        return builder -> builder.valueKind(ValueKind.TEXT);
    }

    /**
     * Objects of classes of your own that have an encoding: to {@code disk}, else to {@code files}.
     *
     * @return the preset
     */
    public static UnaryOperator<CacheBuilder> custom() {
        return builder -> builder.valueKind(ValueKind.CUSTOM);
    }
}
