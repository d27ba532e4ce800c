package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Front;
import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final @Nullable Front<K, Found> front;

    DiskBulk(
            DiskStore<K> store,
            Desk<K> desk,
            Contents<K> contents,
            Storing<K> storing,
            @Nullable Front<K, Found> front) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
        this.storing = storing;
        this.front = front;
    }

    @Override
    public Map<K, Object> getAll(Collection<? extends K> keys) {
        Front<K, Found> warm = front == null || desk.database().within() ? null : front;
        if (warm != null) {
            Map<K, Front.Held<K, Found>> held = new LinkedHashMap<>();
            for (K key : keys) {
                Front.Held<K, Found> one = warm.get(key);
                if (one != null) {
                    held.put(key, one);
                }
            }
            if (!held.isEmpty()) {
                List<K> rest = new ArrayList<>();
                for (K key : keys) {
                    if (!held.containsKey(key)) {
                        rest.add(key);
                    }
                }
                Map<K, Object> found = rest.isEmpty() ? new LinkedHashMap<>() : read(rest, warm);
                if (held.values().stream().allMatch(warm::stands)) {
                    held.forEach((key, one) -> {
                        if (!desk.closed() && store.used(one.found())) {
                            found.put(key, one.value());
                        }
                    });
                    return found;
                }
                // Somebody has changed one of them in between.
            }
        }
        return read(keys, warm);
    }

    private Map<K, Object> read(Collection<? extends K> keys, @Nullable Front<K, Found> warm) {
        List<Wanted<K>> wanted = new ArrayList<>(keys.size());
        for (K key : keys) {
            wanted.add(Wanted.of(key, desk.encoded(key)));
        }
        for (int tries = 1; ; tries++) {
            Map<K, Object> values = snapshot(wanted, warm, tries < TRIES);
            if (values != null) {
                return values;
            }
        }
    }

    /** The values of all at one instant; null where the file of one was gone, because it was replaced since. */
    private @Nullable Map<K, Object> snapshot(List<Wanted<K>> wanted, @Nullable Front<K, Found> warm, boolean orAgain) {
        Stripes stripes = desk.folder.stripes();
        long[] stamps = new long[wanted.size()];
        // Before the database is read: what is committed after this moves them.
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = stripes.stamp(wanted.get(i).stripe());
        }
        Found[] found = found(wanted);
        Map<K, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < found.length; i++) {
            Found one = found[i];
            if (one == null || !store.lives(one)) {
                continue;
            }
            if (one.file() != 0) {
                byte[] bytes = desk.folder.files().read(one.file());
                if (bytes == null && orAgain) {
                    return null;
                }
                one = one.with(bytes);
            }
            Wanted<K> of = wanted.get(i);
            Contents.Content content = contents.of(of.key(), of.encoded(), of.find(), one);
            if (content != null) {
                if (warm != null) {
                    store.keep(warm, of.key(), of.encoded(), of.stripe(), stamps[i], content);
                }
                store.used(content.found());
                values.put(of.key(), content.value());
            }
        }
        return values;
    }

    private @Nullable Found[] found(List<Wanted<K>> wanted) {
        if (wanted.isEmpty() || desk.closed()) {
            return new Found[0];
        }
        try {
            return desk.database().readAtOnce(link -> Found.readAll(link, desk.space.id(), wanted));
        } catch (ClosedDatabaseException late) {
            return new Found[0];
        }
    }

    @Override
    public List<Outcome> putAll(List<Put<K>> puts) {
        return storing.putAll(puts);
    }
}
