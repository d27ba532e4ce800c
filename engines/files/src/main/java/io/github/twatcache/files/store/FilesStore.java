package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.Leasing;
import io.github.twatcache.files.Victims;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Layout;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cache's entries in files. Look-ups read and take no lock; changes are made under the lock of the cache directory, which
 * is held for some file names, never for a value.
 *
 * @param <K> the type of the keys
 */
public final class FilesStore<K> implements Store<K>, TouchStore<K>, TagStore, ResultStore<K> {
    /** For so long hits do not try to write down what was used after they could not, in nanoseconds. */
    private static final long SPARED = TimeUnit.MINUTES.toNanos(1);

    private final Desk<K> desk;
    private final CacheFolder folder;
    private final Catalog<K> catalog;
    private final Reading<K> reading;
    private final Writing<K> writing;
    private final Measure measure;
    private final @Nullable FileLeases<K> leases;
    private final UnleasedLoads<K> unleased;
    private final boolean tagged;
    private final Runnable onClose;
    private final long opened;
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile long spared;
    private volatile boolean closed;

    private FilesStore(CacheSpec spec, StoreContext<K> context, CacheFolder folder, Machine machine, Runnable onClose) {
        this.folder = folder;
        this.onClose = onClose;
        this.desk = Desk.of(spec, context, folder.path());
        this.measure = Measure.of(spec);
        this.opened = desk.clock().now();
        this.tagged = spec.on(Settings.TAGS);
        Departures<K> departures = new Departures<>(desk);
        this.catalog = new Catalog<>(
                desk,
                departures,
                folder,
                measure,
                spec.get(FilesSettings.VICTIMS, Victims.LEAST_RECENTLY_USED),
                spec.get(FilesSettings.LEASES, Leasing.AUTO) != Leasing.ON
                        && machine.sharing().apply(folder.path()).isPresent());
        this.reading = new Reading<>(desk, departures);
        this.writing = new Writing<>(desk, folder, catalog, departures, measure, spec, machine, () -> closed);
        this.leases = leasing(spec, context, folder, machine.sharing())
                ? new FileLeases<>(desk, reading, writing, catalog, folder, () -> closed)
                : null;
        this.unleased = new UnleasedLoads<>(desk, reading, writing, catalog, () -> closed);
    }

    /** Whether it is to be agreed over processes who computes; where that is not known to work, this is told. */
    private static boolean leasing(
            CacheSpec spec, StoreContext<?> context, CacheFolder folder, Function<Path, Optional<String>> sharing) {
        Leasing wanted = spec.get(FilesSettings.LEASES, Leasing.AUTO);
        String shared = wanted == Leasing.AUTO ? sharing.apply(folder.path()).orElse(null) : null;
        if (shared != null) {
            context.effective(
                    FilesSettings.LEASES,
                    Leasing.OFF,
                    "its file system (" + shared + "), whose locks other hosts may not see");
            Desk.LOG.info(
                    "cache '{}' lies on a file system that hosts may share ({}): each process computes what it misses; set"
                            + " leases = on where its locks hold for all of them",
                    spec.name(),
                    shared);
        }
        return shared == null && wanted != Leasing.OFF;
    }

    /**
     * Opens the store of a cache; makes nothing before something is stored.
     *
     * @param <K> the type of the keys
     * @param spec the settings
     * @param context what core lends
     * @param folder where the entries are to be
     * @param machine what the files lie on
     * @param onClose what is to be done when the store is closed
     * @return the store
     * @throws io.github.twatcache.error.PathException when the cache directory cannot be used
     */
    public static <K> FilesStore<K> open(
            CacheSpec spec, StoreContext<K> context, CacheFolder folder, Machine machine, Runnable onClose) {
        FilesStore<K> store = new FilesStore<>(spec, context, folder, machine, onClose);
        store.folder.settle(Layout.FOLDER_PER_ENTRY, store::evict);
        OpenPlaces.add(store.desk.place());
        return store;
    }

    @Override
    public @Nullable Object get(K key) {
        if (closed) {
            return null;
        }
        Desk.Coded coded = desk.coded(key);
        Reading.Found found = reading.find(key, coded, Reading.Until.DUE, writing::setAside);
        if (found == null) {
            return null;
        }
        note(coded);
        return found.value();
    }

    private void note(Desk.Coded coded) {
        if (desk.uses().note(coded.digest(), desk.clock().now())) {
            flushOnce();
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        if (closed) {
            return null;
        }
        Reading.Found found = reading.find(key, desk.coded(key), Reading.Until.FRESH, writing::setAside);
        return found == null ? null : found.entry(desk.clock().now());
    }

    @Override
    public boolean holds(K key) {
        return !closed && reading.holds(desk.coded(key));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return closed ? Outcome.REFUSED : writing.put(key, value, terms, guard);
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return !closed && writing.remove(key, guard);
    }

    @Override
    public boolean touch(K key, long nanos) {
        return !closed && writing.retime(desk.coded(key).digest(), Terms.PLAIN.lasting(nanos));
    }

    @Override
    public long removeTagged(String tag) {
        return closed ? 0 : writing.removeTagged(tag);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == Leases.class) {
            return Optional.of(type.cast(leases == null ? unleased : leases));
        }
        if (type == StaleStore.class) {
            return desk.clock().keeps()
                    ? Optional.of(type.cast(new FilesStaleness<>(desk, reading, writing, () -> closed)))
                    : Optional.empty();
        }
        boolean wanted = type == TouchStore.class ? desk.clock().own() : type != TagStore.class || tagged;
        return wanted ? Store.super.capability(type) : Optional.empty();
    }

    @Override
    public void clear() {
        writing.clear();
    }

    @Override
    public long size() {
        writing.shrink(null);
        return catalog.with("count", (changes, index) -> index.size(desk.clock().now()));
    }

    @Override
    public long weight() {
        writing.shrink(null);
        return catalog.with("count", (changes, index) -> {
            long now = desk.clock().now();
            return measure.bounded() ? index.taken(now) : index.size(now);
        });
    }

    @Override
    public Cursor<K> entries() {
        List<String> digests = catalog.with(
                "walk",
                (changes, index) ->
                        index.all().stream().map(item -> item.digest).toList());
        return new EntryCursor<>(desk, reading, digests);
    }

    @Override
    public @Nullable StoredReference reference(K key) {
        if (closed) {
            return null;
        }
        try {
            Head head = reading.whole(desk.coded(key));
            return head == null ? null : FileReference.of(desk, head);
        } catch (IOException e) {
            throw catalog.trouble(e);
        }
    }

    @Override
    public void used(K key) {
        if (!closed) {
            note(desk.coded(key));
        }
    }

    @Override
    public List<StoredResult> results() {
        Map<String, Uses.Use> uses = catalog.with(
                "count",
                (changes, index) -> index.all().stream()
                        .collect(Collectors.toMap(item -> item.digest, item -> new Uses.Use(item.used, item.uses))));
        try {
            return new Results(desk).of(uses.keySet(), uses);
        } catch (IOException e) {
            throw catalog.trouble(e);
        }
    }

    @Override
    public long clearOtherVersions() {
        return new Versions(desk.place(), catalog, folder.turns()).prune(1);
    }

    /**
     * Makes room for others: what is damaged leaves, then what only other code finds and what is left of functions that the
     * cache has had, then what was used longest ago.
     */
    private void evict(long bytes) {
        if (closed) {
            return;
        }
        long[] left = {bytes};
        left[0] -= catalog.changed("make room", 0, catalog.aside()::empty).orElse(0L);
        if (left[0] > 0) {
            left[0] -= new Versions(desk.place(), catalog, folder.turns()).give(left[0], opened);
        }
        while (left[0] > 0) {
            boolean gave = catalog.with("make room", (changes, index) -> {
                long given = catalog.give(changes, index, left[0]);
                left[0] -= given;
                return given > 0;
            });
            if (!gave) {
                return;
            }
        }
    }

    /**
     * Writes down what was used, which is much. One hit does it, and after a failure none does for some time: the directory's
     * lock may not be to be had, and each would wait for it.
     */
    private void flushOnce() {
        long now = desk.clock().now();
        // A clock that is set back is no reason to wait longer.
        boolean spares = now < spared && now >= spared - SPARED;
        if (!spares && flushing.compareAndSet(false, true)) {
            try {
                if (!flush(false)) {
                    spared = desk.clock().now() + SPARED;
                }
            } finally {
                flushing.set(false);
            }
        }
    }

    /** Writes down what was used, if it is much, or at the end; says whether it could. */
    private boolean flush(boolean last) {
        try {
            return catalog.changed("note uses", 0, changes -> {
                        catalog.noteUses(changes, last);
                        return true;
                    })
                    .orElse(false);
        } catch (CacheException | IllegalStateException noMatter) {
            // Also where the directory was closed first, because this store's closing took too long.
            Desk.LOG.debug("the uses of entries are not written down", noMatter);
            return false;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            if (catalog.used()) {
                flush(true);
            }
            closed = true;
            OpenPlaces.remove(desk.place());
            if (leases != null) {
                leases.close();
            }
            onClose.run();
        }
    }
}
