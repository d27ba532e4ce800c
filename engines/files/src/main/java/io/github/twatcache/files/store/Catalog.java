package io.github.twatcache.files.store;

import io.github.twatcache.error.PathException;
import io.github.twatcache.files.Victims;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Index} of one store up with what is stored, and tells other processes of changes. The first who needs the
 * index walks for it, while others go on writing; from then on it follows the {@link Journal}.
 */
final class Catalog<K> {
    private final Desk<K> desk;
    private final Departures<K> departures;
    private final Journal journal;
    private final Aside aside;
    private final CacheFolder folder;
    private final Measure measure;
    private final Victims order;
    private final Map<String, Uses.Use> unwritten = new HashMap<>();
    private volatile boolean used;
    private @Nullable Index index;

    Catalog(Desk<K> desk, Departures<K> departures, CacheFolder folder, Measure measure, Victims order) {
        this.desk = desk;
        this.departures = departures;
        this.folder = folder;
        this.aside = new Aside(desk.place());
        this.journal = new Journal(folder, desk.place());
        this.measure = measure;
        this.order = order;
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

    /** Whether there are uses that are not written down. */
    boolean used() {
        return used || !desk.uses().isEmpty();
    }

    private void write(Changes changes) throws IOException {
        Path file = desk.place().path().resolve(Uses.FILE);
        if (!Files.exists(file.getParent())) {
            return; // nothing is stored any more
        }
        Map<String, Uses.Use> all = unwritten;
        if (file.toFile().length() > Uses.LONGEST) {
            all = Uses.read(desk.place());
            for (Map.Entry<String, Uses.Use> use : unwritten.entrySet()) {
                all.merge(use.getKey(), use.getValue(), Uses.Use::plus);
            }
            all.keySet().removeIf(digest -> !Files.exists(desk.place().path(digest)));
            changes.delete(desk.place().name(Uses.FILE));
        }
        if (!all.isEmpty()) {
            changes.append(desk.place().name(Uses.FILE), Uses.written(all));
        }
    }

    private void look(Index into, String digest) throws IOException {
        byte[] bytes = desk.place().head(digest);
        Head head = bytes == null ? null : Head.read(bytes);
        if (bytes == null || head == null) {
            into.remove(digest);
            return;
        }
        Item known = into.get(digest);
        if (known == null || !known.value.equals(head.value()) || known.fresh != head.fresh()) {
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
        try {
            List<String> halves = new ArrayList<>();
            for (String digest : desk.place().digests()) {
                look(made, digest);
                if (made.get(digest) == null) {
                    halves.add(digest);
                }
            }
            sweep(halves);
            Map<String, Uses.Use> uses = Uses.read(desk.place());
            uses.forEach((digest, use) -> made.used(digest, use.last(), use.times()));
        } catch (IOException trouble) {
            throw trouble(trouble);
        }
        made.position = from;
        folder.change("read the journal", 0, changes -> {
            index = made;
            return true;
        });
    }

    /** Deletes what a process has left that was killed before it could name a value. */
    private void sweep(List<String> halves) {
        for (String digest : halves) {
            folder.change("sweep", 0, changes -> {
                if (desk.place().head(digest) == null) {
                    changes.deleteFolder(desk.place().entry(digest));
                }
                return true;
            });
        }
    }

    /** What is kept of damaged entries. */
    Aside aside() {
        return aside;
    }

    PathException trouble(IOException trouble) {
        return new PathException(
                "cannot read the entries in " + desk.place().path() + ": " + trouble.getMessage()
                        + "; let this process's user read there",
                trouble);
    }

    /** Notes that entries are about to be changed. */
    void note(Changes changes, List<String> digests, @Nullable Index current) throws IOException {
        Journal.Position now = journal.note(changes, digests);
        if (current != null) {
            current.position = now;
        }
    }

    /** Deletes entries. */
    void delete(Changes changes, List<String> digests, @Nullable Index current, RemovalCause cause) throws IOException {
        if (digests.isEmpty()) {
            return;
        }
        note(changes, digests, current);
        for (String digest : digests) {
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
            changes.deleteFolder(desk.place().entry(digest));
            if (current != null) {
                current.remove(digest);
            }
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
        changes.deleteFolder(desk.place().entry(digest));
        if (current != null) {
            current.remove(digest);
        }
    }

    /** What is stored under a digest, alive or dead; null where there is nothing, or something that is damaged. */
    @Nullable Head head(String digest) throws IOException {
        byte[] bytes = desk.place().head(digest);
        return bytes == null ? null : Head.read(bytes);
    }

    /** Deletes some of what is over the limit, or dead; says how many. */
    int evict(Changes changes, Index current, @Nullable String spared, int most) throws IOException {
        List<String> leaving = new ArrayList<>();
        for (Item dead : current.dead(desk.clock().now(), most)) {
            if (!dead.digest.equals(spared)) {
                leaving.add(dead.digest);
            }
        }
        delete(changes, leaving, current, RemovalCause.EXPIRED);
        int gone = leaving.size();
        leaving.clear();
        while (gone + leaving.size() < most && current.taken() > measure.maximum()) {
            Item victim = current.victim(spared);
            if (victim == null) {
                break;
            }
            current.remove(victim.digest);
            leaving.add(victim.digest);
        }
        delete(changes, leaving, current, RemovalCause.SIZE);
        return gone + leaving.size();
    }
}
