package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Terms;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a store keeps past its freshness, for all processes: who makes an entry stale writes that into its row. */
final class DiskStaleness<K> implements StaleStore<K> {
    private static final int STEP = 256;

    private final DiskStore<K> store;
    private final Desk<K> desk;
    private final Contents<K> contents;

    DiskStaleness(DiskStore<K> store, Desk<K> desk, Contents<K> contents) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
    }

    @Override
    public @Nullable Kept kept(K key) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        // Before the row is read, so that what is put over a stale one meanwhile leaves no gap between the two.
        long now = desk.lifetimes.now();
        Row row = desk.read(link -> Rows.read(link, desk.space.id(), find, encoded));
        if (row == null || !desk.entries.keeps(row.id(), row.lifetime(), now)) {
            return null;
        }
        Contents.Content content = contents.of(key, encoded, find, Found.of(row));
        if (content == null) {
            return null;
        }
        Lifetime lifetime = desk.entries.now(row.id(), row.lifetime());
        Set<String> tags = store.tags(row.id());
        Entry entry = new Entry(
                content.value(), new Mark(row.id(), row.version()), Lifetimes.terms(row, lifetime, tags, now));
        Lifetime.Late late = lifetime.late();
        return new Kept(
                entry, Math.max(0, now - lifetime.fresh()), late != null && late.aged() && now >= lifetime.fresh());
    }

    @Override
    public boolean age(K key) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        return desk.write(link -> desk.entries.age(link, encoded, find), false);
    }

    @Override
    public long ageTagged(String tag) {
        return desk.tagged ? ageMany(tag) : 0;
    }

    @Override
    public long ageAll() {
        return ageMany(null);
    }

    private long ageMany(@Nullable String tag) {
        long end = desk.end();
        long aged = 0;
        Entries.Aged step = new Entries.Aged(0, 0);
        while (!step.equals(Entries.Aged.ALL)) {
            long after = step.last();
            step = desk.write(link -> desk.entries.age(link, tag, after, end, STEP), Entries.Aged.ALL);
            aged += step.count();
        }
        return aged;
    }

    @Override
    public boolean retime(K key, Terms terms) {
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        return desk.write(link -> desk.entries.retime(link, key, encoded, find, terms), false);
    }
}
