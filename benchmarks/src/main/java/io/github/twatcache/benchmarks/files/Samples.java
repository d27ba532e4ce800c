package io.github.twatcache.benchmarks.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process has measured: samples by the name of a quantity, as both sides print them, a line each. */
final class Samples {
    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    /** Adds what a process has printed: a quantity's name, which may have several words, then its samples. */
    void add(List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            int first = words.length;
            while (first > 0 && words[first - 1].matches("[0-9.]+(E[0-9]+)?")) {
                first--;
            }
            String name = String.join(" ", Arrays.copyOf(words, first));
            List<Double> samples = all.computeIfAbsent(name, key -> new ArrayList<>());
            Arrays.stream(words, first, words.length).map(Double::valueOf).forEach(samples::add);
        }
    }

    /** The samples of a quantity; none where the process is absent. */
    List<Double> of(String name) {
        return all.getOrDefault(name, List.of());
    }

    /** What it takes when nothing disturbs; null where there are no samples. */
    @Nullable Double least(String name) {
        return of(name).isEmpty() ? null : Collections.min(of(name));
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
