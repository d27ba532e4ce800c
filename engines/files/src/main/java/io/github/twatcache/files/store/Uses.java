package io.github.twatcache.files.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * When entries were used, and how often. Hits note it in memory; from time to time it goes to a file beside the entries: for
 * each entry 32 bytes of its digest, 8 of the time, 4 of the number of uses, 4 of a checksum. What is lost of it is no loss
 * but of order.
 */
final class Uses {
    static final String FILE = "uses";

    /** So many entries' uses are kept in memory at most before they are to be written. */
    static final int BATCH = 1024;

    /** A file that is longer, and twice as long as it need be, is written anew. */
    static final int LONGEST = 1 << 20;

    /** One that is longer is not read. */
    private static final int MOST = 1 << 29;

    private static final int RECORD = 48;
    private static final int DIGEST = 32;

    private final ConcurrentHashMap<String, Use> pending = new ConcurrentHashMap<>();
    private final AtomicLong latest = new AtomicLong();
    private final AtomicReference<@Nullable Stored> stored = new AtomicReference<>();

    /** The last entry that this process has stored, and when. */
    private record Stored(String digest, long time) {}

    /**
     * Uses of one entry.
     *
     * @param last the time of the last one, in nanoseconds since 1970
     * @param times how many
     */
    record Use(long last, long times) {
        Use plus(Use other) {
            return new Use(Math.max(last, other.last), times + other.times);
        }
    }

    /** A time that no other use of this process has had. */
    long next(long now) {
        return latest.accumulateAndGet(now, (before, time) -> Math.max(before + 1, time));
    }

    /** Notes a use; says whether it is time to write. */
    boolean note(String digest, long now) {
        pending.merge(digest, new Use(next(now), 1), Use::plus);
        return pending.size() >= BATCH;
    }

    /** Notes that an entry was stored, which is no use of it. Of several the last is written: when all of them were in use. */
    void stored(String digest, long time) {
        stored.set(new Stored(digest, time));
    }

    boolean isEmpty() {
        return pending.isEmpty() && stored.get() == null;
    }

    /** Takes what was noted. */
    Map<String, Use> taken() {
        Map<String, Use> taken = new HashMap<>();
        for (String digest : pending.keySet()) {
            Use use = pending.remove(digest);
            if (use != null) {
                taken.put(digest, use);
            }
        }
        Stored last = stored.getAndSet(null);
        if (last != null) {
            taken.merge(last.digest, new Use(last.time, 0), Use::plus);
        }
        return taken;
    }

    /** What is noted and not written yet, of one entry. */
    Use of(String digest) {
        return pending.getOrDefault(digest, new Use(0, 0));
    }

    /** How long a file is that has so many entries, each once. */
    static long length(int entries) {
        return (long) entries * RECORD;
    }

    static byte[] written(Map<String, Use> uses) {
        ByteBuffer buffer = ByteBuffer.allocate(uses.size() * RECORD);
        uses.forEach((digest, use) -> {
            int from = buffer.position();
            buffer.put(HexFormat.of().parseHex(digest)).putLong(use.last).putInt((int)
                    Math.min(Integer.MAX_VALUE, use.times));
            buffer.putInt(crc(buffer.array(), from));
        });
        return buffer.array();
    }

    /** What a file says. */
    static Map<String, Use> read(Place place) throws IOException {
        return read(Place.content(place.path().resolve(FILE), LONGEST, MOST));
    }

    /**
     * What a file says behind a place.
     *
     * @param uses what it says there
     * @param end where that ends
     */
    record News(Map<String, Use> uses, long end) {}

    /** What a file says behind a place. */
    static News since(Place place, long from) throws IOException {
        byte[] bytes = Place.contentFrom(place.path().resolve(FILE), from, MOST);
        return bytes == null ? new News(Map.of(), 0) : new News(read(bytes), from + bytes.length);
    }

    /** What records say; those that are not whole are passed over. */
    private static Map<String, Use> read(byte @Nullable [] bytes) {
        Map<String, Use> uses = new HashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
        int from = 0;
        while (buffer.limit() - from >= RECORD) {
            if (buffer.getInt(from + RECORD - Integer.BYTES) == crc(buffer.array(), from)) {
                uses.merge(
                        HexFormat.of().formatHex(buffer.array(), from, from + DIGEST),
                        new Use(buffer.getLong(from + DIGEST), buffer.getInt(from + DIGEST + Long.BYTES)),
                        Use::plus);
                from += RECORD;
            } else {
                // Somebody died while adding: the next one begins somewhere behind it.
                from++;
            }
        }
        return uses;
    }

    private static int crc(byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, RECORD - Integer.BYTES);
        return (int) crc.getValue();
    }
}
