package io.github.twatcache.benchmarks.async;

import io.github.twatcache.benchmarks.Cell;
import io.github.twatcache.benchmarks.Effort;
import io.github.twatcache.benchmarks.Section;
import io.github.twatcache.benchmarks.Spec;
import java.util.List;

/** The lines of the bench {@code async} and their goals. */
public final class AsyncSections {
    private static final double GOAL = 1.2;
    private static final Effort HIT = new Effort(3, 5, 300, 60, 20);
    private static final String CAFFEINE = "Caffeine AsyncCache";

    private AsyncSections() {}

    /** All sections, in the order in which they are run. */
    public static List<Section> all() {
        return List.of(
                Section.of(
                        HIT,
                        List.of(
                                Spec.nanos(
                                        "hit of a function, caffeine", of("memoized"), CAFFEINE, of("caffeine"), GOAL),
                                Spec.nanos("hit of a cache, caffeine", of("cache"), CAFFEINE, of("caffeine"), GOAL),
                                Spec.nanos("hit of a function, heap", of("onHeap"), CAFFEINE, of("caffeine"), null))),
                new Herds());
    }

    private static Cell of(String method) {
        return Cell.of(AsyncBenchmark.class, method);
    }
}
