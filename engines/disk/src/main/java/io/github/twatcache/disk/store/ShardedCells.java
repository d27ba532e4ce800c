package io.github.twatcache.disk.store;

import io.github.twatcache.spi.CellStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells, each in the shard that its name belongs to. */
record ShardedCells(Routes<?> routes, List<CellStore> shards) implements CellStore {
    private CellStore of(String name) {
        return shards.get(routes.ofName(name));
    }

    @Override
    public @Nullable Cell read(String name) {
        return of(name).read(name);
    }

    @Override
    public boolean write(String name, long seen, byte[] content) {
        return of(name).write(name, seen, content);
    }

    @Override
    public void awaitWrite(String name, long seen, Duration atMost) throws InterruptedException {
        of(name).awaitWrite(name, seen, atMost);
    }
}
