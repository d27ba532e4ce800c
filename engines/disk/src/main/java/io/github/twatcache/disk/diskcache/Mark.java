package io.github.twatcache.disk.diskcache;

/**
 * What tells an entry from its successors: Python may store another value at the very same time, so the content counts too.
 *
 * @param id the number of the row
 * @param stored {@code store_time}
 * @param content 64 bits over what stands in the row
 */
record Mark(long id, double stored, long content) {
    static Mark of(DbKey key, Row row) {
        Object value = row.value();
        Long sum = Seal.sum(key, row.mode(), row.filename(), value == null ? "" : value, false);
        return new Mark(
                row.id(), row.storeTime(), sum == null ? String.valueOf(value).hashCode() : sum);
    }
}
