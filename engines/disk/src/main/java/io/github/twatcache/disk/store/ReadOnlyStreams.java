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

/** Large values of a database that is only read, as streams. Damage ends in an {@link IOException}, and stays where it is. */
final class ReadOnlyStreams<K> implements StreamStore<K> {
    private static final int TRIES = 3;
    private static final int BUFFER = 1 << 16;

    private final ReadOnlyStore<K> store;

    ReadOnlyStreams(ReadOnlyStore<K> store) {
        this.store = store;
    }

    @Override
    public Outcome put(K key, Content content, Terms terms, Guard guard) {
        throw store.refusal();
    }

    @Override
    public @Nullable InputStream open(K key) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            Row row = store.row(key);
            Values values = row == null ? null : store.values();
            if (row == null || values == null) {
                return null;
            }
            if (row.mode() != values.streamMode() || row.file() == 0) {
                return whole(key);
            }
            try {
                InputStream file = store.files().open(row.file());
                return new StreamReader(
                        values.proof(row.key()), row, new BufferedInputStream(file, BUFFER), why -> "write it anew");
            } catch (NoSuchFileException gone) {
                // Replaced or removed between the look and the opening; looked up anew.
            }
        }
        return null;
    }

    private @Nullable InputStream whole(K key) {
        Object value = store.get(key);
        if (value == null || value instanceof byte[]) {
            return value == null ? null : new ByteArrayInputStream((byte[]) value);
        }
        throw new ValueException("only a value that is an array of bytes can be read as a stream; use get");
    }
}
