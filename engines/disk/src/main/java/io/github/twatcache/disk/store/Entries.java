package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.RemovalCause;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one key space: what is done to them within a transaction that writes. Each of these leaves the account
 * right, the limit kept, and what has left reported.
 */
final class Entries<K> {
    /** How many expired rows a write takes away beside its own work. */
    private static final int SWEPT = 4;
    /** How many rows of cleared generations. */
    private static final int RECLAIMED = 16;
    /** How many pages that hold nothing any more. */
    private static final int GIVEN_BACK = 16;
    /** How many expired rows leave before a living one must. */
    private static final int SWEPT_FOR_ROOM = 16;

    private final Space space;
    private final Lifetimes lifetimes;
    private final Departures<K> departures;
    private final FileNumbers numbers;
    private final Function<K, byte[]> sorting;
    private final Consumer<Limits> changed;
    private final Uses uses = new Uses();
    private volatile Order order;
    private volatile Limits limits;
    private volatile boolean full;

    /** Whether there were many free pages at the last look, which is taken where rows have gone. */
    private volatile boolean pagesAreFree;

    Entries(
            Space space,
            Lifetimes lifetimes,
            Departures<K> departures,
            FileNumbers numbers,
            Function<K, byte[]> sorting,
            Consumer<Limits> changed) {
        this.space = space;
        this.lifetimes = lifetimes;
        this.departures = departures;
        this.numbers = numbers;
        this.sorting = sorting;
        this.changed = changed;
        this.limits = space.limits();
        this.order = Order.of(limits, uses);
    }

    /** Says whether the quota over all caches leaves no room. */
    void full(boolean now) {
        full = now;
    }

    boolean full() {
        return full;
    }

    Uses uses() {
        return uses;
    }

    /** Whether reads are to be noted. */
    boolean watches() {
        return order.watches() || limits.idleNanos() != Terms.FOREVER;
    }

    /** Notes a use, where uses matter; says whether the database is to be told of some. */
    boolean note(Uses.Tab tab, long nanos) {
        return watches() && uses.note(tab, nanos, order) && uses.full();
    }

    long idleNanos() {
        return limits.idleNanos();
    }

    private Account account(Link link) throws SQLException {
        Account account = Account.of(link, space);
        if (!account.limits.equals(limits)) {
            // Another process has changed them for all.
            order = Order.of(account.limits, uses);
            limits = account.limits;
            changed.accept(limits);
        }
        return account;
    }

    /** Whether look-ups find an entry, as far as the database and this process know. */
    boolean finds(long id, Lifetime lifetime, long now) {
        Lifetime.Late late = lifetimes.keeps() ? lifetime.late() : null;
        return late == null ? lives(id, lifetime, now) : now < late.due() && now < lifetime.fresh();
    }

    /** Whether an entry is kept by a store that keeps any past their freshness, alive or stale. */
    boolean keeps(long id, Lifetime lifetime, long now) {
        return lifetimes.keeps() && (lifetime.late() == null ? lives(id, lifetime, now) : now < lifetime.kept());
    }

    /** Whether an entry lives, as far as the database and this process know. */
    boolean lives(long id, Lifetime lifetime, long now) {
        return now < lifetime.fresh() || now < now(id, lifetime).fresh();
    }

    /** The life of an entry with the uses that the database does not know of. */
    Lifetime now(long id, Lifetime lifetime) {
        if (!lifetime.renewed()) {
            return lifetime;
        }
        Uses.Use use = uses.of(id);
        return use == null || use.nanos() == 0 ? lifetime : lifetime.usedAt(use.nanos(), limits.idleNanos());
    }

    private static boolean holds(Guard guard, @Nullable Row row) {
        if (guard instanceof Guard.Seen seen) {
            return row != null && new Mark(row.id(), row.version()).equals(seen.mark());
        }
        return guard instanceof Guard.Any || row == null;
    }

    Outcome put(Link link, Draft<K> draft, Guard guard) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        Row old = Rows.find(link, account.life, draft.find(), draft.encoded(), departures.whole());
        boolean live = old != null && lives(old.id(), old.lifetime(), now);
        if (!holds(guard, live ? old : null)) {
            return Outcome.REFUSED;
        }
        if (full) {
            return Outcome.FULL;
        }
        LeaseTable.end(link, account.life, draft.find(), draft.encoded());
        long weight = account.limits.measure() == Measure.WEIGHT ? draft.terms().weight() : 1;
        long measured = account.limits.measure().of(weight, draft.bytes());
        if (measured > account.limits.maximum()) {
            return Outcome.TOO_HEAVY;
        }
        Lifetime lifetime = lifetimes.starting(draft.terms(), now, account.limits.idleNanos());
        if (lifetime.gone() <= now) {
            return bornDead(link, account, draft, old, live);
        }
        if (old != null && !live) {
            depart(link, account, old, RemovalCause.EXPIRED, draft.key());
            old = null;
        }
        if (account.refusesNewcomers() && !fits(link, account, old, measured, now)) {
            return Outcome.FULL;
        }
        link.changes().note(draft.find());
        long id = old == null ? inserted(link, account, draft, weight, lifetime) : old.id();
        if (old != null) {
            replace(link, account, draft, weight, lifetime, old);
        }
        Tags.add(link, account, id, draft.terms().tags());
        makeRoom(link, account, id, now);
        tidy(link, account, now);
        return Outcome.STORED;
    }

    /** A value whose life is over at once takes the place of what was there, and is gone. */
    private Outcome bornDead(Link link, Account account, Draft<K> draft, @Nullable Row old, boolean live)
            throws SQLException {
        if (old != null) {
            depart(link, account, old, live ? RemovalCause.REPLACED : RemovalCause.EXPIRED, draft.key());
        }
        if (draft.file() != 0) {
            numbers.release(link, draft.file());
        }
        Row dead = draft.row(0, account.life, 1, Lifetime.ENDLESS, new Order.Place(0, 0, 0));
        departures.left(link, dead, RemovalCause.EXPIRED, draft.key());
        return Outcome.STORED;
    }

    private long inserted(Link link, Account account, Draft<K> draft, long weight, Lifetime lifetime)
            throws SQLException {
        long id = Serial.next(link);
        Row row = draft.row(id, account.life, weight, lifetime, order.newcomer(link, account, id, draft.find()));
        account.expires(lifetime);
        Rows.insert(link, row, account.sorted == KeyOrder.NONE ? null : sorting.apply(draft.key()));
        account.add(row);
        return id;
    }

    private void replace(Link link, Account account, Draft<K> draft, long weight, Lifetime lifetime, Row old)
            throws SQLException {
        Row row = draft.row(
                old.id(), old.life(), weight, lifetime, new Order.Place(old.queue(), old.place(), old.uses()));
        Tags.remove(link, account, old.id());
        replaced(link, account, draft.key(), old, row);
    }

    /** The living entry of a key, read whole; null where there is none. */
    @Nullable Row living(Link link, long find, byte[] encoded) throws SQLException {
        Row row = Rows.find(link, account(link).life, find, encoded, true);
        return row != null && lives(row.id(), row.lifetime(), lifetimes.now()) ? row : null;
    }

    /** Gives a living entry another value, as a use of it: its tags stay, and its life goes on. */
    void revise(Link link, Draft<K> draft, Row old) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        Lifetime lifetime = old.lifetime().renewed()
                ? now(old.id(), old.lifetime()).usedAt(now, account.limits.idleNanos())
                : old.lifetime();
        Order.Place place = new Order.Place(old.queue(), old.place(), old.uses());
        link.changes().note(draft.find());
        replaced(link, account, draft.key(), old, draft.row(old.id(), old.life(), old.weight(), lifetime, place));
        makeRoom(link, account, old.id(), now);
        tidy(link, account, now);
    }

    private void replaced(Link link, Account account, K key, Row old, Row row) throws SQLException {
        departures.left(link, old, RemovalCause.REPLACED, key);
        account.expires(row.lifetime());
        if (old.file() == 0 && row.file() == 0) {
            Rows.update(link, row);
        } else {
            Rows.updateFile(link, row);
        }
        account.replaced(old, row);
        if (old.file() != 0) {
            numbers.release(link, old.file());
        }
        beginsAnew(link, old.id());
        order.replaced(link, account, row);
    }

    boolean remove(Link link, K key, byte[] encoded, long find, Guard guard) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        Row row = Rows.find(link, account.life, find, encoded, departures.whole());
        if (guard == Guard.ANY) {
            LeaseTable.end(link, account.life, find, encoded);
        }
        if (row == null) {
            return false;
        }
        boolean live = lives(row.id(), row.lifetime(), now);
        if (!live) {
            depart(link, account, row, RemovalCause.EXPIRED, key);
            return false;
        }
        if (guard == Guard.ABSENT || !holds(guard, row)) {
            return false;
        }
        depart(link, account, row, RemovalCause.EXPLICIT, key);
        tidy(link, account, now);
        return true;
    }

    boolean touch(Link link, K key, byte[] encoded, long find, long nanos) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        Row row = Rows.find(link, account.life, find, encoded, departures.whole());
        if (row == null) {
            return false;
        }
        boolean live = lives(row.id(), row.lifetime(), now);
        if (!live && keeps(row.id(), row.lifetime(), now)) {
            return false;
        }
        if (!live || (nanos <= 0 && nanos != Terms.UNSET)) {
            depart(link, account, row, RemovalCause.EXPIRED, key);
            return live;
        }
        Lifetime lifetime = nanos == Terms.UNSET
                ? lifetimes.starting(Terms.PLAIN, now, account.limits.idleNanos())
                : lifetimes.lasting(nanos, now);
        renew(link, account, row, lifetime);
        return true;
    }

    /** The uses before a new life count for it no more, once that is committed: where it is undone, the old one goes on. */
    private void beginsAnew(Link link, long id) {
        Uses.Use use = uses.of(id);
        if (use != null && use.nanos() != 0) {
            link.afterCommit(() -> uses.told(id, new Uses.Use(0, 0, use.nanos())));
        }
    }

    private void renew(Link link, Account account, Row row, Lifetime lifetime) throws SQLException {
        beginsAnew(link, row.id());
        account.expires(lifetime);
        Rows.renew(link, row, lifetime);
        link.changes().note(row.find());
    }

    /** Gives a living entry new lifetimes. */
    boolean retime(Link link, K key, byte[] encoded, long find, Terms terms) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        Row row = Rows.find(link, account.life, find, encoded, departures.whole());
        if (row == null || !lives(row.id(), row.lifetime(), now)) {
            return false;
        }
        Lifetime.Late late = row.lifetime().late();
        Terms same = terms.versioned(late == null ? null : late.version());
        Lifetime lifetime = lifetimes.starting(same, now, account.limits.idleNanos());
        if (lifetime.gone() <= now) {
            depart(link, account, row, RemovalCause.EXPIRED, key);
        } else {
            renew(link, account, row, lifetime);
        }
        return true;
    }

    /** Has an entry be stale from now on; says whether it was alive. What is being computed of it is not to be stored. */
    boolean age(Link link, byte[] encoded, long find) throws SQLException {
        Account account = account(link);
        LeaseTable.end(link, account.life, find, encoded);
        Row row = Rows.find(link, account.life, find, encoded, false);
        return row != null && age(link, account, row);
    }

    private boolean age(Link link, Account account, Row row) throws SQLException {
        long now = lifetimes.now();
        if (!lives(row.id(), row.lifetime(), now)) {
            return false;
        }
        renew(link, account, row, now(row.id(), row.lifetime()).aged(now));
        return true;
    }

    /** What came of one step of making many entries stale: up to which number, and how many were alive. */
    record Aged(long last, long count) {
        /** There was nothing left. */
        static final Aged ALL = new Aged(Long.MAX_VALUE, 0);
    }

    /**
     * Has some entries be stale from now on, between two numbers.
     *
     * @param tag what they carry; null for all there are
     */
    Aged age(Link link, @Nullable String tag, long after, long before, int most) throws SQLException {
        Account account = account(link);
        // What the computations that run will be tagged with nobody knows.
        LeaseTable.endAll(link, account.life);
        List<Long> some = tag == null
                ? Rows.of(link, account.life, after, before, most)
                : Tags.carriers(link, account.life, tag, after, before, most);
        long aged = 0;
        for (long id : some) {
            Row row = Rows.byId(link, id, false);
            aged += row != null && row.life() == account.life && age(link, account, row) ? 1 : 0;
        }
        return some.isEmpty() ? Aged.ALL : new Aged(some.get(some.size() - 1), aged);
    }

    /**
     * Begins a new generation; the rows of the old one are taken away by later writes, or by the holder, who then reports
     * them one by one.
     */
    long clear(Link link, @Nullable String holder) throws SQLException {
        Account account = account(link);
        long old = account.life;
        Prepared dead = link.prepared("INSERT INTO dead(life, next, upto, holder) VALUES (?, 0, ?, ?)");
        dead.setLong(1, old);
        dead.setLong(2, Serial.next(link));
        dead.setString(3, holder);
        dead.executeUpdate();
        Reclaim.left(link);
        if (holder == null && departures.wanted()) {
            long expired = Tallies.expired(link, old, lifetimes.now(), this).entries();
            departures.left(link, RemovalCause.EXPIRED, expired);
            departures.left(link, RemovalCause.EXPLICIT, account.entries - expired);
            remember(link, old);
        }
        LeaseTable.endAll(link, old);
        account.restart(Serial.next(link));
        link.changes().noteEverything();
        return old;
    }

    /** Remembers that the newest of a generation are cleared, as many as can be remembered. */
    private void remember(Link link, long life) throws SQLException {
        long now = lifetimes.now();
        Prepared newest = link.prepared("SELECT id, find, ifnull(fresh, 9223372036854775807), terms FROM"
                + " (SELECT id, life, find, fresh, terms FROM entry ORDER BY id DESC LIMIT " + 2 * Gone.SLOTS + ")"
                + " WHERE life = ? LIMIT " + Gone.SLOTS);
        newest.setLong(1, life);
        try (Results row = newest.executeQuery()) {
            while (row.next()) {
                boolean live = lives(row.getLong(1), Lifetime.unpacked(row.getLong(3), row.getBytes(4)), now);
                departures.left(link, row.getLong(2), live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED);
            }
        }
    }

    /** Who reports what leaves. */
    Departures<K> departures() {
        return departures;
    }

    /** Says why a key is not there that is looked up, as far as this process knows; whether it does. */
    boolean missed(K key, long find) {
        return departures.missed(key, find);
    }

    /** Takes away and reports some rows of a generation that this process has cleared; says whether any were left. */
    boolean bury(Link link, long life, int most) throws SQLException {
        long now = lifetimes.now();
        Prepared walk = link.prepared("SELECT id FROM entry WHERE id > (SELECT next FROM dead WHERE life = ?1)"
                + " AND id <= (SELECT upto FROM dead WHERE life = ?1) AND life = ?1 ORDER BY id LIMIT ?2");
        walk.setLong(1, life);
        walk.setInt(2, most);
        long last = 0;
        for (long id : Rows.ids(walk)) {
            last = id;
            Row row = Rows.byId(link, id, true);
            if (row != null) {
                boolean live = lives(id, row.lifetime(), now);
                departures.left(link, row, live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED, null);
                Rows.delete(link, id);
                Tags.remove(link, id);
                if (row.file() != 0) {
                    numbers.release(link, row.file());
                }
            }
        }
        Prepared end = link.prepared(
                last == 0
                        ? "DELETE FROM dead WHERE life = ?1 AND ?2 = 0"
                        : "UPDATE dead SET next = ?2 WHERE life = ?1");
        end.setLong(1, life);
        end.setLong(2, last);
        end.executeUpdate();
        return last != 0;
    }

    /** Removes some of the entries before a number that carry a tag, and says how many living ones; -1 where none was left. */
    long removeTagged(Link link, String tag, long before, int most) throws SQLException {
        long now = lifetimes.now();
        Account account = account(link);
        // What the computations that run will be tagged with nobody knows.
        LeaseTable.endAll(link, account.life);
        List<Long> carriers = Tags.carriers(link, account.life, tag, 0, before, most);
        if (carriers.isEmpty()) {
            return -1;
        }
        long removed = 0;
        for (long id : carriers) {
            Row row = Rows.byId(link, id, departures.whole());
            if (row == null || row.life() != account.life) {
                Tags.remove(link, id);
                continue;
            }
            boolean live = lives(id, row.lifetime(), now);
            depart(link, account, row, live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED, null);
            removed += live ? 1 : 0;
        }
        return removed;
    }

    /** Takes a row away. */
    private void depart(Link link, Account account, Row row, RemovalCause cause, @Nullable K known)
            throws SQLException {
        departures.left(link, row, cause, known);
        Rows.delete(link, row.id());
        account.deleted(link, row);
        Tags.remove(link, account, row.id());
        if (row.file() != 0) {
            numbers.release(link, row.file());
        }
        if (uses.of(row.id()) != null) {
            link.afterCommit(() -> uses.forget(row.id()));
        }
        link.changes().note(row.find());
    }

    /** Whether there is room, once the expired have left, for what would come in the place of another. */
    private boolean fits(Link link, Account account, @Nullable Row old, long measured, long now) throws SQLException {
        long more = measured - (old == null ? 0 : old.measured(account.limits.measure()));
        while (account.used() + more > account.limits.maximum()) {
            if (sweep(link, account, now, SWEPT_FOR_ROOM) == 0
                    && !evictStale(link, account, old == null ? 0 : old.id(), now)) {
                return false;
            }
        }
        return true;
    }

    /** Evicts until the limit is kept: the expired first, then those that the policy names. */
    private void makeRoom(Link link, Account account, long keep, long now) throws SQLException {
        boolean expired = true;
        while (account.over()) {
            if (expired && sweep(link, account, now, SWEPT_FOR_ROOM) > 0) {
                continue;
            }
            expired = false;
            if (!evictStale(link, account, keep, now) && !evictOne(link, account, order, keep)) {
                return;
            }
        }
    }

    /** Takes away the entry that has been stale for the longest time, before any that lives; says whether there was one. */
    private boolean evictStale(Link link, Account account, long keep, long now) throws SQLException {
        if (!account.staling(link, now)) {
            return false;
        }
        account.unstaled();
        Long id = Rows.stale(link, account.life, now, keep);
        Row row = id == null ? null : Rows.byId(link, id, departures.whole());
        if (row == null) {
            return false;
        }
        depart(link, account, row, RemovalCause.EXPIRED, null);
        return true;
    }

    /** Evicts the next victim; says whether there was one. */
    private boolean evictOne(Link link, Account account, Order by, long keep) throws SQLException {
        Row victim = by.victim(link, account, keep);
        if (victim != null && departures.whole()) {
            victim = Rows.byId(link, victim.id(), true);
        }
        if (victim == null) {
            return false;
        }
        by.evicted(account, victim);
        depart(link, account, victim, RemovalCause.SIZE, null);
        return true;
    }

    /** Evicts, beyond the limit, what comes to so many bytes. */
    long evict(Link link, long bytes) throws SQLException {
        Account account = account(link);
        long before = account.bytes;
        Order whole = order instanceof NoOrder ? new StoredOrder(uses) : order;
        long now = lifetimes.now();
        while (before - account.bytes < bytes) {
            if (!evictStale(link, account, 0, now) && !evictOne(link, account, whole, 0)) {
                break;
            }
        }
        return before - account.bytes;
    }

    /** Takes away some of the expired; says how many. */
    long sweep(Link link, Account account, long now, int most) throws SQLException {
        if (!account.expiring(link, now)) {
            return 0;
        }
        long swept = 0;
        for (long id : Rows.gone(link, account.life, now, most)) {
            Row row = Rows.byId(link, id, departures.whole());
            if (row == null) {
                continue;
            }
            Lifetime lifetime = now(id, row.lifetime());
            if (now < lifetime.gone()) {
                Rows.renew(link, row, lifetime);
            } else {
                depart(link, account, row, RemovalCause.EXPIRED, null);
                swept++;
            }
        }
        account.swept();
        return swept;
    }

    /** What a write does for all: a bounded part of what expired and cleared entries have left. */
    private void tidy(Link link, Account account, long now) throws SQLException {
        boolean[] done = link.kept(this, () -> new boolean[1]);
        if (done[0]) {
            return;
        }
        done[0] = true;
        boolean swept = sweep(link, account, now, SWEPT) > 0;
        if (reclaim(link, RECLAIMED) || swept || pagesAreFree) {
            pagesAreFree = FreePages.giveBackIfMany(link, GIVEN_BACK);
        }
        numbers.tidy(link, SWEPT);
        numbers.sweepOn(link);
    }

    /** Takes away some rows of cleared generations; says whether any generation is left. */
    boolean reclaim(Link link, int most) throws SQLException {
        return new Reclaim(numbers).some(link, most);
    }

    /** Takes away some of what has expired, and says how much; -1 where nothing was left. */
    long expire(Link link, int most) throws SQLException {
        Account account = account(link);
        long now = lifetimes.now();
        return Rows.gone(link, account.life, now, 1).isEmpty() ? -1 : sweep(link, account, now, most);
    }

    /** Evicts some of what is over the limit, and says how much. */
    long cull(Link link, int most) throws SQLException {
        Account account = account(link);
        long before = account.entries;
        while (account.over() && before - account.entries < most) {
            if (!evictOne(link, account, order, 0)) {
                break;
            }
        }
        return before - account.entries;
    }

    /** Writes down some of the uses that the database does not know of. */
    void settle(Link link, int most) throws SQLException {
        Account account = account(link);
        for (long id : uses.some(most)) {
            Uses.Use use = uses.of(id);
            Row row = Rows.byId(link, id, false);
            if (use != null && row != null && row.life() == account.life) {
                Lifetime lifetime = now(id, row.lifetime());
                if (!lifetime.equals(row.lifetime())) {
                    Rows.renew(link, row, lifetime);
                }
                if (use.moves()) {
                    order.settle(link, account, row, use);
                }
                link.afterCommit(() -> uses.told(id, use));
            } else {
                link.afterCommit(() -> uses.forget(id));
            }
        }
    }
}
