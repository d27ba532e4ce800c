package io.github.twatcache.disk.store;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it stands in the database.
 *
 * @param id its number
 * @param life the generation that it belongs to
 * @param find what finds its key
 * @param key the stored form of its key
 * @param version how often it was replaced
 * @param mode how its value is written
 * @param sum the checksum
 * @param lifetime when it dies
 * @param weight how heavy it is
 * @param cost what it took to compute, in nanoseconds, 0 where nobody knows
 * @param queue of a policy
 * @param place in the queue; 0 where it has none
 * @param uses as far as they are written
 * @param file the number of its value file, 0 where the value is in the row
 * @param length of the value
 * @param value the value, where it was asked for and is in the row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(
        long id,
        long life,
        long find,
        byte[] key,
        long version,
        int mode,
        long sum,
        Lifetime lifetime,
        long weight,
        long cost,
        int queue,
        long place,
        int uses,
        long file,
        long length,
        byte @Nullable [] value) {
    /** What an entry takes beside its key and value: the row's other columns and its part of the indexes, about. */
    static final long OVERHEAD = 64;

    /** Whether its checksum fits it and a value. */
    boolean sealed(byte[] bytes) {
        return Seal.whole(this, bytes);
    }

    /** Whether its key is the one that it was stored under. */
    boolean keyed() {
        return find == Seal.find(key);
    }

    boolean sealed(ValueFiles.Sum value) {
        return keyed()
                && sum
                        == (Seal.sum(find, key.length, mode, value.hash(), value.length())
                                ^ Seal.terms(id, life, lifetime));
    }

    long bytes() {
        return key.length + length + OVERHEAD;
    }

    long measured(Measure measure) {
        return measure.of(weight, bytes());
    }
}
