package io.github.twatcache.key;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a key for what compares by identity, and compares by content: arrays, records and collections that hold
 * some.
 */
abstract class Content {
    /** An odd number near 2^32 divided by the golden ratio: multiplying by it spreads neighbours over all bits. */
    static final int SPREAD = 0x9E3779B1;

    /** Reckoned when first asked for, as a string's: a store that finds keys by their digest never asks. */
    private int hash;

    private Content() {}

    abstract int reckonedHash();

    @Override
    public final int hashCode() {
        int known = hash;
        if (known == 0) {
            known = reckonedHash();
            hash = known;
        }
        return known;
    }

    @Override
    public abstract boolean equals(@Nullable Object other);

    /** An array of primitives. Floating-point elements count bit by bit. */
    static final class Bits extends Content {
        final Object array;
        final boolean owned;

        /**
         * Wraps an array.
         *
         * @param array not copied
         * @param owned whether nobody else can change it
         */
        Bits(Object array, boolean owned) {
            this.array = array;
            this.owned = owned;
        }

        @Override
        int reckonedHash() {
            return PrimitiveArrays.hash(array);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Bits that
                            && hashCode() == that.hashCode()
                            && PrimitiveArrays.equal(array, that.array));
        }
    }

    /** Parts in order: the elements of an array or a queue, the components of a record. */
    static final class Parts extends Content {
        final Class<?> type;
        final @Nullable Object[] parts;

        /**
         * Wraps parts.
         *
         * @param type the array's or record's class, or what else tells these parts from others
         * @param parts kept; compared by their own equals
         */
        Parts(Class<?> type, @Nullable Object[] parts) {
            this.type = type;
            this.parts = parts;
        }

        @Override
        int reckonedHash() {
            return (type.getName().hashCode() + hash(parts)) * SPREAD;
        }

        private static int hash(@Nullable Object[] parts) {
            int hash = parts.length;
            for (Object part : parts) {
                hash = (hash + (part == null ? 0 : part.hashCode())) * SPREAD;
            }
            return hash ^ hash >>> 15;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Parts that
                            && hashCode() == that.hashCode()
                            && type == that.type
                            && Arrays.equals(parts, that.parts));
        }
    }

    /** Elements without order that may occur more than once: a set of arrays may hold two of equal content. */
    static final class Bag extends Content {
        final Class<?> type;
        final Map<Object, Integer> counts;

        Bag(Class<?> type, Map<Object, Integer> counts) {
            this.type = type;
            this.counts = counts;
        }

        @Override
        int reckonedHash() {
            return (type.getName().hashCode() + counts.hashCode()) * SPREAD;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bag that
                    && hashCode() == that.hashCode()
                    && type == that.type
                    && counts.equals(that.counts);
        }
    }

    /** An object of a type with a registered encoder: compares by what it is written as. */
    static final class Coded extends Content {
        final Object object;
        final Class<?> type;
        final Object encodable;

        Coded(Object object, Class<?> type, Object encodable) {
            this.object = object;
            this.type = type;
            this.encodable = encodable;
        }

        @Override
        int reckonedHash() {
            return (type.getName().hashCode() + encodable.hashCode()) * SPREAD;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Coded that
                    && hashCode() == that.hashCode()
                    && type == that.type
                    && encodable.equals(that.encodable);
        }
    }
}
