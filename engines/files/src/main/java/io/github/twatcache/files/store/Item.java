package io.github.twatcache.files.store;

import java.util.Set;

/** An entry as the index knows it. Its uses change only while it is in no order. */
final class Item {
    final String digest;
    final String value;
    final long created;
    final long fresh;
    final long kept;
    final long cost;
    final int weight;
    final long bytes;
    final Set<String> tags;
    long used;
    long uses;

    Item(String digest, Head head, long entryBytes) {
        this.digest = digest;
        this.value = head.value();
        this.created = head.created();
        this.fresh = head.fresh();
        this.kept = head.kept();
        this.cost = head.cost();
        this.weight = head.weight();
        this.bytes = head.length() + entryBytes;
        this.tags = head.tags();
        this.used = head.created();
    }

    /** How much time it saves for each byte that it takes, by what it has done so far. */
    double worth() {
        return (double) Math.max(1, cost) / Math.max(1, bytes) * (1 + uses);
    }
}
