package io.github.twatcache;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Store;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The walks over a split that are under way.
 *
 * <p>A walk goes over the small values, then over the large ones, then over the keys that have moved meanwhile. It
 * remembers the keys that it has passed, so that each is met once, whichever way it goes: about 50 bytes for each.
 */
final class SplitWalks<K> {
    /** Weak, so that a walk that is not closed goes with its cursor. */
    private final Set<Walk<K>> open = Collections.newSetFromMap(new WeakHashMap<>());

    private volatile int count;

    /** Tells every walk of a key that goes from one store to the other; before it goes. */
    void moved(K key) {
        if (count > 0) {
            synchronized (open) {
                open.forEach(walk -> walk.moved.add(key));
                count = open.size();
            }
        }
    }

    Cursor<K> begin(Store<K> small, Store<K> large, Store<K> whole) {
        return new Walk<>(this, small, large, whole);
    }

    private void opened(Walk<K> walk) {
        synchronized (open) {
            open.add(walk);
            count = open.size();
        }
    }

    private void closed(Walk<K> walk) {
        synchronized (open) {
            open.remove(walk);
            count = open.size();
        }
    }

    private static final class Walk<K> implements Cursor<K> {
        private final SplitWalks<K> walks;
        private final Store<K> large;
        private final Store<K> whole;
        private final Set<K> moved = ConcurrentHashMap.newKeySet();
        private final Set<K> passed = new HashSet<>();
        private @Nullable Cursor<K> part;
        private boolean second;
        private @Nullable Iterator<K> rest;
        private @Nullable K current;

        Walk(SplitWalks<K> walks, Store<K> small, Store<K> large, Store<K> whole) {
            this.walks = walks;
            this.large = large;
            this.whole = whole;
            walks.opened(this); // first, so that no move goes unnoticed between this and what the cursor sees
            this.part = small.entries();
        }

        @Override
        public boolean advance() {
            while (part != null) {
                while (part.advance()) {
                    if (passed.add(part.key())) {
                        current = part.key();
                        return true;
                    }
                }
                part.close();
                part = second ? null : large.entries();
                second = true;
            }
            if (rest == null) {
                rest = moved.iterator();
            }
            while (rest.hasNext()) {
                K key = rest.next();
                if (passed.add(key) && whole.entry(key) != null) {
                    current = key;
                    return true;
                }
            }
            current = null;
            return false;
        }

        @Override
        public K key() {
            return Cursor.standing(current);
        }

        @Override
        public @Nullable Object value() {
            K key = key();
            Object value = part == null ? null : part.value();
            Entry entry = value == null ? whole.entry(key) : null;
            return entry == null ? value : entry.value();
        }

        @Override
        public void close() {
            current = null;
            walks.closed(this);
            if (part != null) {
                part.close();
            }
        }
    }
}
