package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store that reads what is in the database and writes nothing, not even what it has read. Others may write meanwhile, where
 * they can; what they have committed is found.
 */
final class ReadOnlyStore<K> implements Store<K> {
    private static final int PAGE = 64;

    private final OpenReader reader;
    private final StoreContext<K> context;
    private final KeyCodec<K> keys;
    private final byte[] digest;
    private volatile boolean closed;

    ReadOnlyStore(OpenReader reader, StoreContext<K> context) {
        this.reader = reader;
        this.context = context;
        this.keys = context.keys();
        this.digest = Digest.of(context.space()).toBytes();
    }

    /** What limits stand in the database; null where the cache has never been opened to be written. */
    @Nullable Limits limits() {
        Space space = read(link -> Space.found(link, digest));
        return space == null ? null : space.limits();
    }

    @Override
    public @Nullable Object get(K key) {
        byte[] encoded = encoded(key);
        Row row = row(encoded);
        if (row == null) {
            outdated(key, encoded);
            return null;
        }
        return value(key, encoded, row);
    }

    /** Says where another version of the function has stored what is not there. */
    private void outdated(K key, byte[] encoded) {
        byte[] lineage = context.lineage();
        if (lineage.length != 0
                && Boolean.TRUE.equals(
                        read(link -> Versions.others(link, HexFormat.of().formatHex(lineage), digest)
                                .hold(link, Seal.find(encoded), encoded, now())))) {
            context.outdated(key);
        }
    }

    private byte[] encoded(K key) {
        byte[] bytes = keys.encoded(key);
        return keys.decodable() ? bytes : Digest.of(bytes).toBytes();
    }

    private @Nullable Row row(byte[] encoded) {
        Row row = read(link -> {
            Space space = Space.found(link, digest);
            return space == null ? null : Rows.read(link, space.id(), Seal.find(encoded), encoded);
        });
        return row == null || row.lifetime().fresh() <= now() ? null : row;
    }

    /** How values are written in the database that is there now; null in a closed store. */
    @Nullable Values values() {
        return read(link -> Values.known(link, context.values()));
    }

    ValueFiles files() {
        return reader.files();
    }

    /** The living entry of a key, without what is in a file. */
    @Nullable Row row(K key) {
        return row(encoded(key));
    }

    private @Nullable Object value(K key, byte[] encoded, Row found) {
        Row row = found;
        byte[] bytes = reader.files().content(row);
        if (bytes == null) {
            // Replaced since it was looked up, or damaged.
            row = row(encoded);
            bytes = row == null ? null : reader.files().content(row);
        }
        if (row == null) {
            return null;
        }
        if (bytes == null || !Seal.whole(row, bytes)) {
            context.missed(key, MissReason.UNDECODABLE);
            return null;
        }
        int mode = row.mode();
        Values values = values();
        Object value = values == null || !values.reads(mode) ? null : values.decodedQuietly(row, bytes);
        if (value == null) {
            context.missed(key, MissReason.VERSION);
        }
        return value;
    }

    @Override
    public @Nullable Entry entry(K key) {
        byte[] encoded = encoded(key);
        Row row = row(encoded);
        if (row == null) {
            outdated(key, encoded);
            return null;
        }
        Object value = value(key, encoded, row);
        if (value == null) {
            return null;
        }
        long now = now();
        Set<String> tags = read(link -> Tags.of(link, row.id()));
        Terms terms = Lifetimes.terms(row, row.lifetime(), tags == null ? Set.of() : tags, now);
        return new Entry(value, new Mark(row.id(), row.version()), terms);
    }

    private long now() {
        Instant now = context.clock().instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    ReadOnlyException refusal() {
        return new ReadOnlyException("the database " + reader.file()
                + " is open to be read only (read-only = true), and this would change it; open the cache without that");
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        throw refusal();
    }

    @Override
    public boolean remove(K key, Guard guard) {
        throw refusal();
    }

    @Override
    public void clear() {
        throw refusal();
    }

    @Override
    public long size() {
        long now = now();
        Long live = read(link -> {
            Prepared count = link.prepared("SELECT count(*) FROM entry WHERE life ="
                    + " (SELECT life FROM space WHERE digest = ?) AND ifnull(fresh, 9223372036854775807) > ?");
            count.setBytes(1, digest);
            count.setLong(2, now);
            return Rows.ids(count).get(0);
        });
        return live == null ? 0 : live;
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(new Pages<>(this::page, row -> keys.decode(row.key())), this::get);
    }

    /** The next live rows after a number. */
    private List<Row> page(long after) {
        long now = now();
        List<Row> rows = read(link -> page(link, after, now));
        return rows == null ? List.of() : rows;
    }

    private List<Row> page(Link link, long after, long now) throws SQLException {
        Prepared select = link.prepared("SELECT id FROM entry WHERE id > ?1 AND life ="
                + " (SELECT life FROM space WHERE digest = ?2) AND ifnull(fresh, 9223372036854775807) > ?3"
                + " ORDER BY id LIMIT ?4");
        select.setLong(1, after);
        select.setBytes(2, digest);
        select.setLong(3, now);
        select.setInt(4, PAGE);
        List<Row> rows = new ArrayList<>();
        for (long id : Rows.ids(select)) {
            Row row = Rows.byId(link, id, false);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private <R> @Nullable R read(Work<R> work) {
        if (closed) {
            return null;
        }
        try {
            return reader.find(work);
        } catch (ClosedDatabaseException late) {
            return null;
        } catch (ResourceException trouble) {
            throw SteadyStore.failure(trouble);
        }
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == StreamStore.class
                ? Optional.of(type.cast(new ReadOnlyStreams<>(this)))
                : Store.super.capability(type);
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return Optional.of("it is open to be read only, entry by entry (read-only = true); open it without that");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.leave();
        }
    }
}
