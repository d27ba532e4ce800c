package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.store.Claiming.Sight;
import io.github.twatcache.disk.store.LeaseTable.Lease;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may compute what is missing, over all processes: a row for each computation that runs, which its owner's commit looks
 * at in its own transaction. Taking a lease is one transaction; storing under it is the one that stores.
 *
 * <p><b>The owner's life</b> is the lock that each process holds on a file of its own, see {@link LiveProcess}.
 *
 * <p><b>Waiting.</b> Whatever ends a lease moves the counter of its key's stripe, in memory that all processes map, so one
 * who waits looks at the database only when that has moved, and at the owner's life every 20 ms.
 */
final class DiskLeases<K> implements Leases<K> {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private final DiskStore<K> store;
    private final Desk<K> desk;
    private final Contents<K> contents;
    private final Storing<K> storing;
    private final Vigil vigil;
    private final String self;

    /** What this store has leased, to be let go of when it is closed. */
    private final ConcurrentMap<LeaseToken, K> held = new ConcurrentHashMap<>();

    DiskLeases(DiskStore<K> store, Desk<K> desk, Contents<K> contents, Storing<K> storing) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
        this.storing = storing;
        this.vigil = new Vigil(desk.folder.process());
        this.self = desk.folder.process().name();
    }

    @Override
    public Claim acquire(K key) {
        return claims(List.of(key), false).values().iterator().next();
    }

    @Override
    public Claim seize(K key) {
        return claims(List.of(key), true).values().iterator().next();
    }

    @Override
    public Map<K, Claim> acquireAll(Collection<? extends K> keys) {
        return claims(keys, false);
    }

    private Map<K, Claim> claims(Collection<? extends K> keys, boolean seizes) {
        Claiming<K> mine = new Claiming<>(store, desk, contents);
        try {
            Map<K, Claim> claims = mine.of(keys, seizes);
            claims.forEach(this::hold);
            return claims;
        } catch (RuntimeException | Error failed) {
            mine.claimed().forEach((key, claim) -> letGo(key, claim, failed));
            throw failed;
        }
    }

    private void hold(K key, Claim claim) {
        if (claim instanceof Mine mine) {
            held.put((LeaseToken) mine.token(), key);
            if (desk.closed()) {
                // It may have been closed before this was held: nobody else lets go of it.
                release(key, mine.token());
            }
        }
    }

    private void letGo(K key, @Nullable Claim claim, Throwable failed) {
        if (claim instanceof Mine mine) {
            try {
                release(key, mine.token());
            } catch (RuntimeException too) {
                failed.addSuppressed(too);
            }
        }
    }

    @Override
    public Outcome commit(K key, Object token, Object value, Terms terms) {
        return commitAll(List.of(new Commit<>(key, token, value, terms))).get(0);
    }

    @Override
    public List<Outcome> commitAll(List<Commit<K>> commits) {
        List<Draft<K>> drafts = new ArrayList<>();
        List<Outcome> outcomes = List.of();
        NamedFiles named = new NamedFiles();
        try {
            for (Commit<K> one : commits) {
                drafts.add(storing.drafted(one.key(), one.value(), one.terms()));
            }
            outcomes = desk.write(
                    link -> committed(link, commits, drafts, named),
                    Collections.nCopies(commits.size(), Outcome.REFUSED));
            commits.forEach(one -> over((LeaseToken) one.token()));
            return outcomes;
        } finally {
            for (int i = 0; i < drafts.size(); i++) {
                if (i >= outcomes.size() || outcomes.get(i) != Outcome.STORED) {
                    storing.discard(drafts.get(i).file(), named);
                }
            }
        }
    }

    private List<Outcome> committed(Link link, List<Commit<K>> commits, List<Draft<K>> drafts, NamedFiles named)
            throws SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            outcomes.add(
                    committed(link, drafts.get(i), (LeaseToken) commits.get(i).token(), named));
        }
        return outcomes;
    }

    private Outcome committed(Link link, Draft<K> draft, LeaseToken token, NamedFiles named) throws SQLException {
        if (!end(link, draft.find(), draft.encoded(), token)) {
            return Outcome.REFUSED;
        }
        Mark passes = token.passes();
        Outcome outcome = passes == null ? Outcome.REFUSED : storing.put(link, draft, Guard.seen(passes), named);
        return outcome == Outcome.REFUSED ? storing.put(link, draft, Guard.ABSENT, named) : outcome;
    }

    /** Ends a lease of ours; says whether it was still there. */
    private boolean end(Link link, long find, byte[] encoded, LeaseToken token) throws SQLException {
        long life = Account.of(link, desk.space).life;
        return LeaseTable.end(link, life, find, encoded, self, token.number());
    }

    /** A lease has ended in this process, whether or not the database can be told. */
    private void over(LeaseToken token) {
        held.remove(token);
        desk.folder.leases().end(token.number());
    }

    @Override
    public void release(K key, Object token) {
        LeaseToken mine = (LeaseToken) token;
        byte[] encoded = desk.encoded(key);
        long find = Seal.find(encoded);
        over(mine);
        try {
            // Past the desk: a store that is closed lets go of what it has, while others have its database open.
            desk.database().write(link -> end(link, find, encoded, mine));
        } catch (ClosedDatabaseException late) {
            LOG.debug("the database was closed before a lease was let go of", late);
        } catch (RuntimeException untold) {
            desk.folder.leases().owe(mine.number(), find);
            throw untold;
        }
    }

    @Override
    public boolean releaseLost(K key) {
        List<LeaseToken> lost = new ArrayList<>();
        held.forEach((token, its) -> {
            if (its.equals(key)) {
                lost.add(token);
            }
        });
        lost.forEach(token -> release(key, token));
        return !lost.isEmpty();
    }

    @Override
    public void awaitChange(K key, Theirs theirs, Duration atMost) throws InterruptedException {
        if (!(theirs.mark() instanceof Sight sight)) {
            return;
        }
        byte[] encoded = desk.encoded(key);
        int stripe = Stripes.stripe(Seal.find(encoded));
        long start = System.nanoTime();
        long nanos = Pause.nanos(atMost);
        long stamp = sight.stamp();
        for (long waited = 0; waited < nanos; waited = System.nanoTime() - start) {
            long now = desk.folder.stripes().stamp(stripe);
            if (now != stamp) {
                stamp = now;
                if (!sight.lease().equals(look(encoded))) {
                    return;
                }
            }
            if (desk.closed()
                    || desk.folder.leases().over(sight.lease())
                    || vigil.dead(sight.lease().owner())) {
                return;
            }
            Pause.after(waited, nanos - waited);
        }
    }

    private @Nullable Lease look(byte[] encoded) {
        return desk.read(link -> LeaseTable.look(link, desk.space.id(), encoded));
    }

    @Override
    public boolean holds(K key, Object token) {
        Lease lease = look(desk.encoded(key));
        return desk.closed() || (lease != null && lease.is(self, ((LeaseToken) token).number()));
    }

    /** Lets go of everything; the store is closed, its database is not. */
    void close() {
        held.forEach((token, key) -> release(key, token));
    }
}
