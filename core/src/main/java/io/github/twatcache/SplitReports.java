package io.github.twatcache;

import io.github.twatcache.config.Setting;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the two stores of a split are lent: as what the split itself is lent, but that removals which a thread brings about
 * while it holds a lock of the split are passed on when it has let go of it. An entry that leaves one store because its
 * successor went to the other was replaced.
 */
final class SplitReports<K> implements StoreContext<K> {
    private record Removal<K>(K key, Object value, RemovalCause cause) {}

    /** What one thread holds back. */
    private static final class Held<K> {
        private final Deque<Removal<K>> removals = new ArrayDeque<>();
        private @Nullable K replaced;
    }

    private final StoreContext<K> whole;

    /** What a thread holds back here is not what it holds back elsewhere; it is removed after each operation. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Held<K>> held;

    private final @Nullable Effective effective;

    SplitReports(StoreContext<K> whole) {
        this(whole, new ThreadLocal<>(), null);
    }

    private SplitReports(StoreContext<K> whole, ThreadLocal<@Nullable Held<K>> held, @Nullable Effective effective) {
        this.whole = whole;
        this.held = held;
        this.effective = effective;
    }

    /** What one of the two stores is lent: what it says of its settings holds for it and not for the other. */
    SplitReports<K> of(Effective its) {
        return new SplitReports<>(whole, held, its);
    }

    /** Holds back what this thread brings about from now on; where nobody wants to know, there is nothing to hold. */
    void hold() {
        // What a thread still holds back, because its stack had no room to tell, is told the next time.
        if (whole.removals() && held.get() == null) {
            held.set(new Held<>());
        }
    }

    /** Lets an explicit removal of a key count as its replacement, until called with {@code null}. */
    void replacing(@Nullable K key) {
        Held<K> mine = held.get();
        if (mine != null) {
            mine.replaced = key;
        }
    }

    /** Passes on what was held back; the thread holds no lock any more. */
    void tell() {
        Held<K> mine = held.get();
        if (mine != null) {
            held.remove();
            mine.removals.forEach(removal -> whole.removed(removal.key, removal.value, removal.cause));
        }
    }

    @Override
    public void removed(K key, Object value, RemovalCause cause) {
        Held<K> mine = held.get();
        if (mine == null) {
            whole.removed(key, value, cause);
        } else {
            boolean moved = cause == RemovalCause.EXPLICIT && key.equals(mine.replaced);
            mine.removals.add(new Removal<>(key, value, moved ? RemovalCause.REPLACED : cause));
        }
    }

    @Override
    public void missed(K key, MissReason reason) {
        whole.missed(key, reason);
    }

    @Override
    public <T> void effective(Setting<T> setting, @Nullable T value, String source) {
        if (effective == null) {
            whole.effective(setting, value, source);
        } else {
            effective.note(setting, value, source);
        }
    }

    @Override
    public Ticker ticker() {
        return whole.ticker();
    }

    @Override
    public InstantSource clock() {
        return whole.clock();
    }

    @Override
    public void changed(K key) {
        whole.changed(key);
    }

    @Override
    public void changed() {
        whole.changed();
    }

    @Override
    public CacheFolder directory() {
        return whole.directory();
    }

    @Override
    public DirectorySettings directorySettings() {
        return whole.directorySettings();
    }

    @Override
    public Path place() {
        return whole.place();
    }

    @Override
    public Optional<MemoizedFunction> function() {
        return whole.function();
    }

    @Override
    public byte[] space() {
        return whole.space();
    }

    @Override
    public byte[] lineage() {
        return whole.lineage();
    }

    @Override
    public void outdated(K key) {
        whole.outdated(key);
    }

    @Override
    public void removed(RemovalCause cause, long count) {
        whole.removed(cause, count);
    }

    @Override
    public boolean removals() {
        return whole.removals();
    }

    @Override
    public boolean countsOnly() {
        return whole.countsOnly();
    }

    @Override
    public K settled(K key) {
        return whole.settled(key);
    }

    @Override
    public KeyCodec<K> keys() {
        return whole.keys();
    }

    @Override
    public ValueCodec values() {
        return whole.values();
    }
}
