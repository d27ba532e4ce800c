package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.store.LeaseTable.Lease;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Leases.Claim;
import io.github.twatcache.spi.Leases.Mine;
import io.github.twatcache.spi.Leases.Theirs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database who may compute some keys, and takes the leases that are free, in one transaction. Keys of which more
 * is known after that are asked for again: that an entry cannot be read, or that an owner is dead.
 */
final class Claiming<K> {
    private final DiskStore<K> store;
    private final Desk<K> desk;
    private final Contents<K> contents;
    private final Map<K, @Nullable Claim> claims = new LinkedHashMap<>();
    private final Map<K, Long> numbers = new HashMap<>();
    private List<Ask<K>> open = new ArrayList<>();

    Claiming(DiskStore<K> store, Desk<K> desk, Contents<K> contents) {
        this.store = store;
        this.desk = desk;
        this.contents = contents;
    }

    /**
     * Another's lease.
     *
     * @param lease as it was found
     * @param stamp where the counter of its stripe stood before
     */
    record Sight(Lease lease, long stamp) {}

    /** One key that is asked for, and what is known about it so far. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ask<K>(
            K key,
            byte[] encoded,
            long find,
            long number,
            @Nullable Mark unreadable,
            @Nullable String dead) {
        Ask<K> past(Mark mark) {
            return new Ask<>(key, encoded, find, number, mark, dead);
        }

        Ask<K> without(String owner) {
            return new Ask<>(key, encoded, find, number, unreadable, owner);
        }
    }

    /**
     * What the database says: an entry, another's lease, or neither, and then the lease is taken.
     *
     * @param passes what is there nevertheless, and is to be replaced
     */
    private record Said(
            @Nullable Row row,
            @Nullable Lease lease,
            @Nullable Mark passes) {}

    /** Asks for all of these keys. Where it fails half way, {@link #claimed} tells what was taken. */
    Map<K, Claim> of(Collection<? extends K> keys, boolean seizes) {
        boolean done = false;
        try {
            for (K key : keys) {
                byte[] encoded = desk.encoded(key);
                long number = desk.folder.leases().begin();
                numbers.put(key, number);
                claims.put(key, null);
                open.add(new Ask<>(key, encoded, Seal.find(encoded), number, null, null));
            }
            while (!open.isEmpty()) {
                open = round(open, seizes);
            }
            done = true;
        } finally {
            numbers.forEach(this::endUnlessTaken);
            if (!done) {
                open.forEach(this::oweUnlessTaken);
            }
        }
        Map<K, Claim> all = new LinkedHashMap<>();
        claims.forEach((key, claim) -> all.put(key, claim == null ? new Mine(LeaseToken.NONE) : claim));
        return all;
    }

    private void endUnlessTaken(K key, long number) {
        if (!(claims.get(key) instanceof Mine)) {
            desk.folder.leases().end(number);
        }
    }

    /** It may have been taken, and only the answer was lost: then other processes would wait for it. */
    private void oweUnlessTaken(Ask<K> ask) {
        if (!(claims.get(ask.key) instanceof Mine)) {
            desk.folder.leases().owe(ask.number, ask.find);
        }
    }

    /** What is known so far. */
    Map<K, @Nullable Claim> claimed() {
        return claims;
    }

    private List<Ask<K>> round(List<Ask<K>> asks, boolean seizes) {
        // Before the database is asked: what ends a lease after this moves them.
        long[] stamps = asks.stream()
                .mapToLong(ask -> desk.folder.stripes().stamp(Stripes.stripe(ask.find)))
                .toArray();
        List<Said> said = desk.write(link -> said(link, asks, seizes), List.of());
        List<Ask<K>> again = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            Ask<K> ask = asks.get(i);
            Row row = said.get(i).row;
            Lease lease = said.get(i).lease;
            if (row != null) {
                Object value = contents.quietly(row);
                if (value == null) {
                    again.add(ask.past(new Mark(row.id(), row.version())));
                } else {
                    store.used(store.kept(Found.of(row)));
                    claims.put(ask.key, new Leases.Found(value));
                }
            } else if (lease == null) {
                claims.put(ask.key, new Mine(new LeaseToken(ask.number, said.get(i).passes)));
            } else if (desk.folder.process().dead(lease.owner())) {
                again.add(ask.without(lease.owner()));
            } else {
                Duration held = Duration.ofNanos(Math.max(0, desk.lifetimes.now() - lease.since()));
                claims.put(ask.key, new Theirs(new Sight(lease, stamps[i]), lease.words(), held));
            }
        }
        return again;
    }

    private List<Said> said(Link link, List<Ask<K>> asks, boolean seizes) throws SQLException {
        long now = desk.lifetimes.now();
        long life = Account.of(link, desk.space).life;
        List<Said> all = new ArrayList<>();
        for (Ask<K> ask : asks) {
            all.add(said(link, life, now, ask, seizes));
        }
        return all;
    }

    private Said said(Link link, long life, long now, Ask<K> ask, boolean seizes) throws SQLException {
        Row row = Rows.find(link, life, ask.find, ask.encoded, true);
        Row found = row == null || !desk.entries.finds(row.id(), row.lifetime(), now) ? null : row;
        if (found != null && !new Mark(found.id(), found.version()).equals(ask.unreadable)) {
            return new Said(found, null, null);
        }
        Lease lease = LeaseTable.find(link, life, ask.encoded);
        if (lease != null
                && !seizes
                && !lease.owner().equals(ask.dead)
                && !desk.folder.leases().over(lease)) {
            return new Said(null, lease, null);
        }
        LeaseTable.take(
                link,
                life,
                ask.find,
                ask.encoded,
                lease,
                Lease.of(desk.folder.process().name(), ask.number, now));
        // What look-ups do not find because it is due is replaced, though it lives.
        return new Said(null, null, row == null || found != null ? ask.unreadable : new Mark(row.id(), row.version()));
    }
}
