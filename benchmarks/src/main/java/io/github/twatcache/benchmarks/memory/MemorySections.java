package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.benchmarks.Cell;
import io.github.twatcache.benchmarks.Effort;
import io.github.twatcache.benchmarks.Quantity;
import io.github.twatcache.benchmarks.Section;
import io.github.twatcache.benchmarks.Spec;
import io.github.twatcache.config.Policy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of the bench {@code memory} and their goals. */
public final class MemorySections {
    /**
     * JVMs differ in what they compile how, iterations of one hardly: a hit takes 9 ns in one of five and 11 in the others,
     * ours and the peer's. Where some nanoseconds decide, eight are asked.
     */
    private static final Effort HIT = new Effort(8, 5, 300, 40, 20);

    /** Above half full Caffeine tidies up now and then, which an iteration must be long enough to hold some of. */
    private static final Effort LONG_HIT = new Effort(6, 5, 300, 4, 500);

    private static final Effort PUT = new Effort(5, 4, 400, 60, 30);
    /** No two JVMs compile a miss alike: of ten, each side has some at its best; three may all be poor. */
    private static final Effort SHOTS = new Effort(10, 20, 1, 30, 1);

    private static final Effort HERD = new Effort(2, 3, 1, 10, 1);
    private static final Effort BESIDE = new Effort(2, 4, 400, 60, 20);

    private static final String BELOW = ", below half full";
    private static final String ABOVE = ", above half full";
    private static final String LARGE = "1000000";
    private static final String SMALL = "10000";

    private MemorySections() {}

    /** All sections, in the order in which they are run. */
    public static List<Section> all() {
        return List.of(
                new Footprint(),
                Section.of(HIT, hitsBelow()),
                Section.of(LONG_HIT, hitsAbove()),
                Section.of(HIT, calls()),
                Section.of(HIT, guards()),
                Section.of(LONG_HIT, heap()),
                Section.of(SHOTS, misses()),
                Section.of(HERD, herd()),
                Section.of(PUT, puts()),
                Section.of(BESIDE, beside()),
                new Python(below("memoized"), BESIDE));
    }

    private static Cell below(String method) {
        return Cell.of(HitBenchmark.class, method).with("capacity", Hits.BELOW_HALF_FULL);
    }

    private static Cell above(String method) {
        return Cell.of(HitBenchmark.class, method).with("capacity", Hits.ABOVE_HALF_FULL);
    }

    private static final String CAFFEINE = "Caffeine getIfPresent";
    private static final String UNCOUNTED = "ours, statistics off";

    private static List<Spec> hitsBelow() {
        return List.of(
                Spec.nanos("hit, 1 argument" + BELOW, below("memoized"), CAFFEINE, below("caffeine"), 1.15),
                new Spec(
                        "hit, 1 argument, allocated",
                        new Quantity.Bytes(below("memoized"), 0),
                        CAFFEINE,
                        new Quantity.Bytes(below("caffeine"), 0),
                        "B",
                        0.0),
                Spec.nanos("hit, statistics on" + BELOW, below("counted"), UNCOUNTED, below("memoized"), 1.3));
    }

    private static List<Spec> hitsAbove() {
        return List.of(
                Spec.nanos("hit, 1 argument" + ABOVE, above("memoized"), CAFFEINE, above("caffeine"), null),
                Spec.nanos("hit, statistics on" + ABOVE, above("counted"), UNCOUNTED, above("memoized"), 1.1));
    }

    private static List<Spec> calls() {
        Cell ours = Cell.of(CallBenchmark.class, "memoized");
        Cell theirs = Cell.of(CallBenchmark.class, "recordKey");
        long boxes = Sizes.boxes();
        return List.of(
                Spec.nanos("hit, 3 arguments" + BELOW, ours, "Caffeine, record as key", theirs, 1.3),
                new Spec(
                        "hit, 3 arguments, allocated",
                        new Quantity.Bytes(ours, 0),
                        "the record and two boxes",
                        new Quantity.Bytes(theirs, boxes),
                        "B",
                        1.0));
    }

    private static List<Spec> guards() {
        return List.of(Spec.nanos(
                "hit, guarded by retry and breaker" + BELOW,
                Cell.of(GuardBenchmark.class, "guarded"),
                "ours, not guarded",
                Cell.of(GuardBenchmark.class, "plain"),
                null));
    }

    private static List<Spec> heap() {
        String peer = "Caffeine" + ABOVE;
        return List.of(
                Spec.nanos("heap LRU hit, 1 thread", above("onHeap"), peer, above("caffeine"), 1.0),
                Spec.nanos(
                        "heap LRU hit, 2 threads",
                        above("onHeap").threads(2),
                        peer,
                        above("caffeine").threads(2),
                        2.0));
    }

    private static List<Spec> misses() {
        return List.of(Spec.nanos(
                "miss, trivial loader",
                Cell.of(MissBenchmark.class, "memoized"),
                "Caffeine get(k, loader)",
                Cell.of(MissBenchmark.class, "caffeine"),
                1.5));
    }

    private static List<Spec> herd() {
        return List.of(Spec.nanos(
                "64 callers of a failing 50 ms load",
                Cell.of(HerdBenchmark.class, "together"),
                "one caller",
                Cell.of(HerdBenchmark.class, "alone"),
                1.2));
    }

    private static List<Spec> puts() {
        List<Spec> specs = new ArrayList<>();
        for (Policy policy : Policy.values()) {
            // What is full under NONE takes new values for old keys only.
            boolean updates = policy == Policy.NONE;
            specs.add(new Spec(
                    "heap put at the limit, " + policy + ", 10^6 : 10^4 entries",
                    growth(updates ? "updating" : "evicting", policy),
                    updates ? "ConcurrentHashMap update" : "ConcurrentHashMap put + remove",
                    growth(updates ? "mapUpdating" : "mapEvicting", null),
                    "times",
                    2.0));
        }
        return specs;
    }

    private static Quantity growth(String method, @Nullable Policy policy) {
        Cell cell = Cell.of(PutBenchmark.class, method).with("policy", policy == null ? Policy.LRU : policy);
        return new Quantity.Growth(cell.with("entries", LARGE), cell.with("entries", SMALL));
    }

    private static List<Spec> beside() {
        return List.of(
                beside("Spring @Cacheable on Caffeine", "spring", 0.1),
                beside("Spring @Cacheable with SpEL", "springSpEL", 0.04),
                beside("cache2k", "cache2k", null),
                beside("Ehcache heap", "ehcache", null),
                beside("Guava", "guava", null),
                beside("JCache on Caffeine", "jcache", null),
                beside("JDK proxy memoizer", "proxy", null));
    }

    private static Spec beside(String peer, String method, @Nullable Double goal) {
        Cell theirs = Cell.of(PeerBenchmark.class, method).with("capacity", Hits.BELOW_HALF_FULL);
        return Spec.nanos("hit, 1 argument, beside " + peer, below("memoized"), peer, theirs, goal);
    }
}
