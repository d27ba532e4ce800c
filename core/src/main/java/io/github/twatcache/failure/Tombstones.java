package io.github.twatcache.failure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be removed from a store before its next answer: keys, tags, or everything.
 *
 * <p>They live in this process. More than {@value #MOST} of them become one for everything: to remove too much costs a
 * computation, to remove too little a wrong value.
 */
final class Tombstones {
    static final int MOST = 10_000;

    private final Map<Object, Stone> keys = new LinkedHashMap<>();
    private final Map<String, Object> tags = new LinkedHashMap<>();
    private @Nullable Object everything;

    /** Whether there is none: all that a look-up asks while nothing is wrong. */
    private volatile boolean none = true;

    /** One key's. A new one takes its place when the key is to be removed once more. */
    static final class Stone {
        private final List<Pending> pending;

        private Stone(List<Pending> pending) {
            this.pending = pending;
        }

        /** Whether a write of the key may still take effect, so that it is too early to remove. */
        boolean tooEarly() {
            return pending.stream().anyMatch(write -> !write.ended());
        }
    }

    boolean none() {
        return none;
    }

    /** A key whose value is not to be seen again. */
    synchronized void place(Object key) {
        place(key, List.of());
    }

    /** A key that a write, of which nobody knows when it ends, may still bring back. */
    synchronized void place(Object key, Pending write) {
        place(key, List.of(write));
    }

    private void place(Object key, List<Pending> more) {
        Stone before = keys.get(key);
        List<Pending> pending = new ArrayList<>(more);
        if (before != null) {
            before.pending.stream().filter(write -> !write.ended()).forEach(pending::add);
        }
        keys.put(key, new Stone(pending));
        if (keys.size() > MOST) {
            everything = new Object();
            keys.values().removeIf(stone -> !stone.tooEarly());
        }
        none = false;
    }

    synchronized void placeTag(String tag) {
        tags.put(tag, new Object());
        none = false;
    }

    synchronized void placeEverything() {
        everything = new Object();
        none = false;
    }

    synchronized @Nullable Stone of(Object key) {
        return keys.get(key);
    }

    synchronized boolean hides(Object key) {
        return everything != null || keys.containsKey(key);
    }

    synchronized @Nullable Object everything() {
        return everything;
    }

    synchronized Map<String, Object> tags() {
        return Map.copyOf(tags);
    }

    /** Some keys whose time has come. */
    synchronized List<Object> due(int most) {
        List<Object> due = new ArrayList<>();
        for (Map.Entry<Object, Stone> entry : keys.entrySet()) {
            if (due.size() == most) {
                break;
            }
            if (!entry.getValue().tooEarly()) {
                due.add(entry.getKey());
            }
        }
        return due;
    }

    /** Takes a stone away once the store has done what it stood for, unless it was placed again meanwhile. */
    synchronized void lift(Object key, Stone stone) {
        keys.remove(key, stone);
        settle();
    }

    synchronized void liftTag(String tag, Object seen) {
        tags.remove(tag, seen);
        settle();
    }

    synchronized void liftEverything(Object seen) {
        if (everything == seen) {
            everything = null;
        }
        settle();
    }

    private void settle() {
        none = keys.isEmpty() && tags.isEmpty() && everything == null;
    }

    synchronized int size() {
        return keys.size() + tags.size() + (everything == null ? 0 : 1);
    }
}
