package io.github.twatcache.disk.store;

import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Large values as streams. What is written so and large goes straight to a value file, as it is, and its checksum is made on
 * the way; what turns out small is stored as any value is. Reading verifies on the way, and holds no more than a buffer.
 */
final class DiskStreams<K> implements StreamStore<K> {
    private static final int TRIES = 3;
    private static final int BUFFER = 1 << 16;

    private final DiskStore<K> store;
    private final Desk<K> desk;
    private final Contents<K> contents;
    private final Storing<K> storing;

    DiskStreams(DiskStore<K> store, Desk<K> desk, Contents<K> contents, Storing<K> storing) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
        this.storing = storing;
    }

    @Override
    public Outcome put(K key, Content content, Terms terms, Guard guard) throws IOException {
        desk.requireOpen();
        byte[] encoded = desk.encoded(key);
        try (StreamDraft draft = new StreamDraft(desk, storing, encoded)) {
            content.writeTo(draft.writer());
            draft.end();
            desk.requireOpen();
            Terms measured = storing.kept(terms).weighing((int) Math.min(Integer.MAX_VALUE, draft.content()));
            byte[] small = draft.small();
            return small == null
                    ? storing.put(draft.taken(key, measured), guard)
                    : storing.put(key, small, measured, guard);
        }
    }

    @Override
    public @Nullable InputStream open(K key) throws IOException {
        desk.requireOpen();
        byte[] encoded = desk.encoded(key);
        for (int tries = 0; tries < TRIES; tries++) {
            Row row = desk.read(link -> Rows.read(link, desk.space.id(), Seal.find(encoded), encoded));
            if (row == null || !desk.entries.lives(row.id(), row.lifetime(), desk.lifetimes.now())) {
                return null;
            }
            if (row.mode() != desk.values.streamMode() || row.file() == 0) {
                return whole(key, encoded, row);
            }
            try {
                InputStream file = desk.folder.files().open(row.file());
                store.used(store.kept(Found.of(row)));
                return new StreamReader(
                        desk.values.proof(row.key()), row, new BufferedInputStream(file, BUFFER), why -> {
                            desk.damage.setAside(row.id(), why);
                            return "it is set aside, write it anew";
                        });
            } catch (NoSuchFileException gone) {
                // Replaced or removed between the look and the opening; looked up anew.
            }
        }
        return null;
    }

    /** What was put whole was on the heap before, and is again. */
    private @Nullable InputStream whole(K key, byte[] encoded, Row row) {
        Contents.Content content = contents.of(key, encoded, row.find(), Found.of(row));
        if (content == null) {
            return null;
        }
        store.used(store.kept(content.found()));
        if (content.value() instanceof byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }
        throw new ValueException("only a value that is an array of bytes can be read as a stream; use get");
    }
}
