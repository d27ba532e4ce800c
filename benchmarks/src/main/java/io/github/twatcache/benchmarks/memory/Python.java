package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.benchmarks.Cell;
import io.github.twatcache.benchmarks.Effort;
import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Quantity;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hits of Python's memoizers, measured by a script under the first Python found that has cachetools. */
final class Python implements Section {
    private static final String SCRIPT = "hits.py";
    private static final String PREFIX = "hit, 1 argument, beside Python's ";
    private static final List<String> PEERS = List.of("functools.lru_cache", "cachetools.LRUCache");

    private final Cell ours;
    private final Effort effort;

    Python(Cell ours, Effort effort) {
        this.ours = ours;
        this.effort = effort;
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        List<String> peers =
                PEERS.stream().filter(peer -> wanted.test(PREFIX + peer)).toList();
        if (peers.isEmpty()) {
            return List.of();
        }
        var measured = lab.measure(List.of(ours), effort.orQuick(quick));
        Quantity nanos = new Quantity.Nanos(ours);
        Map<String, List<Double>> samples = samples(quick ? 1 : 10);
        List<Row> rows = new ArrayList<>();
        for (String peer : peers) {
            List<Double> theirs = samples.getOrDefault(peer, List.of());
            Map<String, Object> raw = new LinkedHashMap<>();
            raw.put("ours", nanos.raw(measured));
            raw.put("theirs", theirs);
            Double least = theirs.isEmpty() ? null : Collections.min(theirs);
            rows.add(new Row(PREFIX + peer, nanos.of(measured), peer, least, "ns", null, !quick, raw));
        }
        return rows;
    }

    /** Nanoseconds of a hit by peer; a peer that is absent is missing. */
    private static Map<String, List<Double>> samples(int rounds) throws IOException, InterruptedException {
        Map<String, List<Double>> samples = new HashMap<>();
        for (String python : pythons()) {
            for (String line : run(python, rounds)) {
                String[] words = line.split(" ", -1);
                samples.putIfAbsent(
                        words[0],
                        Arrays.stream(words).skip(1).map(Double::valueOf).toList());
            }
            if (samples.keySet().containsAll(PEERS)) {
                break;
            }
        }
        return samples;
    }

    private static List<String> pythons() {
        return Stream.<@Nullable String>of(System.getenv("TWAT_PYTHON"), "/usr/bin/python3", "python3", "python")
                .filter(Objects::nonNull)
                .toList();
    }

    /** The script's lines; none where that Python does not start or fails. */
    private static List<String> run(String python, int rounds) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(python, "-", Integer.toString(rounds))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            return List.of();
        }
        try (InputStream script = Objects.requireNonNull(Python.class.getResourceAsStream(SCRIPT), SCRIPT);
                var input = process.getOutputStream()) {
            script.transferTo(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output.lines().toList() : List.of();
    }
}
