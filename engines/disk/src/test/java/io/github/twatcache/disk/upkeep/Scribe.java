package io.github.twatcache.disk.upkeep;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A process that writes until it is killed. Before each change it says what it is about to do, and after it that it is done,
 * through a pipe: what it has said is kept by who reads it.
 */
final class Scribe {
    static final String NAME = "killed";
    static final int KEYS = 40;
    static final int RECORD = 17;
    static final byte PUT = 1;
    static final byte REMOVE = 2;
    static final byte DONE = 3;
    static final long THRESHOLD = 2_000;
    private static final long LIMIT = 90_000;

    private Scribe() {}

    /** In which format they write. */
    enum Kind {
        NATIVE,
        SHARED,
        /** So that entries leave all the time. */
        SHARED_AND_FULL;

        /** The cache as all of them open it. */
        Cache<Long, String> cache(TwatCache twat, Path directory) {
            CacheBuilder builder = twat.disk(NAME).set(DiskSettings.FILE_THRESHOLD, THRESHOLD);
            if (this != NATIVE) {
                builder = builder.with(DiskSettings.diskcache(shared(directory)));
            }
            if (this == SHARED_AND_FULL) {
                builder = builder.maximumBytes(LIMIT);
            }
            return builder.types(Long.class, String.class).build();
        }
    }

    /** Where the directory in the format of diskcache is. */
    static Path shared(Path directory) {
        return directory.resolve("shared");
    }

    static TwatCache open(Path directory) {
        return TwatCache.builder()
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    /** What is put under a key at its nth change: of a size of its own, some of them in files. */
    static String value(long key, long change) {
        SplittableRandom random = new SplittableRandom(key * 1_000_003L + change);
        int length = random.nextInt(10) == 0 ? 5_000 : random.nextInt(300);
        StringBuilder text = new StringBuilder(length + 30)
                .append(key)
                .append('/')
                .append(change)
                .append(':');
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** The directory, the kind, the place whose keys are its own, and the number of its first change. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int place = Integer.parseInt(arguments[2]);
        long change = Long.parseLong(arguments[3]);
        SplittableRandom random = new SplittableRandom(change * 31 + place);
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                TwatCache twat = open(directory)) {
            Cache<Long, String> cache = Kind.valueOf(arguments[1]).cache(twat, directory);
            while (true) {
                long key = (long) place * KEYS + random.nextInt(KEYS);
                if (random.nextInt(10) == 0) {
                    say(out, REMOVE, key, change);
                    cache.remove(key);
                } else {
                    say(out, PUT, key, change);
                    cache.put(key, value(key, change));
                }
                say(out, DONE, key, change);
                change++;
            }
        }
    }

    private static void say(FileOutputStream out, byte what, long key, long change) throws IOException {
        out.write(ByteBuffer.allocate(RECORD)
                .put(what)
                .putLong(key)
                .putLong(change)
                .array());
    }
}
