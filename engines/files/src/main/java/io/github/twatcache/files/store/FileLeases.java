package io.github.twatcache.files.store;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.Turn;
import io.github.twatcache.path.Turns;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may compute what is missing, over all processes: a turn for each computation that runs, see {@link Turns}. It is taken
 * under the directory's lock, where it is seen that there is no entry; whoever changes the key ends it under that lock too,
 * and the owner's commit looks for it there. So no value is stored that is older than a change.
 *
 * <p><b>Waiting.</b> Nobody tells another process that a turn has ended: who waits looks for its file, again and again, and
 * for the life of its owner.
 */
final class FileLeases<K> implements Leases<K> {
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** So often it is looked whether an owner lives, which takes longer than to look whether its turn has ended. */
    private static final long VIGIL = TimeUnit.MILLISECONDS.toNanos(20);

    /** The part of the time that was waited already for which the next look is put off. */
    private static final int PART = 8;

    private final Desk<K> desk;
    private final Reading<K> reading;
    private final Writing<K> writing;
    private final Catalog<K> catalog;
    private final CacheFolder folder;
    private final Turns turns;
    private final BooleanSupplier closed;

    /** What this store has leased, to be let go of when it is closed. */
    private final Set<LeaseToken> held = ConcurrentHashMap.newKeySet();

    FileLeases(
            Desk<K> desk,
            Reading<K> reading,
            Writing<K> writing,
            Catalog<K> catalog,
            CacheFolder folder,
            BooleanSupplier closed) {
        this.desk = desk;
        this.reading = reading;
        this.writing = writing;
        this.catalog = catalog;
        this.folder = folder;
        this.turns = folder.turns();
        this.closed = closed;
    }

    @Override
    public Claim acquire(K key) {
        return claim(key, false);
    }

    @Override
    public Claim seize(K key) {
        return claim(key, true);
    }

    private Claim claim(K key, boolean seizes) {
        Desk.Coded coded = desk.coded(key);
        String name = desk.place().turn(coded.digest());
        // What is stored, and that this cache can do nothing with.
        String passes = null;
        while (!closed.getAsBoolean()) {
            Answer answer = asked(coded.digest(), name, passes, seizes);
            if (answer != null) {
                Turn turn = answer.claim.turn();
                return answer.claim.taken() ? mine(new LeaseToken(coded.digest(), turn, answer.passes)) : theirs(turn);
            }
            Reading.Glance glance = reading.glance(coded);
            Object value = glance.value();
            if (value != null) {
                desk.uses().note(coded.digest(), desk.clock().now());
                return new Found(value);
            }
            passes = glance.seen();
        }
        return new Mine(new LeaseToken(coded.digest(), null, null));
    }

    /**
     * The turn, taken or another's.
     *
     * @param passes the value file of an entry that is there and is to be replaced
     */
    private record Answer(Turns.Claim claim, @Nullable String passes) {}

    /** The turn; null where there is an entry. What was taken is let go of where nobody can be told. */
    private @Nullable Answer asked(String digest, String name, @Nullable String passing, boolean seizes) {
        AtomicReference<@Nullable Answer> given = new AtomicReference<>();
        boolean told = false;
        try {
            Optional<Answer> answer = folder.change("take a lease", 0, changes -> {
                        given.set(claim(digest, name, passing, seizes));
                        return Optional.ofNullable(given.get());
                    })
                    .orElseThrow();
            told = true;
            return answer.orElse(null);
        } finally {
            Answer untold = told ? null : given.get();
            if (untold != null && untold.claim.taken()) {
                letGo(new LeaseToken(digest, untold.claim.turn(), null));
            }
        }
    }

    /** The turn; null where there is an entry. To be called under the directory's lock. */
    private @Nullable Answer claim(String digest, String name, @Nullable String passing, boolean seizes)
            throws IOException {
        long now = desk.clock().now();
        Head head = catalog.head(digest);
        boolean finds = head != null && reading.finds(head, now);
        if (head != null && finds && !head.value().equals(passing)) {
            return null;
        }
        // What look-ups do not find because it is due is replaced, though it lives.
        String passes = head == null || finds ? passing : head.value();
        return new Answer(seizes ? turns.seize(name, now) : turns.claim(name, now), passes);
    }

    private Claim mine(LeaseToken token) {
        held.add(token);
        if (closed.getAsBoolean()) {
            // It may have been closed before this was held: nobody else lets go of it.
            letGo(token);
        }
        return new Mine(token);
    }

    private Claim theirs(Turn turn) {
        return new Theirs(
                turn, turn.words(), Duration.ofNanos(Math.max(0, desk.clock().now() - turn.since())));
    }

    @Override
    public Outcome commit(K key, Object token, Object value, Terms terms) {
        LeaseToken mine = (LeaseToken) token;
        Turn turn = mine.turn();
        Outcome outcome;
        try {
            outcome = turn == null || closed.getAsBoolean()
                    ? Outcome.REFUSED
                    : writing.commit(
                            key,
                            value,
                            terms,
                            new Permit(
                                    mine.passes(),
                                    true,
                                    digest -> turns.holds(desk.place().turn(digest), turn)));
        } catch (RuntimeException | Error failed) {
            letGo(mine);
            throw failed;
        }
        if (outcome == Outcome.STORED) {
            over(mine);
        } else {
            letGo(mine);
        }
        return outcome;
    }

    /** For this process a lease has ended, whatever the files say. */
    private void over(LeaseToken token) {
        held.remove(token);
        if (token.turn() != null) {
            turns.over(token.turn().number());
        }
    }

    /** Lets go of a lease as far as that can be done: its end, too, is for this process. */
    private void letGo(LeaseToken token) {
        try {
            release(token);
        } catch (RuntimeException cannot) {
            Desk.LOG.debug("a lease stays until this process ends", cannot);
        }
    }

    private void release(LeaseToken token) {
        over(token);
        Turn turn = token.turn();
        if (turn != null) {
            String name = desk.place().turn(token.digest());
            folder.change("let go of a lease", 0, changes -> turns.end(name, turn));
        }
    }

    @Override
    public void release(K key, Object token) {
        release((LeaseToken) token);
    }

    @Override
    public boolean releaseLost(K key) {
        String digest = desk.coded(key).digest();
        List<LeaseToken> lost =
                held.stream().filter(token -> token.digest().equals(digest)).toList();
        lost.forEach(this::release);
        return !lost.isEmpty();
    }

    @Override
    public boolean holds(K key, Object token) {
        LeaseToken mine = (LeaseToken) token;
        Turn turn = mine.turn();
        try {
            return turn == null
                    || closed.getAsBoolean()
                    || turns.holds(desk.place().turn(mine.digest()), turn);
        } catch (IOException e) {
            throw new EngineException("cannot read a lease of " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void awaitChange(K key, Theirs theirs, Duration atMost) throws InterruptedException {
        String name = desk.place().turn(desk.coded(key).digest());
        Turn turn = (Turn) theirs.mark();
        long bound = atMost.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : atMost.toNanos();
        long start = System.nanoTime();
        long looked = -VIGIL;
        for (long waited = 0; waited < bound; waited = System.nanoTime() - start) {
            boolean whole = waited - looked >= VIGIL;
            looked = whole ? waited : looked;
            if (closed.getAsBoolean() || !stands(name, turn, whole)) {
                return;
            }
            long pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, waited / PART));
            TimeUnit.NANOSECONDS.sleep(Math.min(bound - waited, pause));
        }
    }

    private boolean stands(String name, Turn turn, boolean whole) {
        try {
            return whole ? turns.stands(name, turn) : turns.holds(name, turn);
        } catch (IOException unreadable) {
            // Who asks anew is told.
            return false;
        }
    }

    /** Lets go of everything; the store is closed. */
    void close() {
        held.forEach(this::letGo);
    }
}
