package io.github.twatcache.disk.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Walks over the keys of rows, a page at a time; those whose key is damaged are passed over. */
final class Pages<K> implements Iterator<K> {
    private final LongFunction<List<Row>> pages;
    private final Function<Row, K> key;
    private final Deque<Row> page = new ArrayDeque<>();
    private long after;
    private boolean over;

    Pages(LongFunction<List<Row>> pages, Function<Row, K> key) {
        this.pages = pages;
        this.key = key;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !over) {
            List<Row> next = pages.apply(after);
            over = next.isEmpty();
            for (Row row : next) {
                after = row.id();
                if (Seal.find(row.key()) == row.find()) {
                    page.add(row);
                }
            }
        }
        return !page.isEmpty();
    }

    @Override
    public K next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the walk is over; ask hasNext() first");
        }
        return key.apply(page.remove());
    }
}
