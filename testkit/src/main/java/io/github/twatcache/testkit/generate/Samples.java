package io.github.twatcache.testkit.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user types that generated values contain. */
public final class Samples {
    private Samples() {}

    /** A sealed hierarchy of records and an enum. */
    public sealed interface Shape permits Point, Named, Suit {}

    /**
     * A record of primitives.
     *
     * @param x a number
     * @param y another
     */
    public record Point(int x, double y) implements Shape {}

    /**
     * A generic record.
     *
     * @param name a name
     * @param item anything
     * @param <T> its type
     */
    public record Named<T>(String name, @Nullable T item) implements Shape {}

    /**
     * The same components as {@link Named}, under another name.
     *
     * @param name a name
     * @param item anything
     * @param <T> its type
     */
    public record Titled<T>(String name, @Nullable T item) {}

    /**
     * A record whose own equality is blind to content.
     *
     * @param data an array
     * @param rest a list, which may hold arrays
     */
    // Keys count such records by content, which is what is to be shown.
    @SuppressWarnings("ArrayRecordComponent")
    public record Measured(double[] data, List<@Nullable Object> rest) {}

    /** An enum, one of whose constants has a body. */
    public enum Suit implements Shape {
        /** The first. */
        HEARTS,
        /** The second. */
        SPADES,
        /** With a body. */
        CLUBS {
            @Override
            public String toString() {
                return "HEARTS";
            }
        }
    }
}
