package io.github.twatcache.disk.diskcache;

import io.github.twatcache.stats.MissReason;
import org.jspecify.annotations.Nullable;

/** Makes of Java's values what stands in rows and files, and the other way round. Thread-safe. */
interface Values {
    /**
     * Writes a value.
     *
     * @param value the masked value
     * @return a String, a Long, a Double or a byte[]
     * @throws io.github.twatcache.error.SerializationException when the value's class may not be written
     */
    Object write(Object value);

    /**
     * Reads a value.
     *
     * @param content a String, a Long, a Double, a byte[], or null
     * @return the value, or why there is none
     * @throws Unfit when it is a value of Python's that the cache cannot hold
     */
    Reading read(@Nullable Object content);

    /**
     * What has been read.
     *
     * @param value the masked value; null where there is none
     * @param why why there is none
     */
    record Reading(@Nullable Object value, MissReason why) {
        static Reading of(Object value) {
            return new Reading(value, MissReason.ABSENT);
        }

        static Reading none(MissReason why) {
            return new Reading(null, why);
        }
    }

    /** A value of Python's that is sound, and not of a type that the cache holds. */
    final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what it is.
         *
         * @param what what the value is, in words of Python's
         */
        Unfit(String what) {
            super(what, null, false, false);
        }
    }
}
