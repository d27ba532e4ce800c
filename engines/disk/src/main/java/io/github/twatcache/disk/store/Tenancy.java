package io.github.twatcache.disk.store;

import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Layout;
import io.github.twatcache.path.Tenant;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cache as a tenant of its folder, over however many databases it is spread: each counts its own, and gives its part. */
final class Tenancy implements Tenant {
    private final CacheFolder folder;
    private final Map<Path, Tenure> tenures = new LinkedHashMap<>();
    private final Map<Path, Footprint.Size> sizes = new LinkedHashMap<>();

    Tenancy(CacheFolder folder) {
        this.folder = folder;
    }

    /** Has one database be asked from now on, in the place of the one that was there before. */
    void begin(Path place, Tenure tenure) {
        Tenure former;
        synchronized (this) {
            former = tenures.put(place, tenure);
        }
        if (former != null) {
            former.forget();
        }
        folder.settle(Layout.OPAQUE, this);
    }

    /** Counts what one database takes, beside the others. */
    void count(Path place, Footprint.Size size) {
        Footprint.Size all = Footprint.Size.NOTHING;
        synchronized (this) {
            sizes.put(place, size);
            for (Footprint.Size one : sizes.values()) {
                all = all.plus(one);
            }
        }
        folder.count(all.bytes(), all.files());
    }

    private synchronized Collection<Tenure> tenures() {
        return List.copyOf(tenures.values());
    }

    @Override
    public void count() {
        tenures().forEach(Tenure::count);
    }

    @Override
    public void evict(long bytes) {
        Collection<Tenure> all = tenures();
        if (!all.isEmpty()) {
            long part = -Math.floorDiv(-bytes, all.size());
            all.forEach(tenure -> tenure.evict(part));
        }
    }
}
