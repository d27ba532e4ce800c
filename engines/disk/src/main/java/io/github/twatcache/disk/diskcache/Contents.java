package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets values out of rows and files. What is damaged is taken out of the way, and kept where somebody can look at it; what
 * Python has pickled is refused.
 */
final class Contents {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int KEPT = 100;
    private static final int TRIES = 3;

    private final Values values;
    private final StoreContext<?> context;

    Contents(Values values, StoreContext<?> context) {
        this.values = values;
        this.context = context;
    }

    /** What a row holds, as far as the directory tells. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(@Nullable Object content, @Nullable String damage) {}

    /**
     * The value of a row.
     *
     * @return the value, or why there is none
     * @throws SerializationException when Python has pickled it, or it is of a type that the cache cannot hold
     */
    Values.Reading read(Shard shard, DbKey key, Row found) {
        Row row = found;
        for (int attempt = 1; ; attempt++) {
            Raw raw = raw(shard, key, row);
            if (raw.damage() == null) {
                return decoded(shard, key, row, raw.content());
            }
            // Replaced or removed between the look and the reading?
            Row again = shard.find(link -> Rows.find(link, key));
            if (again == null) {
                return Values.Reading.none(MissReason.ABSENT);
            }
            if (attempt == TRIES
                    || (Objects.equals(again.filename(), row.filename())
                            && again.storeTime() == row.storeTime()
                            && again.accessTime() == row.accessTime())) {
                setAside(shard, key, again.id(), raw.damage());
                return Values.Reading.none(MissReason.UNDECODABLE);
            }
            row = again;
        }
    }

    private Values.Reading decoded(Shard shard, DbKey key, Row row, @Nullable Object content) {
        try {
            return values.read(content);
        } catch (Values.Unfit unfit) {
            throw new SerializationException("the value of key " + key + " in " + shard.file() + " ("
                    + Mode.words(row.mode()) + ") is " + unfit.getMessage()
                    + ", and the cache holds values of another type; build the cache with a type that both sides use, or"
                    + " remove the key");
        }
    }

    private static Raw raw(Shard shard, DbKey key, Row row) {
        switch (row.mode()) {
            case Mode.RAW -> {
                return verified(key, row, row.value());
            }
            case Mode.BINARY, Mode.TEXT -> {
                String filename = row.filename();
                if (filename == null) {
                    return new Raw(null, "it names no file");
                }
                byte[] bytes = shard.files().read(filename);
                if (bytes == null) {
                    return new Raw(null, "its file is gone");
                }
                if (bytes.length != row.size()) {
                    return new Raw(null, "its file is not as long as it was");
                }
                Object content = row.mode() == Mode.BINARY ? bytes : text(bytes);
                if (content == null) {
                    return new Raw(null, "its file is no text");
                }
                return verified(key, row, content);
            }
            case Mode.PICKLE ->
                throw new SerializationException("the value of key " + key + " in "
                        + shard.file() + " has " + Mode.words(Mode.PICKLE)
                        + ": Python has pickled it, and twat-cache never reads a pickle, since that runs what is in it. Store it"
                        + " in Python as str, float, bytes or an int of 64 bits, open the directory there with JSONDisk, or"
                        + " remove the key");
            default -> {
                return new Raw(null, "it has " + Mode.words(row.mode()));
            }
        }
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException damaged) {
            return null;
        }
    }

    private static Raw verified(DbKey key, Row row, @Nullable Object content) {
        if (Seal.holds(row)) {
            long wanted = Objects.requireNonNull(row.sum());
            Long sum = Seal.sum(key, row.mode(), row.filename(), content, (wanted & 1) == 1);
            if (sum == null || sum != wanted) {
                return new Raw(null, "its checksum is wrong");
            }
        }
        return new Raw(content, null);
    }

    /** The value of a row that a walk has come to, null where it cannot be read; where it is damaged, it is set aside. */
    @Nullable Object walked(Shard shard, DbKey key, Row row) {
        Object value = quietly(shard, key, row);
        if (value == null && row.mode() != Mode.PICKLE) {
            String damage = raw(shard, key, row).damage();
            if (damage != null) {
                setAside(shard, key, row.id(), damage);
            }
        }
        return value;
    }

    /** The value of a row that is sound and can be read, else null; changes nothing. */
    @Nullable Object quietly(Shard shard, DbKey key, Row row) {
        if (row.mode() == Mode.PICKLE) {
            return null;
        }
        Raw raw = raw(shard, key, row);
        if (raw.damage() != null) {
            return null;
        }
        try {
            return values.read(raw.content()).value();
        } catch (Values.Unfit unfit) {
            return null;
        }
    }

    /** Whether a row holds what no look-up of this cache will ever find: damage, or another version of a class. */
    boolean unreadable(Shard shard, DbKey key, Row row) {
        if (row.mode() == Mode.PICKLE) {
            return false;
        }
        Raw raw = raw(shard, key, row);
        if (raw.damage() != null) {
            return true;
        }
        try {
            return values.read(raw.content()).value() == null;
        } catch (Values.Unfit pythons) {
            return false;
        }
    }

    private void setAside(Shard shard, DbKey key, long id, String why) {
        LOG.warn(
                "the entry of key {} in {} is damaged ({}); it is set aside in the table 'twat_damaged'",
                key,
                shard.file(),
                why);
        double noticed = System.currentTimeMillis() / 1_000.0;
        shard.write(link -> {
            Row row = Rows.byId(link, id);
            if (row == null || !key.equals(row.key()) || raw(shard, key, row).damage() == null) {
                return false;
            }
            Tables.makeDamaged(link);
            String aside = row.filename() == null ? null : shard.files().setAside(row.filename());
            copy(link, row, noticed, why, aside);
            Rows.delete(link, id);
            if (context.removals()) {
                link.afterCommit(() -> context.removed(RemovalCause.DAMAGED, 1));
            }
            return true;
        });
    }

    private static void copy(Link link, Row row, double noticed, String why, @Nullable String aside)
            throws SQLException {
        Prepared insert = link.prepared(
                "INSERT INTO twat_damaged(noticed, why, key, store_time, mode, size, filename,"
                        + " value, sum) SELECT ?, ?, key, store_time, mode, size, ?, value, twat_sum FROM Cache WHERE rowid = ?");
        insert.setDouble(1, noticed);
        insert.setString(2, why);
        insert.setString(3, aside == null ? row.filename() : aside);
        insert.setLong(4, row.id());
        insert.executeUpdate();
        Prepared trim = link.prepared("DELETE FROM twat_damaged WHERE id <= (SELECT max(id) FROM twat_damaged) - ?");
        trim.setInt(1, KEPT);
        trim.executeUpdate();
    }
}
