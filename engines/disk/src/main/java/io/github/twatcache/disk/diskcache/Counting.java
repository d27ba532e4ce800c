package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Python's {@code incr}: a number in a row, changed in one step over all processes of both languages. */
final class Counting<K> implements CounterStore<K> {
    private final Directory<K> directory;
    private final Entries<K> entries;

    Counting(Directory<K> directory, Entries<K> entries) {
        this.directory = directory;
        this.entries = entries;
    }

    @Override
    public OptionalLong add(K key, long delta, OptionalLong initial, Terms terms) {
        DbKey dbKey = directory.keys().of(key);
        Shard shard = directory.shards().of(dbKey);
        return directory
                .shards()
                .write(shard, link -> added(link, shard, key, dbKey, delta, initial, terms), OptionalLong.empty());
    }

    private OptionalLong added(
            Link link, Shard shard, K key, DbKey dbKey, long delta, OptionalLong initial, Terms terms)
            throws SQLException {
        Row found = Rows.find(link, dbKey);
        Row row = found != null && found.lives(directory.expiry().now()) ? found : null;
        if (row == null && initial.isEmpty()) {
            return OptionalLong.empty();
        }
        long sum = Math.addExact(row == null ? initial.getAsLong() : number(shard, dbKey, row), delta);
        Draft draft = new Draft(directory.values().write(sum), Mode.RAW, 0, null);
        if (row == null) {
            entries.put(link, shard, new Entries.Entry<>(key, dbKey, sum, draft, terms), Guard.ANY);
        } else {
            entries.replace(link, shard, key, dbKey, row, draft);
        }
        return OptionalLong.of(sum);
    }

    private long number(Shard shard, DbKey key, Row row) {
        @Nullable Object value = directory.contents().quietly(shard, key, row);
        if (value instanceof Long number) {
            return number;
        }
        throw new ValueException("the value of counter " + key + " in "
                + shard.file()
                + " is no Long, which Python has as an int; count under another key, or remove this"
                + " one");
    }
}
