package io.github.twatcache.benchmarks.wrap;

import io.github.twatcache.benchmarks.Cell;
import io.github.twatcache.benchmarks.Effort;
import io.github.twatcache.benchmarks.Section;
import io.github.twatcache.benchmarks.Spec;
import java.util.List;

/** The lines of the bench {@code wrap} and their goals. */
public final class WrapSections {
    private static final double GOAL = 1.3;
    private static final Effort HIT = new Effort(3, 5, 300, 60, 20);
    private static final Effort BESIDE = new Effort(2, 4, 300, 40, 20);
    private static final String BY_HAND = "wrapper written by hand";

    private WrapSections() {}

    /** All sections, in the order in which they are run. */
    public static List<Section> all() {
        return List.of(
                Section.of(
                        HIT,
                        List.of(
                                Spec.nanos("hit, 1 argument", of("wrappedOne"), BY_HAND, of("byHandOne"), GOAL),
                                Spec.nanos("hit, 3 arguments", of("wrappedThree"), BY_HAND, of("byHandThree"), GOAL),
                                Spec.nanos(
                                        "method that is passed on",
                                        of("wrappedPlain"),
                                        BY_HAND,
                                        of("byHandPlain"),
                                        GOAL))),
                Section.of(
                        BESIDE,
                        List.of(
                                Spec.nanos(
                                        "hit, beside a JDK proxy memoizer",
                                        of("wrappedOne"),
                                        "JDK proxy memoizer",
                                        of("proxy"),
                                        null),
                                Spec.nanos(
                                        "hit, beside Spring @Cacheable",
                                        of("wrappedOne"),
                                        "Spring @Cacheable on Caffeine",
                                        of("spring"),
                                        null))));
    }

    private static Cell of(String method) {
        return Cell.of(WrapBenchmark.class, method);
    }
}
