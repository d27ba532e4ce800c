package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What is to be stored.
 *
 * @param key the key
 * @param encoded its stored form
 * @param find what finds it
 * @param mode how the value is written
 * @param value the value; null where it is in a file, and nobody holds it
 * @param length of the value
 * @param content the checksum's part over key, mode and value
 * @param file the number of the value file, 0 where the value belongs in the row
 * @param terms on which it is kept
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Draft<K>(
        K key,
        byte[] encoded,
        long find,
        int mode,
        byte @Nullable [] value,
        long length,
        long content,
        long file,
        Terms terms) {
    static <K> Draft<K> of(K key, byte[] encoded, int mode, byte[] value, long file, Terms terms) {
        long find = Seal.find(encoded);
        return new Draft<>(
                key,
                encoded,
                find,
                mode,
                file == 0 ? value : null,
                value.length,
                Seal.content(find, encoded.length, mode, value),
                file,
                terms);
    }

    /** What it counts for in bytes. */
    long bytes() {
        return encoded.length + length + Row.OVERHEAD;
    }

    /** The row that it becomes, with its checksum. */
    Row row(long id, long life, long weight, Lifetime lifetime, Order.Place place) {
        return new Row(
                id,
                life,
                find,
                encoded,
                0,
                mode,
                content ^ Seal.terms(id, life, lifetime),
                lifetime,
                weight,
                terms.costNanos(),
                place.queue(),
                place.at(),
                place.uses(),
                file,
                length,
                value);
    }
}
