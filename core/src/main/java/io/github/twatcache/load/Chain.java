package io.github.twatcache.load;

import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.text.ThreadWords;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The loads that the threads of this process run, inside each other and waiting for each other: one picture over all
 * caches, since a ring of waits may go through several.
 *
 * <p><b>Finding a ring.</b> A thread that is about to wait publishes its edge first ({@code waitsFor}) and then walks:
 * from the load it wants, to the innermost load of that load's thread, along its edge, and so on. If the walk comes back
 * to the walker's own innermost load, waiting would never end. Edges are volatile and published before the walk, so of
 * the threads that close a ring at least the last one sees all of it. Each edge on a ring is stable, since its end
 * cannot move before the walker does; one that a time-out breaks at that very moment may still be seen, so what
 * looks like a ring is walked twice.
 */
final class Chain {
    /**
     * The innermost load that a thread runs, in the one element of an array: a miss asks the thread once and then reads and
     * writes the element. An array of objects, since what a thread holds on to must not be a class of ours. The only static
     * state of loading: a ring knows no single cache.
     */
    private static final ThreadLocal<@Nullable Object[]> INNERMOST = ThreadLocal.withInitial(() -> new Object[1]);

    private Chain() {}

    static @Nullable Object[] place() {
        return INNERMOST.get();
    }

    static @Nullable Load innermost() {
        return innermost(place());
    }

    static @Nullable Load innermost(@Nullable Object[] place) {
        return (Load) place[0];
    }

    /** Before a load can be found by others: its thread now works on it. */
    static void enter(Load load) {
        Load parent = load.parent;
        if (parent != null) {
            parent.nested = load;
        }
        @Nullable Object[] place = load.place;
        if (place != null) {
            place[0] = load;
        }
    }

    static void leave(Load load) {
        Load parent = load.parent;
        if (parent != null) {
            parent.nested = null;
        }
        @Nullable Object[] place = load.place;
        if (place != null) {
            place[0] = parent;
        }
    }

    /**
     * Publishes that the thread of {@code self} is about to wait.
     *
     * @throws RecursiveLoadException when it would wait for itself
     */
    @SuppressWarnings(
            "IdentityBinaryExpression") // links move while the first walk reads them; a ring stays for the second
    static void waits(Load self, Load wanted) {
        self.waitsFor = wanted;
        if (leadsTo(wanted, self) && leadsTo(wanted, self)) {
            String chain = describe(self, wanted);
            self.waitsFor = null;
            throw recursive(chain);
        }
    }

    /**
     * Refuses a load inside a load of the same key on the same thread, for loads that nobody can join.
     *
     * @throws RecursiveLoadException when there is one
     */
    static void refuseOneself(Load self) {
        for (Load outer = self.parent; outer != null; outer = outer.parent) {
            if (outer.home == self.home && outer.key.equals(self.key)) {
                throw recursive(describe(self, outer));
            }
        }
    }

    /**
     * Refuses to wait, without a thread, for the very load inside which the call was made. Of an outer one nobody can tell:
     * what it has begun may wait for it without it waiting for that.
     *
     * @param inside the innermost load of the thread that called
     * @param wanted what the call would wait for
     * @throws RecursiveLoadException when it is the same
     */
    static void refuseItself(@Nullable Load inside, Load wanted) {
        if (inside == wanted) {
            throw recursive(describe(wanted, wanted));
        }
    }

    private static RecursiveLoadException recursive(String chain) {
        return new RecursiveLoadException("a load waits for itself: " + chain
                + "; compute what it needs before calling, or call the function itself (bypass) inside");
    }

    private static boolean leadsTo(Load from, Load self) {
        Set<Load> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Load load = from.innermost();
        while (load != self) {
            Load next = load.waitsFor;
            if (next == null || !seen.add(load)) {
                return false;
            }
            load = next.innermost();
        }
        return true;
    }

    /** The chain from the outermost load of this thread to the one it wants, in words. */
    static String describe(Load self, Load wanted) {
        StringBuilder words = new StringBuilder(64);
        Load load = self;
        StringBuilder mine = new StringBuilder();
        for (Load outer = self; outer != null; outer = outer.parent) {
            mine.insert(0, outer == self ? name(outer) : name(outer) + ", inside it ");
        }
        words.append(ThreadWords.of(Thread.currentThread())).append(" runs ").append(mine);
        Set<Load> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Load next = wanted; next != null && seen.add(load); next = load.waitsFor) {
            words.append(" and waits for ").append(name(next));
            load = next.innermost();
            if (load.owner == self.owner) {
                break;
            }
            words.append(", ").append(next.behind());
            if (load != next) {
                words.append(", now at ").append(name(load));
            }
        }
        return words.toString();
    }

    static String name(Load load) {
        return load.home.cache() + "[" + load.home.digest(load.key) + "]";
    }
}
