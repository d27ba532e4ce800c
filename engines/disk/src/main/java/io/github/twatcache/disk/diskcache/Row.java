package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of Python's table {@code Cache}, with the columns that we have added.
 *
 * @param id its {@code rowid}
 * @param key its key, where {@code raw} is 1 and it is not a float; else null
 * @param storeTime when it was stored, in seconds since 1970
 * @param expireTime when it dies, {@link Double#POSITIVE_INFINITY} for never
 * @param accessTime when it was last stored or used
 * @param accessCount how often it was used since
 * @param tag its tag
 * @param size the length of its file in bytes, 0 where it has none
 * @param mode how the value stands there
 * @param filename the file, relative to the directory; null where the value is in the row
 * @param value the value, where it is in the row
 * @param sumStored ours: what {@code store_time} was when the sum was made
 * @param sum ours: see {@link Seal}
 * @param expireNanos ours: when it dies, in nanoseconds, for as long as that is what {@code expire_time} says
 */
record Row(
        long id,
        @Nullable DbKey key,
        double storeTime,
        double expireTime,
        double accessTime,
        double accessCount,
        @Nullable Object tag,
        long size,
        int mode,
        @Nullable String filename,
        @Nullable Object value,
        double sumStored,
        @Nullable Long sum,
        long expireNanos) {
    static final String COLUMNS =
            "rowid, key, store_time, expire_time, access_time, access_count, tag, size, mode, filename,"
                    + " value, twat_stored, twat_sum, twat_expire, raw";

    static Row read(Results row) throws SQLException {
        Object expires = row.getObject(4);
        Object sum = row.getObject(13);
        return new Row(
                row.getLong(1),
                row.getInt(15) == 1 ? key(row.getObject(2)) : null,
                row.getDouble(3),
                expires instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY,
                row.getDouble(5),
                row.getDouble(6),
                row.getObject(7),
                row.getLong(8),
                row.getInt(9),
                row.getString(10),
                content(row.getObject(11)),
                row.getDouble(12),
                sum instanceof Number number ? (Long) number.longValue() : null,
                row.getLong(14));
    }

    static @Nullable DbKey key(@Nullable Object column) {
        Object content = content(column);
        return content == null || content instanceof Double ? null : new DbKey(content);
    }

    /** What a column holds: a String, a Long, a Double, a byte[], or null. */
    private static @Nullable Object content(@Nullable Object column) {
        return column instanceof Integer number ? (Object) number.longValue() : column;
    }

    /** When it dies, in nanoseconds since 1970; {@link Long#MAX_VALUE} for never. */
    long end() {
        if (expireTime == Double.POSITIVE_INFINITY) {
            return Long.MAX_VALUE;
        }
        return expireNanos != 0 && Expiry.seconds(expireNanos) == expireTime ? expireNanos : Expiry.nanos(expireTime);
    }

    boolean lives(long now) {
        return now < end();
    }
}
