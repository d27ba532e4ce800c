package io.github.twatcache.load;

import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Leases.Claim;
import io.github.twatcache.spi.Leases.Mine;
import io.github.twatcache.spi.Leases.Theirs;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.Events;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One computation over processes: who has won in this process asks the store's {@link Leases} before it computes, and waits
 * while another process does.
 *
 * <p>Waiting is bounded, in real time: another process knows no ticker of ours. When the bound has passed the waiter takes the
 * lease for itself and computes, and the late owner's value is refused by the store. A store that cannot say who may compute
 * is not asked again: the value is computed.
 */
final class Leasing {
    /** How long another process is waited for, where nothing else is said. */
    static final Duration STANDARD = Duration.ofSeconds(60);

    private static final Duration SUSPICIOUS = Duration.ofSeconds(10);

    /** So long at most until it is seen that the cache was closed meanwhile. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private final InFlight inFlight;
    private final Leases<Object> leases;
    private final Duration atMost;

    /**
     * The leases of this process, so that one which could not be let go of, as when a stack has run over, is let go of by
     * the next who asks.
     */
    private final ConcurrentMap<Object, Lease> held = new ConcurrentHashMap<>();

    private Leasing(InFlight inFlight, Leases<Object> leases, Duration atMost) {
        this.inFlight = inFlight;
        this.leases = leases;
        this.atMost = atMost;
    }

    /** The leasing of a store that has leases, or {@code null}. */
    @SuppressWarnings("unchecked") // the store's keys are Objects
    static @Nullable Leasing of(InFlight inFlight, Store<Object> store) {
        return store.capability(Leases.class)
                .map(leases -> new Leasing(inFlight, (Leases<Object>) leases, inFlight.patience()))
                .orElse(null);
    }

    /**
     * Finds out who computes, and waits while another process does.
     *
     * @param mine the load, which this thread works on
     * @return mine or found; {@code null} for computing without a lease
     * @throws LoadInterruptedException when interrupted while waiting
     */
    @Nullable Claim claim(Load mine) {
        Object key = mine.key;
        long start = System.nanoTime();
        Wait wait = null;
        boolean warned = false;
        try {
            while (!inFlight.closed()) {
                Claim claim = acquire(key);
                if (!(claim instanceof Theirs theirs)) {
                    return claim;
                }
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                Duration left = atMost.minus(waited);
                if (left.isZero() || left.isNegative()) {
                    return seize(key, theirs, waited);
                }
                if (!warned && waited.compareTo(SUSPICIOUS) >= 0) {
                    warned = true;
                    InFlight.LOG.warn(
                            "waiting for more than 10 s: {}, which {} computes; after {} (load-timeout) this process"
                                    + " computes it itself",
                            name(key),
                            theirs.owner(),
                            atMost);
                }
                if (wait == null) {
                    wait = new Wait();
                }
                awaitChange(key, theirs, left);
            }
        } catch (RuntimeException failed) {
            if (failed instanceof LoadInterruptedException) {
                throw failed;
            }
            return withoutLease(failed);
        } finally {
            if (wait != null) {
                mine.later(wait.over(key));
            }
        }
        return null;
    }

    /** One wait for another process, in however many steps. Real time, as the other knows no ticker of ours. */
    private final class Wait {
        private final long start = System.nanoTime();
        private final Events.@Nullable Span span = inFlight.tally().events().await();

        Wait() {
            inFlight.tally().waited();
        }

        Duration soFar() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        /**
         * It is over: its time counts.
         *
         * @return tells of it: to be run where nobody waits for this thread
         */
        Runnable over(Object key) {
            inFlight.tally().waitedFor(System.nanoTime() - start);
            return span == null ? () -> {} : span.over(key);
        }
    }

    /**
     * Finds out who computes, and waits for nobody: for what somebody else may as well compute.
     *
     * @return {@code null} for computing without a lease
     */
    @Nullable Claim claimNow(Object key) {
        try {
            return acquire(key);
        } catch (RuntimeException failed) {
            return withoutLease(failed);
        }
    }

    private @Nullable Claim acquire(Object key) {
        boolean stuck = !releaseLeftOver(key);
        return unlessLost(key, leases.acquire(key), stuck);
    }

    /**
     * The answer; where it names a lease of this store of which no load has heard, that is let go of, and asked anew.
     *
     * @param stuck whether it may name one that could not be let go of a moment ago
     * @return {@code null} for computing without a lease
     */
    private @Nullable Claim unlessLost(Object key, Claim claim, boolean stuck) {
        if (!(claim instanceof Theirs)) {
            return claim;
        } else if (stuck) {
            return null;
        }
        // A lease that a load here has may be over, and this be another process's: that is waited for.
        boolean lost = !held.containsKey(key) && leases.releaseLost(key);
        return lost ? leases.acquire(key) : claim;
    }

    /**
     * Lets go of what a load of this process could not let go of: nobody here must wait for it.
     *
     * @return whether there is none now; false where it still cannot be let go of
     */
    private boolean releaseLeftOver(Object key) {
        Lease leftOver = held.get(key);
        // Of a load that is over or detached; one that runs keeps its own, also from an older one that asks late.
        return leftOver == null || leftOver.load.joinable() || release(leftOver);
    }

    private Claim seize(Object key, Theirs theirs, Duration waited) {
        InFlight.LOG.warn(
                "waited {} (load-timeout) for {}, which {} computes: this process computes it now, and the other's value will"
                        + " not be stored",
                waited,
                name(key),
                theirs.owner());
        return leases.seize(key);
    }

    private void awaitChange(Object key, Theirs theirs, Duration bound) {
        try {
            leases.awaitChange(key, theirs, bound.compareTo(SLICE) < 0 ? bound : SLICE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException(
                    "interrupted while waiting for " + name(key) + ", which " + theirs.owner()
                            + " computes; that load goes on without this caller",
                    e);
        }
    }

    private String name(Object key) {
        return inFlight.cache() + "[" + inFlight.digest(key) + "]";
    }

    private @Nullable Claim withoutLease(RuntimeException failed) {
        if (!inFlight.closed()) {
            InFlight.LOG.debug("cache '{}' goes on without leases: {}", inFlight.cache(), FailureWords.of(failed));
        }
        return null;
    }

    /**
     * Asks for many keys and waits for none.
     *
     * @return the answers by key; none where the store cannot say
     */
    Map<Object, Claim> claims(Collection<Object> keys) {
        try {
            Set<Object> stuck = new HashSet<>();
            for (Object key : keys) {
                if (!releaseLeftOver(key)) {
                    stuck.add(key);
                }
            }
            Map<Object, Claim> claims = leases.acquireAll(keys);
            return claims.values().stream().anyMatch(Theirs.class::isInstance) ? unlessLost(claims, stuck) : claims;
        } catch (RuntimeException failed) {
            withoutLease(failed);
            return Map.of();
        }
    }

    private Map<Object, Claim> unlessLost(Map<Object, Claim> claims, Set<Object> stuck) {
        Map<Object, Claim> all = new HashMap<>();
        claims.forEach((key, claim) -> {
            try {
                Claim now = unlessLost(key, claim, stuck.contains(key));
                if (now != null) {
                    all.put(key, now);
                }
            } catch (RuntimeException failed) {
                withoutLease(failed);
            }
        });
        return all;
    }

    /** The lease that a claim is, if it is one. */
    @Nullable Lease lease(Load load, @Nullable Claim claim) {
        return claim instanceof Mine mine ? new Lease(load, mine) : null;
    }

    /**
     * Whether a load may be joined: another process may have changed its key since it took the lease, and whoever asks now
     * may have begun after that. A store that cannot say leaves it at that.
     */
    boolean stands(Load load) {
        Lease lease = load.lease;
        try {
            return lease == null || leases.holds(load.key, lease.mine.token());
        } catch (RuntimeException failed) {
            withoutLease(failed);
            return true;
        }
    }

    /**
     * Ends a lease without a value. What the store cannot do now, the end of this process or of the wait does.
     *
     * @return whether the store could
     */
    private boolean release(Lease lease) {
        try {
            leases.release(lease.key, lease.mine.token());
            held.remove(lease.key, lease);
            return true;
        } catch (RuntimeException failed) {
            withoutLease(failed);
            return false;
        }
    }

    /** A lease of this process. Closing it lets go of it, unless it is over. */
    final class Lease implements AutoCloseable {
        private final Load load;
        private final Object key;
        private final Mine mine;
        private boolean over;

        private Lease(Load load, Mine mine) {
            this.load = load;
            this.key = load.key;
            this.mine = mine;
            held.put(key, this);
        }

        /** Stores what was computed under it; then it is over. */
        Outcome commit(Object value, Terms terms) {
            Outcome outcome = leases.commit(key, mine.token(), value, terms);
            over();
            return outcome;
        }

        Leases.Commit<Object> commitOf(Object value, Terms terms) {
            return new Leases.Commit<>(key, mine.token(), value, terms);
        }

        /** Stores what was computed under leases of one store, in one step; then all are over. */
        static List<Outcome> commitAll(List<Lease> leases, List<Leases.Commit<Object>> commits) {
            List<Outcome> outcomes = leases.get(0).store().commitAll(commits);
            leases.forEach(Lease::over);
            return outcomes;
        }

        private Leases<Object> store() {
            return leases;
        }

        private void over() {
            over = true;
            held.remove(key, this);
        }

        @Override
        public void close() {
            if (!over) {
                release(this);
                over = true;
            }
        }
    }

    /** What a bulk load waits for after it has let go of everything of its own. */
    final class Foreign {
        private final Map<Object, Wait> since = new HashMap<>();
        private final Map<Object, Runnable> waits = new LinkedHashMap<>();

        /** The claim, or, where another's lease has been waited for long enough, the one of taking it. */
        @Nullable Claim orSeized(Load load, @Nullable Claim claim) {
            Wait wait = since.get(load.key);
            if (wait == null) {
                return claim;
            }
            Duration waited = wait.soFar();
            if (claim instanceof Theirs && waited.compareTo(atMost) < 0) {
                return claim;
            }
            since.remove(load.key);
            Load bulk = load.nested;
            (bulk == null ? load : bulk).later(wait.over(load.key));
            try {
                return claim instanceof Theirs theirs ? seize(load.key, theirs, waited) : claim;
            } catch (RuntimeException failed) {
                return withoutLease(failed);
            }
        }

        /** Notes that another computes a key. */
        void add(Object key, Theirs theirs) {
            Wait wait = since.computeIfAbsent(key, first -> new Wait());
            waits.put(key, () -> {
                Duration left = atMost.minus(wait.soFar());
                if (!left.isNegative() && !left.isZero() && !inFlight.closed()) {
                    awaitChange(key, theirs, left);
                }
            });
        }

        /** Waits for all that were noted, holding nothing. */
        void await() {
            try {
                // Who computes the others meanwhile is a load of this process.
                over(key -> !waits.containsKey(key));
                waits.values().forEach(Runnable::run);
            } catch (LoadInterruptedException interrupted) {
                over(key -> true);
                throw interrupted;
            } catch (RuntimeException failed) {
                withoutLease(failed);
            } finally {
                waits.clear();
            }
        }

        private void over(Predicate<Object> which) {
            since.entrySet().removeIf(one -> {
                boolean over = which.test(one.getKey());
                if (over) {
                    one.getValue().over(one.getKey()).run();
                }
                return over;
            });
        }
    }
}
