package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The timings of one store over all rounds. */
final class Figures {
    private final List<Timings> rounds = new ArrayList<>();

    void add(Timings timings) {
        rounds.add(timings);
    }

    boolean none() {
        return rounds.isEmpty();
    }

    /** Each figure at its best. */
    Timings best() {
        return rounds.stream().reduce(Timings::best).orElseThrow();
    }

    private List<Map<String, Double>> raw() {
        return rounds.stream().map(Timings::json).toList();
    }

    /** A line of the result: a figure of ours by the same of a peer's. */
    static Row row(
            String name,
            Figures ours,
            ToDoubleFunction<Timings> figure,
            String peer,
            Figures theirs,
            @Nullable Double goal,
            boolean quick) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("ours", ours.raw());
        raw.put("theirs", theirs.raw());
        Double other = theirs.none() ? null : Double.valueOf(figure.applyAsDouble(theirs.best()));
        return new Row(name, figure.applyAsDouble(ours.best()), peer, other, "us", goal, !quick, raw);
    }
}
