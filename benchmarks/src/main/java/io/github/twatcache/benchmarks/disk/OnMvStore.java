package io.github.twatcache.benchmarks.disk;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** H2's MVStore as it comes: it commits by itself once a second, and loses what came since when it is killed. */
final class OnMvStore implements Kept {
    private final MVStore store;
    private final MVMap<Long, byte[]> map;

    private OnMvStore(Path directory) {
        this.store = MVStore.open(directory.resolve("bench.mv").toString());
        this.map = store.openMap("bench");
    }

    static Kept open(Path directory) {
        return new OnMvStore(directory);
    }

    @Override
    public byte @Nullable [] get(long key) {
        return map.get(key);
    }

    @Override
    public void put(long key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void close() {
        store.close();
    }
}
