package io.github.twatcache.files.store;

import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.StoreContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reading and writing have in common.
 *
 * @param context what core lends
 * @param place where the entries are
 * @param function whose results they are
 * @param values writes and reads values
 * @param clock gives lifetimes
 * @param uses when entries were used
 * @param told the files that were complained of
 * @param foreign the value files that are whole, and that this cache can do nothing with
 */
record Desk<K>(
        StoreContext<K> context,
        Place place,
        Optional<MemoizedFunction> function,
        Values values,
        Lifetime.Clock clock,
        Uses uses,
        Set<String> told,
        Set<String> foreign) {
    static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.files");

    private static final int REMEMBERED = 10_000;

    static <K> Desk<K> of(StoreContext<K> context, Path root, Lifetime.Clock clock) {
        Optional<MemoizedFunction> function = context.function();
        return new Desk<>(
                context,
                Place.of(root, function, context.space()),
                function,
                new Values(context.values()),
                clock,
                new Uses(),
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet());
    }

    /** A key as it is written, and what finds it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Coded(byte[] bytes, String digest, byte @Nullable [] decodable) {}

    Coded coded(K key) {
        KeyCodec<K> codec = context.keys();
        byte[] encoded = codec.encoded(key);
        Digest digest = Digest.of(encoded);
        return codec.decodable()
                ? new Coded(encoded, digest.hex(), encoded)
                : new Coded(digest.toBytes(), digest.hex(), null);
    }

    /** Says once of each file what is wrong with it. */
    void complain(String what, Path path, String why) {
        if (remember(told, path.toString())) {
            LOG.warn("{} {}: {}; it counts as a miss, and is computed anew", what, path, why);
        }
    }

    static boolean remember(Set<String> set, String text) {
        if (set.size() >= REMEMBERED) {
            set.clear();
        }
        return set.add(text);
    }
}
