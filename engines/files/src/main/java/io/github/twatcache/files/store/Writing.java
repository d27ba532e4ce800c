package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.Sync;
import io.github.twatcache.files.json.JsonWriter;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Changes;
import io.github.twatcache.path.Draft;
import io.github.twatcache.path.Turns;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores entries. What takes long, to encode a value and to write its file, is done beforehand, where nobody finds it; under
 * the directory's lock the guard is tested, and two files get their names: the value's, and then {@code entry.json}, which
 * names it. That is the commit. So a reader, who takes no lock, sees the old entry or the new one, on any file system that
 * renames in one step.
 */
final class Writing<K> {
    private static final int SWEEP = 4;

    private final Desk<K> desk;
    private final CacheFolder folder;
    private final Catalog<K> catalog;
    private final Departures<K> departures;
    private final Measure measure;
    private final boolean indexed;
    private final boolean tagged;
    private final boolean arguments;
    private final Syncs syncs;
    private final long versions;
    private final Turns turns;
    private volatile boolean pruned;
    private final BooleanSupplier closed;

    Writing(
            Desk<K> desk,
            CacheFolder folder,
            Catalog<K> catalog,
            Departures<K> departures,
            Measure measure,
            CacheSpec spec,
            Machine machine,
            BooleanSupplier closed) {
        this.desk = desk;
        this.folder = folder;
        this.catalog = catalog;
        this.departures = departures;
        this.measure = measure;
        this.tagged = spec.on(Settings.TAGS);
        this.arguments = spec.on(FilesSettings.STORE_ARGUMENTS);
        this.syncs = new Syncs(spec.get(FilesSettings.SYNC, Sync.NONE) == Sync.COMMIT, desk.place(), machine.synced());
        this.versions = spec.get(FilesSettings.KEEP_VERSIONS, Long.MAX_VALUE);
        this.indexed = measure.bounded() || tagged || desk.clock().mortal();
        this.closed = closed;
        this.turns = folder.turns();
    }

    /** Stores a value that was not computed here; what is being computed of the key anywhere is not to be stored. */
    Outcome put(K known, Object value, Terms terms, Guard guard) {
        return put(known, value, terms, guard, null);
    }

    /** Stores what was computed, if nobody has changed the key meanwhile. A lease of the key ends with that. */
    Outcome commit(K known, Object value, Terms terms, Permit permit) {
        return put(known, value, terms, Guard.ABSENT, permit);
    }

    private Outcome put(K known, Object value, Terms terms, Guard guard, @Nullable Permit permit) {
        Desk.Coded key = desk.coded(known);
        try {
            return once(known, key, value, terms, guard, permit);
        } catch (PathException gone) {
            if (gone.getCause() instanceof NoSuchFileException) {
                // The directory was deleted under us: once more, in the new one.
                return once(known, key, value, terms, guard, permit);
            }
            throw gone;
        }
    }

    private Outcome once(K known, Desk.Coded key, Object value, Terms terms, Guard guard, @Nullable Permit permit) {
        if (measure.unit() != Measure.Unit.BYTES && measure.of(terms.weight(), 0) > measure.maximum()) {
            return Outcome.TOO_HEAVY;
        }
        // Who has a lease has looked.
        if (guard != Guard.ANY && (permit == null || !permit.alone()) && !holdsNow(key, guard, permit)) {
            return Outcome.REFUSED;
        }
        if (indexed) {
            catalog.prepare();
        }
        try (Draft content = folder.draft()) {
            Head head = head(known, key, value, terms, content);
            byte[] written = head.written();
            if (written.length > Head.LONGEST) {
                throw new ValueException("an entry of cache '" + folder.name() + "' would have an entry.json of "
                        + written.length + " bytes, and " + Head.LONGEST + " are the most; its key or its tags are too"
                        + " long: use a digest as the key, or fewer tags");
            }
            long bytes = head.length() + written.length;
            if (measure.unit() == Measure.Unit.BYTES && bytes > measure.maximum()) {
                return Outcome.TOO_HEAVY;
            }
            try (Draft entry = folder.draft(written)) {
                syncs.drafts(content, entry);
                Done done = catalog.changed(
                                "store an entry",
                                bytes,
                                changes -> new Done(
                                        commit(changes, known, head, content, entry, guard, permit, bytes),
                                        catalog.kept()))
                        .orElse(Done.FULL);
                if (done.outcome == Outcome.STORED) {
                    desk.uses().stored(head.key(), head.created());
                    stored(head.key(), done.kept);
                }
                return done.outcome;
            }
        }
    }

    /**
     * What became of a put.
     *
     * @param outcome what it returns
     * @param kept whether the limits are kept with it; where that is not known they are not
     */
    private record Done(Outcome outcome, boolean kept) {
        static final Done FULL = new Done(Outcome.FULL, true);
    }

    /** What is done after an entry was stored. */
    private void stored(String digest, boolean kept) {
        syncs.names(digest);
        if (measure.bounded() && !kept) {
            shrink(digest);
        }
        if (versions != Long.MAX_VALUE && !pruned) {
            pruned = true;
            try {
                new Versions(desk.place(), catalog, turns).prune(versions);
            } catch (CacheException trouble) {
                Desk.LOG.warn("old results in {} could not be deleted; they stay", folder, trouble);
            }
        }
    }

    /** Whether a guard holds before anything is written, which is no promise that it will afterwards. */
    private boolean holdsNow(Desk.Coded key, Guard guard, @Nullable Permit permit) {
        try {
            return holds(guard, permit, key.digest(), catalog.head(key.digest()));
        } catch (IOException e) {
            throw catalog.trouble(e);
        }
    }

    /** Writes the value, and says what there is to say of it. */
    private Head head(K known, Desk.Coded key, Object value, Terms terms, Draft content) {
        Stored stored;
        try {
            stored = desk.values().write(key.bytes(), value, content.path());
        } catch (IOException e) {
            throw trouble(e);
        }
        long now = desk.clock().now();
        Lifetime lifetime = desk.clock().starting(terms, now);
        return new Head(
                ValueName.made(stored.ending()),
                stored,
                key.digest(),
                key.decodable(),
                desk.uses().next(now),
                lifetime.fresh(),
                lifetime.kept(),
                terms.costNanos(),
                terms.weight(),
                tagged ? terms.tags() : Set.of(),
                arguments ? Arguments.of(desk.context().keys().arguments(known)) : null,
                lifetime.late());
    }

    private PathException trouble(IOException e) {
        return new PathException(
                "cannot write an entry in " + desk.place().path() + ": " + e.getMessage()
                        + "; free space, or let this process's user write there",
                e);
    }

    private Outcome commit(
            Changes changes,
            K known,
            Head head,
            Draft content,
            Draft entry,
            Guard guard,
            @Nullable Permit permit,
            long bytes)
            throws IOException {
        if (closed.getAsBoolean()) {
            return Outcome.REFUSED;
        }
        Head old = catalog.head(head.key());
        if (!holds(guard, permit, head.key(), old)) {
            return Outcome.REFUSED;
        }
        Index index = catalog.there(changes);
        describe(changes);
        catalog.note(changes, List.of(head.key()), index);
        if (permit == null) {
            overtake(changes, head.key());
        } else {
            turns.end(desk.place().turn(head.key()));
        }
        String value = desk.place().entry(head.key(), head.value());
        boolean done = false;
        try {
            changes.publish(content, value);
            changes.publish(entry, desk.place().entry(head.key(), Place.ENTRY));
            done = true;
        } finally {
            if (!done) {
                changes.delete(value);
                changes.deleteIfEmpty(desk.place().entry(head.key()));
            }
        }
        if (old != null) {
            boolean lived = old.lives(desk.clock().now());
            departures.leaves(known, old, lived ? RemovalCause.REPLACED : RemovalCause.EXPIRED);
        }
        if (!changes.made(desk.place().entry(head.key()))) {
            try {
                catalog.replaced(changes, old, head);
            } catch (IOException | PathException later) {
                Desk.LOG.debug("what an entry has replaced is left to the next write", later);
            }
        }
        departures.came(head.key());
        if (index != null) {
            index.put(new Item(head.key(), head, bytes - head.length()));
            catalog.evict(changes, index, head.key(), SWEEP);
        }
        return Outcome.STORED;
    }

    private boolean holds(Guard guard, @Nullable Permit permit, String digest, @Nullable Head old) throws IOException {
        if (permit == null) {
            return holds(guard, old);
        }
        boolean passed = old != null && old.value().equals(permit.passes());
        return permit.standing().holds(digest) && (passed || holds(guard, old));
    }

    private boolean holds(Guard guard, @Nullable Head old) {
        boolean lives = old != null && old.lives(desk.clock().now());
        if (guard instanceof Guard.Seen seen) {
            return lives && old != null && seen.mark().equals(new Mark(old.value()));
        }
        // What no look-up finds is in nobody's way, or it would be computed anew for ever.
        return !(guard instanceof Guard.Absent) || !lives || old == null || desk.useless(old);
    }

    /** Writes down which function this is, where that does not stand there. */
    private void describe(Changes changes) throws IOException {
        if (Files.exists(desk.place().path().resolve(Place.FUNCTION))) {
            return;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", Head.FORMAT);
        members.put("cache", folder.name());
        MemoizedFunction function = desk.function().orElse(null);
        if (function != null) {
            members.put("function", function.name());
            members.put("signature", function.signature());
            members.put("identity", function.identity());
            members.put("fingerprint", function.fingerprint());
        }
        try (Draft draft = folder.draft(JsonWriter.object(members).getBytes(StandardCharsets.US_ASCII))) {
            changes.publish(draft, desk.place().name(Place.FUNCTION));
        }
    }

    /** Has entries leave until all limits are kept; says how many have. */
    long shrink(@Nullable String spared) {
        long gone = 0;
        int step = catalog.step();
        while (true) {
            int some = catalog.with("make room", (changes, index) -> catalog.evict(changes, index, spared, step));
            gone += some;
            if (some < step) {
                return gone;
            }
        }
    }

    /** Has nobody store what is being computed of a key, which may be older than what is about to change. */
    private void overtake(Changes changes, String digest) throws IOException {
        turns.end(desk.place().turn(digest));
        catalog.invalidations().note(changes, digest);
    }

    /** The same of all keys. */
    private boolean overtakeAll(Changes changes) throws IOException {
        turns.endAll(desk.place().turns());
        catalog.invalidations().noteAll(changes);
        return true;
    }

    boolean remove(K known, Guard guard) {
        String digest = desk.coded(known).digest();
        boolean removed = catalog.changed("remove an entry", 0, changes -> {
                    Head old = catalog.head(digest);
                    // Also one that only another version can read: it is there, and counts.
                    boolean lives = old != null && old.lives(desk.clock().now());
                    if (guard instanceof Guard.Absent || (guard instanceof Guard.Seen && !holds(guard, old))) {
                        return false;
                    }
                    overtake(changes, digest);
                    if (Files.exists(desk.place().path(digest))) {
                        catalog.delete(changes, known, digest);
                    }
                    return lives;
                })
                .orElse(false);
        syncs.names(digest);
        return removed;
    }

    /** Writes down something else of an entry whose value stays. */
    private void rewrite(Changes changes, Head young) throws IOException {
        byte[] written = young.written();
        try (Draft draft = folder.draft(written)) {
            syncs.drafts(draft);
            Index index = catalog.there(changes);
            catalog.note(changes, List.of(young.key()), index);
            changes.publish(draft, desk.place().entry(young.key(), Place.ENTRY));
            if (index != null) {
                index.put(new Item(young.key(), young, written.length));
            }
        }
    }

    /** Gives a live entry new lifetimes. */
    boolean retime(String digest, Terms terms) {
        boolean retimed = catalog.changed("write an entry", 0, changes -> {
                    Head old = catalog.head(digest);
                    long now = desk.clock().now();
                    if (old == null || !old.lives(now)) {
                        return false;
                    }
                    rewrite(changes, old.living(desk.clock().starting(terms.versioned(old.version()), now)));
                    return true;
                })
                .orElse(false);
        syncs.names(digest);
        return retimed;
    }

    /** Has an entry be stale from now on; says whether it was alive. What is being computed of it is not to be stored. */
    boolean age(String digest) {
        boolean aged = catalog.changed("write an entry", 0, changes -> {
                    overtake(changes, digest);
                    return age(changes, digest);
                })
                .orElse(false);
        syncs.names(digest);
        return aged;
    }

    private boolean age(Changes changes, String digest) throws IOException {
        Head old = catalog.head(digest);
        long now = desk.clock().now();
        if (old == null || !old.lives(now)) {
            return false;
        }
        rewrite(changes, old.aged(now));
        return true;
    }

    /** Has all entries that carry a tag be stale from now on, or all there are; says how many were alive. */
    long ageAll(@Nullable String tag) {
        List<String> all = catalog.with("write entries", (changes, index) -> {
            overtakeAll(changes);
            return (tag == null ? index.all() : index.tagged(tag, Long.MAX_VALUE))
                    .stream().map(item -> item.digest).toList();
        });
        long aged = 0;
        int step = catalog.step();
        for (int from = 0; from < all.size(); from += step) {
            List<String> some = all.subList(from, Math.min(all.size(), from + step));
            aged += catalog.changed("write entries", 0, changes -> {
                        long count = 0;
                        for (String digest : some) {
                            count += age(changes, digest) ? 1 : 0;
                        }
                        return count;
                    })
                    .orElse(0L);
            syncs.names(some);
        }
        return aged;
    }

    /** Deletes all that is there, also what other code of the function has left, which becomes the code again one day. */
    void clear() {
        folder.change("clear", 0, changes -> {
            overtakeAll(changes);
            return catalog.aside().empty(changes);
        });
        List<String> all;
        try {
            all = desk.place().digests();
        } catch (IOException e) {
            throw catalog.trouble(e);
        }
        int step = catalog.step();
        for (int from = 0; from < all.size(); from += step) {
            List<String> some = all.subList(from, Math.min(all.size(), from + step));
            catalog.changed("clear", 0, changes -> {
                catalog.delete(changes, some, catalog.there(changes), RemovalCause.EXPLICIT);
                return true;
            });
            syncs.names(some);
        }
        if (desk.function().isPresent()) {
            new Versions(desk.place(), catalog, turns).clear();
            syncs.versions();
        }
    }

    /** Removes what carries a tag. What is being computed may be to carry it. */
    long removeTagged(String tag) {
        folder.change("remove entries", 0, this::overtakeAll);
        long removed = 0;
        int step = catalog.step();
        while (true) {
            List<String> gone = new ArrayList<>();
            int some = catalog.with("remove entries", (changes, index) -> {
                long now = desk.clock().now();
                List<Item> those = index.tagged(tag, step);
                gone.clear();
                those.forEach(item -> gone.add(item.digest));
                int live = (int) those.stream().filter(item -> item.fresh > now).count();
                catalog.delete(changes, List.copyOf(gone), index, RemovalCause.EXPLICIT);
                return those.size() == step ? step + live : live;
            });
            syncs.names(gone);
            if (some < step) {
                return removed + some;
            }
            removed += some - step;
        }
    }

    /** Takes a damaged entry out of the way, unless it was replaced meanwhile; says where its files are. */
    Optional<Path> setAside(String digest, @Nullable String value) {
        try {
            boolean done = catalog.changed("set an entry aside", 0, changes -> {
                        Head old = catalog.head(digest);
                        boolean still = value == null
                                ? old == null
                                : old == null || old.value().equals(value);
                        if (still) {
                            catalog.delete(changes, List.of(digest), catalog.there(changes), RemovalCause.DAMAGED);
                        }
                        return still;
                    })
                    .orElse(false);
            return done ? Optional.of(catalog.aside().path()) : Optional.empty();
        } catch (ResourceException cannot) {
            Desk.LOG.debug("a damaged entry stays where it is", cannot);
            if (value != null) {
                Desk.remember(desk.foreign(), value);
            }
            return Optional.empty();
        }
    }
}
