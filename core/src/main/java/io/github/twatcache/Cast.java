package io.github.twatcache;

import org.jspecify.annotations.Nullable;

/** The way back from what a store holds to the types of the user's. */
final class Cast {
    private Cast() {}

    /** A value in the type in which it came in; null where that type allows it. */
    @SuppressWarnings({
        "unchecked", // what comes out of a cache has gone into it through the same types
        "TypeParameterUnusedInFormals", // the caller's type is the type of what went in
        "NullAway" // a type variable may stand for a type with null, which NullAway does not follow
    })
    static <T extends @Nullable Object> T to(@Nullable Object value) {
        return (T) value;
    }
}
