package io.github.twatcache.files.store;

import io.github.twatcache.spi.StoredResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells of what is stored, without reading a value. */
final class Results {
    private static final Uses.Use UNUSED = new Uses.Use(0, 0);
    private static final long SECOND = 1_000_000_000L;

    private final Desk<?> desk;

    Results(Desk<?> desk) {
        this.desk = desk;
    }

    /** All that live of some entries. */
    List<StoredResult> of(Collection<String> digests, Map<String, Uses.Use> uses) throws IOException {
        List<StoredResult> results = new ArrayList<>();
        long now = desk.clock().now();
        for (String digest : digests) {
            byte[] bytes = desk.place().head(digest);
            Head head = bytes == null ? null : Head.read(bytes, digest);
            if (bytes != null && head != null && head.lives(now)) {
                results.add(of(head, bytes.length, uses.getOrDefault(digest, UNUSED)));
            }
        }
        results.sort(Comparator.comparing(StoredResult::created).thenComparing(StoredResult::digest));
        return results;
    }

    StoredResult of(Head head, long entryBytes, Uses.Use use) {
        return new StoredResult(
                head.key(),
                desk.place().path(head.key()).resolve(head.value()),
                head.stored().type(),
                time(head.created()),
                Duration.ofNanos(Math.max(0, desk.clock().now() - head.created())),
                time(Math.max(head.created(), use.last())),
                head.length() + entryBytes,
                Duration.ofNanos(head.cost()),
                use.times());
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
