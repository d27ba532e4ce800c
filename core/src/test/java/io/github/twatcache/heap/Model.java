package io.github.twatcache.heap;

import io.github.twatcache.config.Policy;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a heap store promises, said as plainly as can be: a list of entries, each search a walk, each victim a minimum.
 * The dead are dropped the moment they die.
 */
final class Model {
    /** One life of an entry. */
    static final class Line {
        final int key;
        final Object value;
        final int weight;
        final Set<String> tags;
        long started;
        long lastAccess;
        long own;
        long arrival;
        long lastUse;
        long uses;

        Line(int key, Object value, int weight, Set<String> tags) {
            this.key = key;
            this.value = value;
            this.weight = weight;
            this.tags = tags;
        }
    }

    private final Policy policy;
    private final long limit;
    private final long afterWrite;
    private final long afterAccess;
    private final List<Line> lines = new ArrayList<>();
    private long clock;
    long time;

    Model(Policy policy, long limit, long afterWrite, long afterAccess) {
        this.policy = policy;
        this.limit = limit;
        this.afterWrite = afterWrite;
        this.afterAccess = afterAccess;
    }

    List<Line> live() {
        lines.removeIf(this::dead);
        return lines;
    }

    private boolean dead(Line line) {
        if (line.own != Terms.UNSET) {
            return line.own != Terms.FOREVER && time - line.started >= line.own;
        }
        return (afterWrite != Terms.FOREVER && time - line.started >= afterWrite)
                || (afterAccess != Terms.FOREVER && time - line.lastAccess >= afterAccess);
    }

    /** How long a line has to live if nobody uses it. */
    long left(Line line) {
        if (line.own != Terms.UNSET) {
            return line.own == Terms.FOREVER ? Terms.FOREVER : line.own - (time - line.started);
        }
        long byWrite = afterWrite == Terms.FOREVER ? Terms.FOREVER : afterWrite - (time - line.started);
        long byAccess = afterAccess == Terms.FOREVER ? Terms.FOREVER : afterAccess - (time - line.lastAccess);
        return Math.min(byWrite, byAccess);
    }

    @Nullable Line find(int key) {
        for (Line line : live()) {
            if (line.key == key) {
                return line;
            }
        }
        return null;
    }

    long weight() {
        return live().stream().mapToLong(line -> line.weight).sum();
    }

    @Nullable Line get(int key) {
        Line line = find(key);
        if (line != null) {
            line.lastAccess = time;
            line.lastUse = ++clock;
            line.uses++;
        }
        return line;
    }

    /** Puts where the guard is known to hold; the evicted come into the list. */
    Outcome put(Line fresh, long own, List<Line> evicted) {
        Line old = find(fresh.key);
        if (fresh.weight > limit) {
            return Outcome.TOO_HEAVY;
        }
        if (own <= 0 && own != Terms.UNSET) {
            lines.remove(old);
            return Outcome.STORED;
        }
        long grown = fresh.weight - (old == null ? 0L : old.weight);
        while (grown > 0 && weight() + grown > limit) {
            Line victim = victim(old, evicted);
            if (victim == null) {
                return Outcome.FULL;
            }
            lines.remove(victim);
            evicted.add(victim);
        }
        boolean keeps = old != null && old.weight > 0 && fresh.weight > 0;
        fresh.started = time;
        fresh.lastAccess = time;
        fresh.own = own;
        fresh.lastUse = ++clock;
        fresh.arrival = keeps ? old.arrival : clock;
        fresh.uses = keeps ? old.uses + 1 : 1;
        lines.remove(old);
        lines.add(fresh);
        return Outcome.STORED;
    }

    private @Nullable Line victim(@Nullable Line spared, List<Line> evicted) {
        List<Line> others = new ArrayList<>(live());
        others.removeIf(line -> line == spared || line.weight == 0);
        return switch (policy) {
            case LRU -> least(others, Comparator.comparingLong(line -> line.lastUse));
            case MRU -> least(others, Comparator.comparingLong(line -> -line.lastUse));
            case FIFO -> least(others, Comparator.comparingLong(line -> line.arrival));
            case LFU ->
                least(others, Comparator.<Line>comparingLong(line -> line.uses).thenComparing(line -> line.lastUse));
            case RR -> chosen(others, evicted);
            case NONE -> null;
        };
    }

    /** Chance cannot be modelled: the test says through {@link #draw} whom the store chose. */
    private @Nullable Line chosen(List<Line> others, List<Line> evicted) {
        if (others.isEmpty()) {
            return null;
        }
        int key = draw.get(evicted.size());
        return others.stream()
                .filter(line -> line.key == key)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("the store evicted key " + key + ", which could not be a victim"));
    }

    List<Integer> draw = List.of();

    private static @Nullable Line least(List<Line> lines, Comparator<Line> by) {
        return lines.stream().min(by).orElse(null);
    }

    boolean remove(int key) {
        return live().removeIf(line -> line.key == key);
    }

    long removeTagged(String tag) {
        int before = live().size();
        lines.removeIf(line -> line.tags.contains(tag));
        return before - (long) lines.size();
    }

    boolean touch(int key, long own) {
        Line line = find(key);
        if (line == null) {
            return false;
        }
        line.own = own;
        line.started = time;
        line.lastAccess = time;
        return true;
    }

    void clear() {
        lines.clear();
    }
}
