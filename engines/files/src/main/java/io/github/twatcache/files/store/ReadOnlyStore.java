package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.PathException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.ResultStore;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StoredReference;
import io.github.twatcache.spi.StoredResult;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory that cannot be written to: what is there is found, and nothing changes, neither uses nor anything else.
 *
 * @param <K> the type of the keys
 */
public final class ReadOnlyStore<K> implements Store<K>, StaleStore<K>, TouchStore<K>, TagStore, ResultStore<K> {
    private final Desk<K> desk;
    private final Reading<K> reading;
    private final PathException why;
    private volatile boolean closed;

    /**
     * Opens one.
     *
     * @param root the folder of the cache
     * @param spec the settings
     * @param context what core lends
     * @param why it cannot be written to
     */
    public ReadOnlyStore(Path root, CacheSpec spec, StoreContext<K> context, PathException why) {
        this.desk = Desk.of(spec, context, root);
        this.reading = new Reading<>(desk, new Departures<>(desk));
        this.why = why;
        Desk.LOG.warn(
                "cache '{}' finds what is in {} and stores nothing, since it cannot be written to: {}",
                spec.name(),
                root,
                why.getMessage());
    }

    @Override
    public @Nullable Object get(K key) {
        Reading.Found found = found(key, Reading.Until.DUE);
        return found == null ? null : found.value();
    }

    @Override
    public @Nullable Entry entry(K key) {
        Reading.Found found = found(key, Reading.Until.FRESH);
        return found == null ? null : found.entry(desk.clock().now());
    }

    @Override
    public boolean holds(K key) {
        return !closed && reading.holds(desk.coded(key));
    }

    private Reading.@Nullable Found found(K key, Reading.Until until) {
        return closed ? null : reading.find(key, desk.coded(key), until, (digest, value) -> Optional.empty());
    }

    @Override
    public @Nullable Kept kept(K key) {
        return closed ? null : reading.kept(key, desk.coded(key), (digest, value) -> Optional.empty());
    }

    @Override
    public boolean age(K key) {
        return changes(key, "write an entry");
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return changes(key, "write an entry");
    }

    /** Refuses to change an entry, if there is one. */
    private boolean changes(K key, String doing) {
        if (found(key, Reading.Until.FRESH) == null) {
            return false;
        }
        throw refusal(doing);
    }

    @Override
    public long ageTagged(String tag) {
        throw refusal("write entries");
    }

    @Override
    public long ageAll() {
        throw refusal("write entries");
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == StaleStore.class && !desk.clock().keeps() ? Optional.empty() : Store.super.capability(type);
    }

    private ReadOnlyException refusal(String doing) {
        return new ReadOnlyException(
                "cannot " + doing + " in " + desk.place().path() + ", which is open to be read only: "
                        + why.getMessage(),
                why);
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        if (closed) {
            return Outcome.REFUSED;
        }
        throw refusal("store an entry");
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return changes(key, "remove an entry");
    }

    @Override
    public boolean touch(K key, long nanos) {
        return changes(key, "write an entry");
    }

    @Override
    public long removeTagged(String tag) {
        throw refusal("remove entries");
    }

    @Override
    public void clear() {
        if (!digests().isEmpty()) {
            throw refusal("clear");
        }
    }

    private List<String> digests() {
        try {
            return desk.place().digests();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private PathException trouble(IOException e) {
        return new PathException(
                "cannot read the entries in " + desk.place().path() + ": " + e.getMessage()
                        + "; let this process's user read there",
                e);
    }

    @Override
    public @Nullable StoredReference reference(K key) {
        try {
            Head head = closed ? null : reading.whole(desk.coded(key));
            return head == null ? null : FileReference.of(desk, head);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public List<StoredResult> results() {
        try {
            return new Results(desk).of(digests(), Uses.read(desk.place()));
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public long clearOtherVersions() {
        throw refusal("delete old results");
    }

    @Override
    public long size() {
        long now = desk.clock().now();
        long live = 0;
        for (String digest : digests()) {
            try {
                byte[] bytes = desk.place().head(digest);
                Head head = bytes == null ? null : Head.read(bytes, digest);
                live += head != null && head.lives(now) ? 1 : 0;
            } catch (IOException unreadable) {
                Desk.LOG.debug("an entry is not counted, since it cannot be read", unreadable);
            }
        }
        return live;
    }

    @Override
    public Cursor<K> entries() {
        return new EntryCursor<>(desk, reading, digests());
    }

    @Override
    public void close() {
        closed = true;
    }
}
