package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open caches of one {@link TwatCache}, by name; under a name, one for each key space.
 *
 * <p>A name belongs to one function (or to one cache of data). The same function with other captured values has a key
 * space of its own under the same name; another function under the name is an error, and so are other settings: two
 * places that disagree would be right by turns.
 *
 * <p>A cache is opened outside the lock, since that may take long: meanwhile its name is taken, and only who asks for a
 * cache of that name waits. So it is while one is closed: who asks for it then gets a new one, not the one that ends.
 */
final class Registry {
    /**
     * An open cache of the same name that is apart from the one to be made: on a heap. An engine whose entries outlive the
     * cache has one place for a name, and cannot keep the two apart.
     *
     * @param core the open cache
     * @param complaint why one place cannot serve both, and what to do
     */
    record Neighbour(CacheCore core, String complaint) {}

    /** Opens a cache beside others, which may take long. */
    @FunctionalInterface
    interface Maker {
        CacheCore make(List<Neighbour> neighbours, Seat seat);
    }

    /** The place of a cache under its name: taken before the cache is opened, and left when it has been closed. */
    final class Seat {
        private final String name;
        private final Claim claim;
        private final String place;
        /** Whoever opens the cache, or closes it; {@code null} while it is open. */
        private @Nullable Thread busy = Thread.currentThread();

        private @Nullable CacheCore core;
        private long number;
        private int askers = 1;

        private Seat(String name, Claim claim, String place) {
            this.name = name;
            this.claim = claim;
            this.place = place;
        }

        /** From now on whoever asks for the cache waits until it is closed, and gets a new one. */
        void closes() {
            locked(() -> {
                busy = Thread.currentThread();
                return true;
            });
        }

        /** Nothing is left of the cache. */
        void leave() {
            Runnable last = locked(() -> {
                List<Seat> seats = caches.getOrDefault(name, List.of());
                if (seats.remove(this) && seats.isEmpty()) {
                    caches.remove(name);
                }
                busy = null; // a closed cache holds on to no thread
                changed.signalAll();
                return caches.isEmpty() ? afterAll : null;
            });
            if (last != null) {
                last.run();
            }
        }

        /** Takes note that the cache is open; not where it comes too late. */
        private boolean opened(CacheCore made) {
            return locked(() -> {
                core = made;
                number = count++;
                busy = closed ? busy : null;
                changed.signalAll();
                return !closed;
            });
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, List<Seat>> caches = new TreeMap<>();
    private long count;
    private boolean closed;
    private @Nullable Runnable afterAll;

    /**
     * The cache of that claim: the one that is open, or a new one. Waits for nothing but another thread that opens or closes
     * a cache of that very name.
     */
    CacheCore claim(String name, Claim claim, Maker maker) {
        Seat mine = new Seat(name, claim, CallSite.here());
        List<Neighbour> neighbours = new ArrayList<>();
        CacheCore open = locked(() -> {
            while (!settled(name)) {
                changed.awaitUninterruptibly();
            }
            CacheCore found = found(mine, neighbours);
            if (found == null) {
                caches.computeIfAbsent(name, unused -> new ArrayList<>()).add(mine);
            }
            return found;
        });
        return open == null ? made(mine, neighbours, maker) : open;
    }

    /** Whether no other thread opens or closes a cache of a name: what is right is known when that is over. */
    private boolean settled(String name) {
        if (closed) {
            throw refused();
        }
        boolean settled = true;
        for (Seat seat : caches.getOrDefault(name, List.of())) {
            boolean mine = seat.busy == Thread.currentThread();
            if (mine && seat.core == null) {
                throw new IllegalStateException("cache '" + name + "' (made at " + seat.place
                        + ") is asked for again by what opens it, and would wait for itself; use another cache there");
            }
            settled &= mine || seat.busy == null;
        }
        return settled;
    }

    private @Nullable CacheCore found(Seat mine, List<Neighbour> neighbours) {
        Claim claim = mine.claim;
        String name = mine.name;
        for (Seat open : caches.getOrDefault(name, List.of())) {
            CacheCore core = Objects.requireNonNull(open.core);
            if (!open.claim.implementation().equals(claim.implementation())) {
                throw new ConfigurationException("cache name '" + name + "' is taken by " + open.claim.words() + " (at "
                        + open.place + ") and cannot serve " + claim.words() + " (at " + mine.place
                        + ") too; give one of them another name");
            }
            if (!open.claim.scope().equals(claim.scope())) {
                neighbours.add(new Neighbour(core, otherScope(open, mine)));
                continue;
            }
            String difference = Claim.difference(open.claim.settings(), claim.settings());
            if (difference != null) {
                throw new ConfigurationException("cache '" + name + "' was built with other settings: " + difference
                        + " (at " + open.place + " and at " + mine.place
                        + "); use the same settings, another name, or keep the first result in a field");
            }
            if (open.claim.space().equals(claim.space())) {
                if (open.busy != null) {
                    throw new IllegalStateException(
                            "cache '" + name + "' (made at " + open.place
                                    + ") is asked for again by what closes it, and would wait for itself; ask when it is closed");
                }
                open.askers++;
                return core;
            }
            if (!claim.portable()) {
                neighbours.add(new Neighbour(core, otherObject(open, mine)));
            }
        }
        return null;
    }

    /** Opens a cache, outside the lock; one that comes too late is closed again. */
    private static CacheCore made(Seat seat, List<Neighbour> neighbours, Maker maker) {
        CacheCore core;
        try {
            core = maker.make(neighbours, seat);
        } catch (Throwable failed) {
            seat.leave();
            throw failed;
        }
        if (!seat.opened(core)) {
            IllegalStateException late = refused();
            InTurn.run(
                    () -> {
                        throw late;
                    },
                    core::close);
            throw late;
        }
        return core;
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("this TwatCache is closed; open a new one with TwatCache.open()");
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets no more caches be made; returns those that are open, the last made first: it may build on earlier ones. One that is
     * being opened is closed by whoever opens it, as soon as it is open.
     */
    List<CacheCore> close() {
        return locked(() -> {
            closed = true;
            changed.signalAll();
            return seats().filter(seat -> seat.core != null)
                    .sorted(Comparator.<Seat>comparingLong(seat -> seat.number).reversed())
                    .map(seat -> Objects.requireNonNull(seat.core))
                    .toList();
        });
    }

    /** Does something when no cache is open any more: now, or when the last that is still being opened or closed is closed. */
    void afterAll(Runnable action) {
        boolean now = locked(() -> {
            afterAll = action;
            return caches.isEmpty();
        });
        if (now) {
            action.run();
        }
    }

    /**
     * Takes back that a cache was asked for.
     *
     * @return whether nobody else has asked for it: then it is to be closed, and nobody gets it any more
     */
    boolean takesBack(CacheCore core) {
        return locked(() -> seats().filter(seat -> seat.core == core && seat.busy == null)
                .anyMatch(seat -> {
                    if (--seat.askers == 0) {
                        seat.busy = Thread.currentThread();
                    }
                    return seat.askers == 0;
                }));
    }

    /** The open caches by name. */
    Map<String, List<CacheCore>> open() {
        Map<String, List<CacheCore>> open = new LinkedHashMap<>();
        locked(() -> {
            seats().forEach(seat -> {
                CacheCore core = seat.core;
                if (core != null) {
                    open.computeIfAbsent(seat.name, unused -> new ArrayList<>()).add(core);
                }
            });
            return open;
        });
        return open;
    }

    /** The open cache of a name that was made under those overrides, else the one that was made first; null for none. */
    @Nullable CacheCore open(String name, Map<String, Object> scope) {
        return locked(() -> caches.getOrDefault(name, List.of()).stream()
                .filter(seat -> seat.core != null)
                .min(Comparator.<Seat, Boolean>comparing(
                                seat -> !seat.claim.scope().equals(scope))
                        .thenComparing(seat -> seat.number))
                .map(seat -> seat.core)
                .orElse(null));
    }

    private Stream<Seat> seats() {
        return caches.values().stream().flatMap(List::stream);
    }

    private static String otherScope(Seat open, Seat mine) {
        String difference =
                Objects.requireNonNullElse(Claim.difference(open.claim.scope(), mine.claim.scope()), "nothing");
        return "cache '" + mine.name + "' outlives this program in one place, which cannot serve two scopes at once: "
                + difference + " (at " + open.place + " and at " + mine.place
                + "); close the one before the other is made, or give it another name";
    }

    private static String otherObject(Seat open, Seat mine) {
        return "cache '" + mine.name + "' outlives this program, so its name stands for what " + mine.claim.words()
                + " has captured without an encoding, and stands for another object already (at " + open.place
                + " and at " + mine.place
                + "); give each a name of its own, or capture only what can be encoded: numbers, texts, enums, records";
    }
}
