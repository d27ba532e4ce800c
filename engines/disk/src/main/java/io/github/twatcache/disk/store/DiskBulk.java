package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Front;
import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many entries in one step. A look-up answers from the heap what stands there and asks the database for the rest, in one
 * snapshot; then it sees whether what it took from the heap still stood when that was taken, so that all are of one instant.
 */
final class DiskBulk<K> implements BulkStore<K> {
    private static final int TRIES = 3;

    private final DiskStore<K> store;
    private final Desk<K> desk;
    private final Contents<K> contents;
    private final Storing<K> storing;
    private final @Nullable Front<K, DiskStore.Kept> front;

    DiskBulk(
            DiskStore<K> store,
            Desk<K> desk,
            Contents<K> contents,
            Storing<K> storing,
            @Nullable Front<K, DiskStore.Kept> front) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
        this.storing = storing;
        this.front = front;
    }

    @Override
    public Map<K, Object> getAll(Collection<? extends K> keys) {
        if (front == null || desk.database().within()) {
            return read(List.copyOf(keys), null);
        }
        List<Front.Held<K, DiskStore.Kept>> held = new ArrayList<>(keys.size());
        List<K> heldKeys = new ArrayList<>(keys.size());
        List<K> rest = new ArrayList<>();
        for (K key : keys) {
            Front.Held<K, DiskStore.Kept> one = front.get(key);
            if (one == null) {
                rest.add(key);
            } else {
                held.add(one);
                heldKeys.add(key);
            }
        }
        Map<K, Object> found = rest.isEmpty() ? new HashMap<>(2 * held.size()) : read(rest, front);
        for (Front.Held<K, DiskStore.Kept> one : held) {
            if (!front.stands(one)) {
                // Somebody has changed it since it was found here: the others may be older than that.
                return read(List.copyOf(keys), front);
            }
        }
        for (int i = 0; i < held.size(); i++) {
            if (!desk.closed() && store.used(held.get(i).found())) {
                found.put(heldKeys.get(i), held.get(i).value());
            }
        }
        return found;
    }

    private Map<K, Object> read(List<K> keys, @Nullable Front<K, DiskStore.Kept> warm) {
        Wanted<K> wanted = new Wanted<>(desk, keys);
        for (int tries = 1; ; tries++) {
            Map<K, Object> values = snapshot(wanted, warm, tries < TRIES);
            if (values != null) {
                return values;
            }
        }
    }

    /** The values of all at one instant; null where the file of one was gone, because it was replaced since. */
    private @Nullable Map<K, Object> snapshot(
            Wanted<K> wanted, @Nullable Front<K, DiskStore.Kept> warm, boolean orAgain) {
        Stripes stripes = desk.folder.stripes();
        long[] stamps = new long[wanted.size()];
        // Before the database is read: what is committed after this moves them.
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = stripes.stamp(wanted.stripe(i));
        }
        @Nullable Found[] found = desk.read(link -> wanted.read(link, desk.space.id()));
        Map<K, Object> values = new HashMap<>(2 * wanted.size());
        for (int i = 0; found != null && i < found.length; i++) {
            Found one = found[i];
            if (one == null || !store.finds(one)) {
                continue;
            }
            if (one.file() != 0) {
                byte[] bytes = desk.folder.files().read(one.file());
                if (bytes == null && orAgain) {
                    return null;
                }
                one = one.with(bytes);
            }
            Contents.Content content = contents.of(wanted.key(i), wanted.encoded(i), wanted.find(i), one);
            if (content != null) {
                DiskStore.Kept kept = store.kept(content.found());
                if (warm != null) {
                    store.keep(warm, wanted.key(i), wanted.encoded(i), wanted.stripe(i), stamps[i], content, kept);
                }
                store.used(kept);
                values.put(wanted.key(i), content.value());
            }
        }
        return values;
    }

    @Override
    public List<Outcome> putAll(List<Put<K>> puts) {
        return storing.putAll(puts);
    }
}
