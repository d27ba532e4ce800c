package io.github.twatcache.testkit;

import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.CanonicalKeyCodec;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.RemovalCause;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a store is opened with where a test speaks to it directly: a {@link FakeTicker}, and a list of the removals that
 * the store reported. It lends core's codecs, and a directory that lasts until it is closed.
 *
 * @param <K> the type of the keys
 */
public final class RecordingContext<K> implements StoreContext<K>, AutoCloseable {
    private final FakeTicker ticker = new FakeTicker();
    private final Queue<Removal> removed = new ConcurrentLinkedQueue<>();
    private final boolean removals;
    private volatile Runnable onRemoval = () -> {};
    private @Nullable TemporaryDirectory temporary;
    private @Nullable CacheDirectory directory;
    private @Nullable CacheFolder folder;

    /**
     * One reported removal.
     *
     * @param key the masked key
     * @param value the masked value
     * @param cause why it left
     */
    public record Removal(Object key, Object value, RemovalCause cause) {}

    /**
     * Makes a context.
     *
     * @param removals whether the store is to report removals
     */
    public RecordingContext(boolean removals) {
        this.removals = removals;
    }

    /**
     * The removals reported so far.
     *
     * @return in the order in which they were reported; those that come later are not in it
     */
    public List<Removal> removed() {
        return List.copyOf(removed);
    }

    /**
     * Runs something within each report.
     *
     * @param action what to run, on the thread that reports
     */
    public void onRemoval(Runnable action) {
        onRemoval = action;
    }

    @Override
    public FakeTicker ticker() {
        return ticker;
    }

    @Override
    public InstantSource clock() {
        return ticker.clock();
    }

    @Override
    public boolean removals() {
        return removals;
    }

    @Override
    public void removed(K key, Object value, RemovalCause cause) {
        removed.add(new Removal(key, value, cause));
        onRemoval.run();
    }

    @Override
    public KeyCodec<K> keys() {
        return new CanonicalKeyCodec<>(Encoders.standard());
    }

    @Override
    public ValueCodec values() {
        return new CanonicalCodec();
    }

    @Override
    public synchronized CacheFolder directory() {
        CacheFolder now = folder;
        if (now == null) {
            temporary = TemporaryDirectory.made();
            directory = CacheDirectory.open(
                    DirectorySettings.standard().at(temporary.path().resolve("cache")));
            now = directory.folder("conformance");
            folder = now;
        }
        return now;
    }

    /** Closes the directory, and deletes it. */
    @Override
    @SuppressWarnings("try") // they are named to be closed, the last first, whichever fails
    public synchronized void close() {
        try (TemporaryDirectory files = temporary;
                CacheDirectory cache = directory;
                CacheFolder one = folder) {
            temporary = null;
            directory = null;
            folder = null;
        }
    }
}
