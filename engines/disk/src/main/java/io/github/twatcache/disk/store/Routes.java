package io.github.twatcache.disk.store;

import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.KeyCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Which shard has what: the upper bits of what finds a key in its database, times the number of shards. Names of queues and
 * cells are taken by their UTF-16.
 */
final class Routes<K> {
    private static final int BITS = 31;

    private final KeyCodec<K> keys;
    private final boolean whole;
    private final int shards;

    Routes(KeyCodec<K> keys, int shards) {
        this.keys = keys;
        this.whole = keys.decodable();
        this.shards = shards;
    }

    int of(K key) {
        byte[] encoded = keys.encoded(key);
        return of(Seal.find(whole ? encoded : Digest.of(encoded).toBytes()), shards);
    }

    int ofName(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * name.length());
        for (int i = 0; i < name.length(); i++) {
            bytes.putChar(name.charAt(i));
        }
        return of(Seal.find(bytes.array()), shards);
    }

    /** Which of so many shards has what is found by a number. */
    static int of(long find, int shards) {
        return (int) (((find >>> (Long.SIZE - BITS)) * shards) >>> BITS);
    }

    /** Bytes that sort as the keys do. */
    byte[] sortable(K key) {
        return whole ? keys.ordered(key) : keys.encoded(key);
    }

    /** What belongs to each shard, in the order in which it was given: places in the collection. */
    <T> List<List<T>> apart(Collection<? extends T> all, Function<? super T, ? extends K> key) {
        List<List<T>> apart = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            apart.add(new ArrayList<>());
        }
        for (T one : all) {
            apart.get(of(key.apply(one))).add(one);
        }
        return apart;
    }
}
