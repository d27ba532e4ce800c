package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;

/**
 * An entry that is looked for with others.
 *
 * @param key its key
 * @param encoded the stored form of it
 * @param find what finds that
 * @param stripe its stripe
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Wanted<K>(K key, byte[] encoded, long find, int stripe) {
    static <K> Wanted<K> of(K key, byte[] encoded) {
        long find = Seal.find(encoded);
        return new Wanted<>(key, encoded, find, Stripes.stripe(find));
    }
}
