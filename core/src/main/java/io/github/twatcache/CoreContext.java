package io.github.twatcache;

import io.github.twatcache.config.Setting;
import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.failure.Guarded;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.InFlight;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.RemovalListener;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.stats.Tally;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a cache lends to its store: clocks, codecs, a folder, and whom to tell of what happens. */
final class CoreContext implements StoreContext<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final String cache;
    private final KeySide keys;
    private final Verdicts verdicts;
    private final Tally tally;
    private final LentFolder folder;
    private final Ticker ticker;
    private final InstantSource clock;
    private final LazyCodec values;
    private final Effective effective = new Effective();
    private @Nullable InFlight inFlight;
    private @Nullable Guarded guarded;

    CoreContext(
            String cache,
            KeySide keys,
            Verdicts verdicts,
            Tally tally,
            LentFolder folder,
            Ticker ticker,
            InstantSource clock,
            LazyCodec values) {
        this.cache = cache;
        this.keys = keys;
        this.verdicts = verdicts;
        this.tally = tally;
        this.folder = folder;
        this.ticker = ticker;
        this.clock = clock;
        this.values = values;
    }

    /** Says whom to tell, once the store is open. */
    void tells(InFlight loads, @Nullable Guarded guard) {
        this.inFlight = loads;
        this.guarded = guard;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public byte[] space() {
        return keys.space().get().toBytes();
    }

    @Override
    public byte[] lineage() {
        return keys.lineage().get();
    }

    @Override
    public void outdated(Object key) {
        tally.outdated(key);
    }

    @Override
    public Optional<MemoizedFunction> function() {
        return keys.function().get();
    }

    @Override
    public boolean removals() {
        return tally.full()
                || verdicts.rules().listener != null
                || tally.events().removals();
    }

    @Override
    public boolean countsOnly() {
        return verdicts.rules().listener == null && !tally.events().listens();
    }

    @Override
    public void removed(Object key, Object value, RemovalCause cause) {
        if (tally.full()) {
            tally.removed(key, cause);
        }
        tally.events().removed(key, cause);
        RemovalListener<Object, @Nullable Object> listener = verdicts.rules().listener;
        InFlight table = inFlight;
        if (listener != null && table != null) {
            later(() -> table.afterwards(() -> tell(listener, key, value, cause)));
        }
    }

    @Override
    public void removed(RemovalCause cause, long count) {
        if (tally.full()) {
            tally.removed(cause, count);
        }
    }

    private void tell(
            RemovalListener<Object, @Nullable Object> listener, Object key, Object value, RemovalCause cause) {
        try {
            listener.removed(keys.show().apply(key), Cast.to(Nil.unmask(value)), cause);
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            // Nor is a class that is missing to the listener a failure of the engine that runs it.
            LOG.warn(
                    "a removal listener of cache '{}' failed; the removal itself is done: {}",
                    cache,
                    FailureWords.of(failed));
        }
    }

    /** A change that a store reports while it is being opened concerns no load yet. */
    @Override
    public void changed(Object key) {
        InFlight table = inFlight;
        if (table != null) {
            later(() -> table.changed(key));
        }
    }

    @Override
    public void changed() {
        InFlight table = inFlight;
        if (table != null) {
            later(table::changed);
        }
    }

    /** Runs what may wait for a load, or is the user's: not on a thread that a load waits for. */
    private void later(Runnable action) {
        if (guarded == null || !guarded.takes(action)) {
            action.run();
        }
    }

    @Override
    public void missed(Object key, MissReason reason) {
        tally.report(key, reason);
    }

    @Override
    public <T> void effective(Setting<T> setting, @Nullable T value, String source) {
        effective.note(setting, value, source);
    }

    /** What the store has said of settings that stand elsewhere. */
    Effective effective() {
        return effective;
    }

    @Override
    public Object settled(Object key) {
        return keys.settled(key);
    }

    @Override
    public KeyCodec<Object> keys() {
        return keys.codec();
    }

    @Override
    public ValueCodec values() {
        return values.get();
    }

    @Override
    public CacheFolder directory() {
        return folder.get();
    }

    @Override
    public DirectorySettings directorySettings() {
        return folder.settings();
    }

    @Override
    public Path place() {
        return folder.place();
    }
}
