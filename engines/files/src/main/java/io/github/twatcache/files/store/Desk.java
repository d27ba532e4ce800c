package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.Validation;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.StoreContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param refused those whose results the validation has refused when it was asked last
 * @param validation decides whether a result still counts; null where all do
 * @param codec the name of the codec
 * @param decompressLimit to how many bytes a value may be decompressed
 * @param others where the results of other versions of the function are
 */
record Desk<K>(
        StoreContext<K> context,
        Place place,
        Optional<MemoizedFunction> function,
        Values values,
        Lifetime.Clock clock,
        Uses uses,
        Set<String> told,
        Set<String> foreign,
        Set<String> refused,
        @Nullable Validation validation,
        String codec,
        long decompressLimit,
        List<Place> others) {
    static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.files");

    private static final int REMEMBERED = 10_000;

    static <K> Desk<K> of(CacheSpec spec, StoreContext<K> context, Path root) {
        Optional<MemoizedFunction> function = context.function();
        Place place = Place.of(root, function, context.space());
        return new Desk<>(
                context,
                place,
                function,
                new Values(context.values(), spec.get(FilesSettings.VERIFY, true)),
                Lifetime.Clock.of(spec, context.clock()),
                new Uses(),
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet(),
                spec.get(FilesSettings.VALIDATE),
                spec.get(Settings.CODEC, "canonical"),
                spec.get(
                        Settings.DECOMPRESS_LIMIT,
                        Settings.DECOMPRESS_LIMIT.byDefault().orElseThrow()),
                function.isPresent() ? place.others() : List.of());
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

    /** Whether a result still counts. One that does not is in nobody's way, as long as that is so. */
    boolean valid(Head head, long entryBytes) {
        if (validation == null) {
            return true;
        }
        boolean accepted = false;
        try {
            accepted = validation.accepts(new Results(this).of(head, entryBytes, uses.of(head.key())));
        } catch (RuntimeException failed) {
            complain("the validation failed of", place.path(head.key()), failed.toString());
        }
        if (accepted) {
            refused.remove(head.value());
        } else {
            remember(refused, head.value());
        }
        return accepted;
    }

    /** Whether no look-up finds an entry that is there and lives: then it is in nobody's way. */
    boolean useless(Head head) {
        return foreign.contains(head.value()) || refused.contains(head.value());
    }

    /** Whether another version of the function has a result for a key. */
    boolean elsewhere(String digest) {
        for (Place other : others) {
            if (Files.exists(other.file(digest, Place.ENTRY))) {
                return true;
            }
        }
        return false;
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
