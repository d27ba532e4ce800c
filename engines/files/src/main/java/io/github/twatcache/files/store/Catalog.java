package io.github.twatcache.files.store;

import io.github.twatcache.error.PathException;
import io.github.twatcache.files.Victims;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.Draft;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Index} of one store up with what is stored, and tells other processes of changes. The first who needs the
 * index walks for it, while others go on writing; from then on it follows the {@link Journal}.
 */
final class Catalog<K> {
    private static final int STEP = 256;
    private static final int STEP_OF_VALUES = 64;

    /** Younger files are spared where others may be about to name them, in milliseconds. */
    private static final long YOUNG = TimeUnit.HOURS.toMillis(1);

    /** So many files an entry has. */
    private static final int FILES = 2;

    private final Desk<K> desk;
    private final Departures<K> departures;
    private final Journal journal;
    private final Invalidations invalidations;
    private final Aside aside;
    private final CacheFolder folder;
    private final Measure measure;
    private final Victims order;

    /** Whether there may be writers who do not see the lock. */
    private final boolean apart;

    private final Map<String, Uses.Use> unwritten = new HashMap<>();
    private volatile boolean used;

    /** How long the record of uses was when it had each entry once. Guarded by the directory's lock. */
    private long compact;

    private volatile @Nullable Index index;

    Catalog(Desk<K> desk, Departures<K> departures, CacheFolder folder, Measure measure, Victims order, boolean apart) {
        this.desk = desk;
        this.departures = departures;
        this.folder = folder;
        this.aside = new Aside(desk.place());
        this.journal = new Journal(folder, desk.place(), Journal.CHANGES);
        this.invalidations = new Invalidations(folder, desk.place());
        this.measure = measure;
        this.order = order;
        this.apart = apart;
    }

    /** Does something with an index that tells exactly what is stored, under the directory's lock. */
    <T> T with(String doing, WithIndex<T> step) {
        while (true) {
            Done<T> done = changed(doing, 0, changes -> {
                        Index current = current(changes);
                        return new Done<>(current == null ? null : step.run(changes, current));
                    })
                    .orElseThrow();
            T result = done.result;
            if (result != null) {
                return result;
            }
            walk();
        }
    }

    /** Has the index made where there is none, so that what needs one under the directory's lock does not have to walk there. */
    void prepare() {
        if (index == null) {
            with("read the journal", (changes, made) -> true);
        }
    }

    /** Changes something under the directory's lock, and tells afterwards who has left. */
    <T> Optional<T> changed(String doing, long bytes, Changes.Step<T> step) {
        try {
            Optional<T> result = folder.change(doing, bytes, changes -> {
                departures.drop();
                try {
                    return step.run(changes);
                } catch (IOException | RuntimeException | Error failed) {
                    // What of it has happened nobody knows.
                    index = null;
                    throw failed;
                }
            });
            departures.tell();
            return result;
        } finally {
            departures.drop();
        }
    }

    /** Something to do with the index. */
    @FunctionalInterface
    interface WithIndex<T> {
        T run(Changes changes, Index index) throws IOException;
    }

    private record Done<T>(@Nullable T result) {}

    /** The index as it is now; null where somebody must walk first. To be called under the directory's lock. */
    @Nullable Index current(Changes changes) throws IOException {
        Index known = index;
        if (known == null) {
            return null;
        }
        Journal.News news = journal.since(changes, known.position);
        if (news.digests() == null) {
            index = null;
            return null;
        }
        for (String digest : news.digests()) {
            look(known, digest);
        }
        known.position = news.now();
        noteUses(changes, false);
        return known;
    }

    /** The index if there is one, as it is now. To be called under the directory's lock. */
    @Nullable Index there(Changes changes) throws IOException {
        return index == null ? null : current(changes);
    }

    /** Whether nobody must leave, by an index that is {@linkplain #there up to date}. To be called under the directory's lock. */
    boolean kept() {
        Index known = index;
        return known != null
                && known.taken() <= measure.maximum()
                && !known.anyDead(desk.clock().now());
    }

    /** Takes the uses that were noted into the index, and writes them down where they are many, or at the end. */
    void noteUses(Changes changes, boolean last) throws IOException {
        Index known = index;
        desk.uses().taken().forEach((digest, use) -> {
            unwritten.merge(digest, use, Uses.Use::plus);
            if (known != null) {
                known.used(digest, use.last(), use.times());
            }
        });
        if (!unwritten.isEmpty() && (last || unwritten.size() >= Uses.BATCH)) {
            write(changes);
            unwritten.clear();
        }
        used = !unwritten.isEmpty();
    }

    /** Takes into an index what other processes have written down of uses since it has heard of them. */
    private void hear(Index into) throws IOException {
        Path file = desk.place().path().resolve(Uses.FILE);
        long length = file.toFile().length();
        if (length > into.heard) {
            Uses.News news = Uses.since(desk.place(), into.heard);
            news.uses().forEach((digest, use) -> into.used(digest, use.last(), use.times()));
            into.heard = news.end();
        } else if (length < into.heard) {
            // It was written anew: what is new in it nobody can tell.
            Uses.News news = Uses.since(desk.place(), 0);
            news.uses().forEach((digest, use) -> into.known(digest, use.last(), use.times()));
            into.heard = news.end();
        }
    }

    /** Whether there are uses that are not written down. */
    boolean used() {
        return used || !desk.uses().isEmpty();
    }

    private void write(Changes changes) throws IOException {
        Path file = desk.place().path().resolve(Uses.FILE);
        if (!Files.exists(file.getParent())) {
            return; // nothing is stored any more
        }
        Index known = index;
        if (known != null) {
            hear(known);
        }
        Map<String, Uses.Use> all = unwritten;
        if (file.toFile().length() > Math.max(Uses.LONGEST, 2 * compact)) {
            all = Uses.read(desk.place());
            for (Map.Entry<String, Uses.Use> use : unwritten.entrySet()) {
                all.merge(use.getKey(), use.getValue(), Uses.Use::plus);
            }
            all.keySet().removeIf(digest -> !Files.exists(desk.place().path(digest)));
            compact = Uses.length(all.size());
            changes.delete(desk.place().name(Uses.FILE));
        }
        if (!all.isEmpty()) {
            changes.append(desk.place().name(Uses.FILE), Uses.written(all));
        }
        if (known != null) {
            known.heard = file.toFile().length();
        }
    }

    private void look(Index into, String digest) throws IOException {
        byte[] bytes = desk.place().head(digest);
        Head head = bytes == null ? null : Head.read(bytes, digest);
        if (bytes == null || head == null) {
            into.remove(digest);
            return;
        }
        Item known = into.get(digest);
        if (known == null
                || !known.value.equals(head.value())
                || known.fresh != head.fresh()
                || known.kept != head.kept()) {
            into.put(new Item(digest, head, bytes.length));
        }
    }

    /** Looks at all that is stored. */
    synchronized void walk() {
        Journal.Position from = folder.change(
                        "read the journal",
                        0,
                        changes -> index == null ? journal.since(changes, null).now() : new Journal.Position(0, -1))
                .orElseThrow();
        if (from.count() < 0) {
            return; // another thread has walked meanwhile
        }
        Index made = new Index(measure, order);
        long length;
        try {
            List<String> halves = new ArrayList<>();
            List<String> crowded = new ArrayList<>();
            for (String digest : desk.place().digests()) {
                look(made, digest);
                if (made.get(digest) == null) {
                    halves.add(digest);
                } else if (desk.place().files(digest).size() > FILES) {
                    crowded.add(digest);
                }
            }
            sweep(halves);
            tidy(crowded);
            Uses.News news = Uses.since(desk.place(), 0);
            news.uses().forEach((digest, use) -> made.used(digest, use.last(), use.times()));
            made.heard = news.end();
            length = Uses.length(news.uses().size());
        } catch (IOException trouble) {
            throw trouble(trouble);
        }
        made.position = from;
        folder.change("read the journal", 0, changes -> {
            // No file says these yet.
            unwritten.forEach((digest, use) -> made.used(digest, use.last(), use.times()));
            index = made;
            compact = length;
            return true;
        });
    }

    /** Deletes what a process has left that was killed before it could name a value. */
    private void sweep(List<String> all) throws IOException {
        List<String> halves = old(all);
        for (int from = 0; from < halves.size(); from += STEP) {
            List<String> some = halves.subList(from, Math.min(halves.size(), from + STEP));
            folder.change("sweep", 0, changes -> {
                List<Changes.Few> left = new ArrayList<>();
                for (String digest : some) {
                    if (desk.place().head(digest) == null) {
                        left.add(few(digest, null));
                    }
                }
                changes.deleteFolders(left);
                return true;
            });
        }
    }

    /** Deletes what a process has left that was killed before an entry could name its next value. */
    private void tidy(List<String> all) throws IOException {
        List<String> crowded = old(all);
        for (int from = 0; from < crowded.size(); from += STEP) {
            List<String> some = crowded.subList(from, Math.min(crowded.size(), from + STEP));
            folder.change("sweep", 0, changes -> {
                for (String digest : some) {
                    Head head = head(digest);
                    if (head != null) {
                        tidy(changes, head);
                    }
                }
                return true;
            });
        }
    }

    /**
     * Those entries of which nothing is young, where there may be writers who do not see the lock: what is young may be what
     * one of them is about to name. By the clock of the file system, which other hosts' files have their times from.
     */
    private List<String> old(List<String> digests) throws IOException {
        if (!apart || digests.isEmpty()) {
            return digests;
        }
        long now;
        try (Draft made = folder.draft()) {
            now = Files.getLastModifiedTime(made.path()).toMillis();
        }
        List<String> old = new ArrayList<>();
        for (String digest : digests) {
            boolean young = desk.place().files(digest).stream()
                    .anyMatch(file -> desk.place().file(digest, file).toFile().lastModified() > now - YOUNG);
            if (!young) {
                old.add(digest);
            }
        }
        return old;
    }

    /**
     * Deletes what an entry has replaced. All else in its folder is what a killed process has left, unless there may be
     * writers who do not see the lock: then it may be the value of one of them, who is about to name it.
     */
    void replaced(Changes changes, @Nullable Head old, Head now) throws IOException {
        if (!apart) {
            tidy(changes, now);
        } else if (old != null) {
            changes.delete(desk.place().entry(old.key(), old.value()));
        }
    }

    /** Deletes what is in an entry's folder beside it: the value that it has replaced, and what a killed process has left. */
    private void tidy(Changes changes, Head head) throws IOException {
        for (String file : desk.place().files(head.key())) {
            if (!file.equals(head.value()) && !file.equals(Place.ENTRY)) {
                changes.delete(desk.place().entry(head.key(), file));
            }
        }
    }

    /** An entry's folder, and its files as far as they are known: first the one without which nobody finds the other. */
    private Changes.Few few(String digest, @Nullable String value) {
        return new Changes.Few(
                desk.place().entry(digest), value == null ? List.of(Place.ENTRY) : List.of(Place.ENTRY, value));
    }

    /** What is kept of damaged entries. */
    Aside aside() {
        return aside;
    }

    /** Which keys were invalidated, for those who compute without a lease. */
    Invalidations invalidations() {
        return invalidations;
    }

    PathException trouble(IOException trouble) {
        return new PathException(
                "cannot read the entries in " + desk.place().path() + ": " + trouble.getMessage()
                        + "; let this process's user read there",
                trouble);
    }

    /** Notes that entries are about to be changed. */
    void note(Changes changes, List<String> digests, @Nullable Index current) throws IOException {
        Journal.Position now = journal.note(changes, digests, current == null ? null : current.position);
        if (current != null) {
            current.position = now;
        }
    }

    /** Notes in another version's journal, where it has one, that entries of it are about to be changed. */
    void note(Changes changes, Place other, List<String> digests) throws IOException {
        Journal its = new Journal(folder, other, Journal.CHANGES);
        Journal.Position now = its.position().orElse(null);
        if (now != null) {
            its.note(changes, digests, now);
        }
    }

    /** Deletes entries. */
    void delete(Changes changes, List<String> digests, @Nullable Index current, RemovalCause cause) throws IOException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (String digest : digests) {
            Item item = current == null ? null : current.get(digest);
            values.put(digest, item == null ? null : item.value);
        }
        delete(changes, values, current, cause);
    }

    /** Deletes entries, in this order, of which the names of the values' files are known or null. */
    private void delete(
            Changes changes, Map<String, @Nullable String> values, @Nullable Index current, RemovalCause cause)
            throws IOException {
        if (values.isEmpty()) {
            return;
        }
        note(changes, List.copyOf(values.keySet()), current);
        List<Changes.Few> folders = new ArrayList<>();
        for (Map.Entry<String, @Nullable String> each : values.entrySet()) {
            String digest = each.getKey();
            if (departures.wanted()) {
                Head head = head(digest);
                if (head != null) {
                    departures.leaves(null, head, head.lives(desk.clock().now()) ? cause : RemovalCause.EXPIRED);
                } else if (cause == RemovalCause.DAMAGED) {
                    departures.damaged();
                }
            }
            if (cause == RemovalCause.DAMAGED) {
                aside.take(changes, digest, desk.uses().next(desk.clock().now()));
            }
            folders.add(few(digest, each.getValue()));
        }
        changes.deleteFolders(folders);
        if (current != null) {
            values.keySet().forEach(current::remove);
        }
    }

    /** Deletes an entry of which the key is at hand. */
    void delete(Changes changes, K known, String digest) throws IOException {
        Index current = there(changes);
        note(changes, List.of(digest), current);
        Head head = head(digest);
        if (head != null) {
            boolean lives = head.lives(desk.clock().now());
            departures.leaves(known, head, lives ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED);
        }
        changes.deleteFolders(List.of(few(digest, head == null ? null : head.value())));
        if (current != null) {
            current.remove(digest);
        }
    }

    /** What is stored under a digest, alive or dead; null where there is nothing, or something that is damaged. */
    @Nullable Head head(String digest) throws IOException {
        byte[] bytes = desk.place().head(digest);
        return bytes == null ? null : Head.read(bytes, digest);
    }

    /** Deletes some of what is over the limit, or dead; says how many. */
    int evict(Changes changes, Index current, @Nullable String spared, int most) throws IOException {
        Map<String, @Nullable String> leaving = new LinkedHashMap<>();
        for (Item dead : current.dead(desk.clock().now(), most)) {
            if (!dead.digest.equals(spared)) {
                leaving.put(dead.digest, dead.value);
            }
        }
        delete(changes, leaving, current, RemovalCause.EXPIRED);
        int gone = leaving.size();
        leaving.clear();
        if (current.taken() > measure.maximum()) {
            hear(current);
        }
        while (gone + leaving.size() < most && current.taken() > measure.maximum()) {
            if (next(current, spared, leaving) == null) {
                break;
            }
        }
        delete(changes, leaving, current, RemovalCause.SIZE);
        return gone + leaving.size();
    }

    /** Has those leave who are next, until that gives so many bytes or they are many; says how many bytes it gives. */
    long give(Changes changes, Index current, long bytes) throws IOException {
        Map<String, @Nullable String> leaving = new LinkedHashMap<>();
        long given = 0;
        hear(current);
        while (given < bytes && leaving.size() < step()) {
            Item victim = next(current, null, leaving);
            if (victim == null) {
                break;
            }
            given += victim.bytes;
        }
        delete(changes, leaving, current, RemovalCause.SIZE);
        return given;
    }

    private @Nullable Item next(Index current, @Nullable String spared, Map<String, @Nullable String> leaving) {
        Item victim = current.victim(spared, desk.clock().now());
        if (victim != null) {
            current.remove(victim.digest);
            leaving.put(victim.digest, victim.value);
        }
        return victim;
    }

    /** So many entries leave under one lock at most: others get in between, and listeners' values fit into memory. */
    int step() {
        return departures.whole() ? STEP_OF_VALUES : STEP;
    }
}
