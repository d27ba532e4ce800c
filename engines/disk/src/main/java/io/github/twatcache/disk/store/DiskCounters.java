package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts in entries: the value is read, added to and written in one transaction, which the database's write lock makes one
 * step over all processes.
 */
final class DiskCounters<K> implements CounterStore<K> {
    private final Desk<K> desk;
    private final Contents<K> contents;

    DiskCounters(Desk<K> desk, Contents<K> contents) {
        this.desk = desk;
        this.contents = contents;
    }

    /** What has come of it: thrown only when the transaction is over, which others may share. */
    private enum Ending {
        COUNTED,
        ABSENT,
        OVERFLOW,
        NO_NUMBER,
        NO_ROOM
    }

    private record Answer(Ending ending, long sum) {
        Answer(Ending ending) {
            this(ending, 0);
        }
    }

    @Override
    public OptionalLong add(K key, long delta, OptionalLong initial, Terms terms) {
        byte[] encoded = desk.encoded(key);
        Answer answer = desk.change(link -> added(link, key, encoded, delta, initial, terms));
        return switch (answer.ending) {
            case COUNTED -> OptionalLong.of(answer.sum);
            case ABSENT -> OptionalLong.empty();
            case OVERFLOW -> throw new ArithmeticException("long overflow");
            case NO_NUMBER ->
                throw new ValueException(
                        "a counter is a Long, and the entry holds something else; count under another key, or remove the entry");
            case NO_ROOM ->
                throw new ValueException(
                        "the cache is full and lets nothing go, or is smaller than a counter; remove an entry, or raise the"
                                + " maximum");
        };
    }

    private Answer added(Link link, K key, byte[] encoded, long delta, OptionalLong initial, Terms terms)
            throws SQLException {
        Row row = desk.entries.living(link, Seal.find(encoded), encoded);
        // What nobody can read is in nobody's way.
        Object value = row == null ? null : contents.quietly(row);
        if (row == null || value == null) {
            if (initial.isEmpty()) {
                return new Answer(Ending.ABSENT);
            }
            long first = initial.getAsLong() + delta;
            if (overflows(initial.getAsLong(), delta, first)) {
                return new Answer(Ending.OVERFLOW);
            }
            Outcome outcome = desk.entries.put(link, draft(key, encoded, first, terms), Guard.ANY);
            return outcome == Outcome.STORED ? new Answer(Ending.COUNTED, first) : new Answer(Ending.NO_ROOM);
        }
        if (!(value instanceof Long count)) {
            return new Answer(Ending.NO_NUMBER);
        }
        long sum = count + delta;
        if (overflows(count, delta, sum)) {
            return new Answer(Ending.OVERFLOW);
        }
        Terms same = new Terms(Terms.UNSET, Terms.UNSET, Set.of(), 1, row.cost());
        desk.entries.revise(link, draft(key, encoded, sum, same), row);
        return new Answer(Ending.COUNTED, sum);
    }

    /** Whether a sum has another sign than both of what was added. */
    private static boolean overflows(long one, long other, long sum) {
        return ((one ^ sum) & (other ^ sum)) < 0;
    }

    /** A counter is small, and always in its row. */
    private Draft<K> draft(K key, byte[] encoded, long count, Terms terms) {
        byte[] bytes = desk.values.encode(encoded, count);
        Terms kept = desk.tagged ? terms : terms.tagged(Set.of());
        return Draft.of(key, encoded, desk.values.mode(), bytes, 0, kept);
    }
}
