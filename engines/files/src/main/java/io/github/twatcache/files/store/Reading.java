package io.github.twatcache.files.store;

import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks entries up. Takes no lock and writes nothing; what is replaced at that moment is looked up again. */
final class Reading<K> {
    /** The file that a head names may be gone as often, because the entry was replaced, before it counts as damaged. */
    private static final int TRIES = 64;

    private final Desk<K> desk;
    private final Departures<K> departures;

    Reading(Desk<K> desk, Departures<K> departures) {
        this.desk = desk;
        this.departures = departures;
    }

    /** An entry and its value. */
    record Found(Head head, Object value) {
        /** The entry as core sees it. */
        Entry entry(long now) {
            Terms terms = new Terms(
                    left(head.fresh(), now),
                    left(head.kept(), now),
                    head.tags(),
                    head.weight(),
                    head.cost(),
                    left(head.due(), now),
                    head.version());
            return new Entry(value, new Mark(head.value()), terms);
        }

        private static long left(long end, long now) {
            return end == Terms.FOREVER ? Terms.FOREVER : Math.max(0, end - now);
        }
    }

    /** Until when who looks wants to find something. */
    enum Until {
        /** As look-ups: until it is due to be computed anew. */
        DUE,
        /** As all else: as long as it is fresh. */
        FRESH,
        /** Also stale. */
        KEPT
    }

    /**
     * What there is of a key, of which nobody is told.
     *
     * @param seen the name of the value's file that an entry names, alive or dead; null where none is there
     * @param value the value; null where there is none, or it cannot be read
     */
    record Glance(@Nullable String seen, @Nullable Object value) {}

    /** Something that stands where an entry should be. */
    interface Aside {
        /**
         * Takes it out of the way, unless it was replaced meanwhile.
         *
         * @param value the name of the value's file that the head names, null where it cannot be read
         * @return where its files are then; empty where it stays
         */
        Optional<Path> set(String digest, @Nullable String value);
    }

    /** Looks a key up; where nothing is found, the reason is told. */
    @Nullable Found find(K key, Desk.Coded coded, Until until, Aside aside) {
        String missing = "";
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                byte[] bytes = desk.place().head(coded.digest());
                if (bytes == null) {
                    if (desk.elsewhere(coded.digest())) {
                        desk.context().outdated(key);
                    }
                    departures.missed(key, coded.digest());
                    return null;
                }
                Head head = Head.read(bytes);
                if (head == null || !of(head, coded)) {
                    desk.context().missed(key, MissReason.UNDECODABLE);
                    damaged(
                            "an entry",
                            desk.place().file(coded.digest(), Place.ENTRY),
                            "it is not what was written",
                            aside.set(coded.digest(), head == null ? null : head.value()));
                    return null;
                }
                long now = desk.clock().now();
                if (!finds(head, until, now)) {
                    if (!keeps(head, now)) {
                        desk.context().missed(key, MissReason.EXPIRED);
                    }
                    return null;
                }
                if (!desk.valid(head, bytes.length)) {
                    desk.context().missed(key, MissReason.INVALIDATED);
                    return null;
                }
                if (!desk.values().reads(head)) {
                    return foreign(key, head);
                }
                Object value = value(key, coded, head, aside);
                if (value instanceof Found found) {
                    return found;
                } else if (value != null) {
                    return null;
                } else if (missing.equals(head.value())) {
                    desk.context().missed(key, MissReason.UNDECODABLE);
                    damaged(
                            "a value",
                            desk.place().file(coded.digest(), head.value()),
                            "it is gone",
                            aside.set(coded.digest(), head.value()));
                    return null;
                }
                missing = head.value();
            }
            desk.context().missed(key, MissReason.ERROR);
            return null;
        } catch (IOException trouble) {
            desk.context().missed(key, MissReason.ERROR);
            desk.complain("cannot read", desk.place().path(coded.digest()), String.valueOf(trouble.getMessage()));
            return null;
        }
    }

    /** What is kept of a key, fresh or stale; where nothing is, the reason is told. */
    @Nullable Kept kept(K key, Desk.Coded coded, Aside aside) {
        Found found = find(key, coded, Until.KEPT, aside);
        if (found == null) {
            return null;
        }
        Head head = found.head();
        long now = desk.clock().now();
        boolean aged = head.late() != null && head.late().aged() && !head.lives(now);
        return new Kept(found.entry(now), Math.max(0, now - head.fresh()), aged);
    }

    private boolean finds(Head head, Until until, long now) {
        return switch (until) {
            case DUE -> finds(head, now);
            case FRESH -> head.lives(now);
            case KEPT -> keeps(head, now);
        };
    }

    /** Whether look-ups find an entry. */
    boolean finds(Head head, long now) {
        return head.lives(now) && (!desk.clock().keeps() || head.due() > now);
    }

    /** Whether an entry is kept by a store that keeps any past their freshness, fresh or stale. */
    private boolean keeps(Head head, long now) {
        return desk.clock().keeps() && head.kept() > now;
    }

    private void damaged(String what, Path path, String why, Optional<Path> kept) {
        desk.complain(
                what + " is damaged",
                path,
                why
                        + kept.map(where -> "; what is left of the entry is in " + where)
                                .orElse(""));
    }

    /** Looks at what is said of a key that has a live entry; null where there is none. Reads no value. */
    private @Nullable Head head(Desk.Coded coded) throws IOException {
        byte[] bytes = desk.place().head(coded.digest());
        Head head = bytes == null ? null : Head.read(bytes);
        return bytes != null && head != null && head.lives(desk.clock().now()) && counts(head, coded, bytes.length)
                ? head
                : null;
    }

    /** Whether a key has an entry as {@link #whole} looks for it. */
    boolean holds(Desk.Coded coded) {
        try {
            return whole(coded) != null;
        } catch (IOException trouble) {
            desk.complain("cannot read", desk.place().path(coded.digest()), String.valueOf(trouble.getMessage()));
            return false;
        }
    }

    /**
     * A key's live entry that counts, and whose value's file is as long as it was; null where there is none. Reads no value:
     * damage in it is found by who does.
     */
    @Nullable Head whole(Desk.Coded coded) throws IOException {
        Head head = null;
        for (int tries = 0; tries < TRIES; tries++) {
            Head before = head;
            head = head(coded);
            if (head == null || desk.foreign().contains(head.value()) || FileReference.damaged(head.value())) {
                return null;
            }
            if (desk.place().length(coded.digest(), head.value()) == head.length()) {
                return head;
            }
            if (before != null && before.value().equals(head.value())) {
                return null;
            }
        }
        return null;
    }

    private boolean counts(Head head, Desk.Coded coded, long entryBytes) {
        return of(head, coded) && desk.valid(head, entryBytes) && desk.values().reads(head);
    }

    /** Looks a key up, and tells nobody what is wrong with what is there. */
    Glance glance(Desk.Coded coded) {
        String seen = null;
        try {
            byte[] bytes = desk.place().head(coded.digest());
            Head head = bytes == null ? null : Head.read(bytes);
            if (bytes == null || head == null) {
                return new Glance(null, null);
            }
            seen = head.value();
            Path file = desk.place().file(coded.digest(), seen);
            boolean counts = finds(head, desk.clock().now()) && counts(head, coded, bytes.length);
            return new Glance(seen, counts ? desk.values().read(coded.bytes(), head, file) : null);
        } catch (IOException | DamagedValueException | RuntimeException unreadable) {
            Desk.LOG.debug("what is stored under {} cannot be read", coded.digest(), unreadable);
            return new Glance(seen, null);
        }
    }

    /** Whether a head is that of the key: a digest only finds it. */
    private static boolean of(Head head, Desk.Coded coded) {
        return head.key().equals(coded.digest()) && Arrays.equals(head.encoded(), coded.decodable());
    }

    private @Nullable Found foreign(K key, Head head) {
        desk.context().missed(key, MissReason.VERSION);
        Desk.remember(desk.foreign(), head.value());
        return null;
    }

    /** What was found; null where the file is gone; anything else where there is nothing and the reason is told. */
    private @Nullable Object value(K key, Desk.Coded coded, Head head, Aside aside) throws IOException {
        Path file = desk.place().file(coded.digest(), head.value());
        try {
            Object value = desk.values().read(coded.bytes(), head, file);
            return value == null ? null : new Found(head, value);
        } catch (DamagedValueException damaged) {
            desk.context().missed(key, MissReason.UNDECODABLE);
            damaged("a value", file, String.valueOf(damaged.getMessage()), aside.set(coded.digest(), head.value()));
            return MissReason.UNDECODABLE;
        } catch (IOException unreadable) {
            // What nobody can read is in nobody's way: else it would be computed for ever, and never stored.
            Desk.remember(desk.foreign(), head.value());
            throw unreadable;
        } catch (RuntimeException changed) {
            // The bytes are as they were written: the value's class, or the type of the cache, is not.
            foreign(key, head);
            return MissReason.VERSION;
        }
    }
}
