package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.spi.BulkStore.Put;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stores values: encodes them, writes those that are large to files, and has rows name them in one transaction. A file that
 * no row has come to name is deleted again.
 */
final class Storing<K> {
    private final Desk<K> desk;
    private final Contents<K> contents;

    Storing(Desk<K> desk, Contents<K> contents) {
        this.desk = desk;
        this.contents = contents;
    }

    Outcome put(K key, Object value, Terms terms, Guard guard) {
        return put(drafted(key, value, terms), guard);
    }

    /** Stores what was drafted; its file, if it has one, is this method's to delete. */
    Outcome put(Draft<K> draft, Guard guard) {
        NamedFiles named = new NamedFiles();
        boolean stored = false;
        try {
            Outcome outcome = desk.write(link -> put(link, draft, guard, named), Outcome.REFUSED);
            Guard instead = outcome == Outcome.REFUSED ? contents.instead(guard, draft.encoded()) : null;
            if (instead != null) {
                outcome = desk.write(link -> put(link, draft, instead, named), Outcome.REFUSED);
            }
            stored = outcome == Outcome.STORED;
            return outcome;
        } finally {
            if (!stored) {
                discard(draft.file(), named);
            }
        }
    }

    /** Stores what was drafted, in the running transaction. */
    Outcome put(Link link, Draft<K> draft, Guard guard, NamedFiles named) throws SQLException {
        Outcome outcome = desk.entries.put(link, draft, guard);
        if (outcome == Outcome.STORED) {
            named.add(link, draft.file());
        }
        return outcome;
    }

    /** Stores many in one transaction: where it throws, none. */
    List<Outcome> putAll(List<Put<K>> puts) {
        List<Draft<K>> drafts = new ArrayList<>();
        List<Outcome> outcomes = List.of();
        NamedFiles named = new NamedFiles();
        try {
            for (Put<K> put : puts) {
                drafts.add(drafted(put.key(), put.value(), put.terms()));
            }
            List<Outcome> refused = puts.stream().map(put -> Outcome.REFUSED).toList();
            outcomes = desk.write(
                    link -> {
                        List<Outcome> all = new ArrayList<>();
                        for (int i = 0; i < drafts.size(); i++) {
                            Draft<K> draft = drafts.get(i);
                            Guard guard = puts.get(i).guard();
                            Outcome outcome = put(link, draft, guard, named);
                            Row row = outcome == Outcome.REFUSED && guard == Guard.ABSENT
                                    ? Rows.read(link, desk.space.id(), draft.find(), draft.encoded())
                                    : null;
                            Mark unreadable = row == null ? null : contents.unreadable(row);
                            all.add(unreadable == null ? outcome : put(link, draft, Guard.seen(unreadable), named));
                        }
                        return all;
                    },
                    refused);
            return outcomes;
        } finally {
            for (int i = 0; i < drafts.size(); i++) {
                if (outcomes.isEmpty() || outcomes.get(i) != Outcome.STORED) {
                    discard(drafts.get(i).file(), named);
                }
            }
        }
    }

    /** Encodes a value, and writes it to a file where it is large. */
    Draft<K> drafted(K key, Object value, Terms terms) {
        byte[] encoded = desk.encoded(key);
        byte[] bytes = desk.values.encode(encoded, value);
        return Draft.of(key, encoded, desk.values.mode(), bytes, filed(bytes), kept(terms));
    }

    /** The terms without what this store does not keep. */
    Terms kept(Terms terms) {
        return desk.tagged ? terms : terms.tagged(Set.of());
    }

    /** Writes a value that is large to a file of its own, and returns its number; 0 where it belongs in a row. */
    long filed(byte[] bytes) {
        desk.tenure().expects(bytes.length);
        if (bytes.length <= desk.fileThreshold) {
            return 0;
        }
        long file = number();
        desk.folder.files().write(file, bytes);
        return file;
    }

    /** A number for a file, which is deleted if the transaction that this thread is within is undone. */
    long number() {
        long file = desk.folder.numbers().next();
        desk.database().whenUndone(() -> discard(file));
        return file;
    }

    /** Deletes a file that no row names; 0 for none. */
    void discard(long file) {
        if (file != 0) {
            desk.folder.numbers().discard(file);
        }
    }

    /** The same unless a row has come to name it. */
    void discard(long file, NamedFiles named) {
        if (!named.has(file)) {
            discard(file);
        }
    }
}
