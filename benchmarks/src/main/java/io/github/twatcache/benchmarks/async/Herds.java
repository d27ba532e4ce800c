package io.github.twatcache.benchmarks.async;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@link VirtualHerd}. Its JVM is this one's, where that knows virtual threads that wait in monitors without
 * their carriers (JDK 24 and later), else the one in the environment variable {@value #OTHER}; without either the lines are
 * there and the figures absent.
 */
final class Herds implements Section {
    private static final String OTHER = "TWAT_JDK";
    private static final int SINCE = 24;
    private static final int ROUNDS = 16;

    /** The first rounds are spent on loading classes, which pins, and on compilation. */
    private static final int WARM = 4;

    private static final String LOADS = "loads of %s";
    private static final String PINNED = "carriers pinned by %s";
    private static final String WALL = "time of %s";

    private static final Map<String, String> WAYS = Map.of(
            "waits-caffeine", "10,000 virtual threads that wait, caffeine",
            "waits-heap", "10,000 virtual threads that wait, heap",
            "future-caffeine", "10,000 virtual threads that join futures, caffeine",
            "future-heap", "10,000 virtual threads that join futures, heap");

    /** One round of one way. */
    private record Round(double loads, double pinned, double micros) {
        static Round of(String words) {
            double[] numbers = Arrays.stream(words.split("/"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Round(numbers[0], numbers[1], numbers[2]);
        }
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        List<String> ways = WAYS.keySet().stream().sorted().toList();
        if (ways.stream().noneMatch(way -> lines(WAYS.get(way)).stream().anyMatch(wanted))) {
            return List.of();
        }
        Path java = java();
        Map<String, List<Round>> rounds = java == null ? Map.of() : played(java, quick ? 1 : ROUNDS);
        List<Row> rows = new ArrayList<>();
        for (String way : ways) {
            List<Round> ofWay = rounds.getOrDefault(way, List.of());
            List<Round> warm = ofWay.size() > WARM ? ofWay.subList(WARM, ofWay.size()) : ofWay;
            String name = WAYS.get(way);
            boolean judged = !quick || java == null;
            rows.add(row(
                    LOADS.formatted(name),
                    worst(ofWay, Round::loads),
                    "one for each key",
                    100.0,
                    "loads",
                    1.0,
                    judged,
                    ofWay));
            rows.add(
                    row(PINNED.formatted(name), worst(warm, Round::pinned), "none", 0.0, "events", 0.0, judged, ofWay));
            rows.add(row(
                    WALL.formatted(name),
                    worst(warm, Round::micros) / 1e3,
                    "one load",
                    (double) VirtualHerd.SOURCE_MILLIS,
                    "ms",
                    2.0,
                    judged,
                    ofWay));
        }
        return rows.stream().filter(row -> wanted.test(row.name())).toList();
    }

    private static List<String> lines(@Nullable String way) {
        return List.of(LOADS.formatted(way), PINNED.formatted(way), WALL.formatted(way));
    }

    private static double worst(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    /** Where nothing was measured, ours is nothing and the peer absent: such a line is never ok. */
    private static Row row(
            String name,
            double ours,
            String peer,
            double theirs,
            String unit,
            double goal,
            boolean judged,
            Object raw) {
        boolean absent = Double.isNaN(ours);
        return new Row(name, absent ? 0 : ours, peer, absent ? null : theirs, unit, goal, judged, raw(raw));
    }

    private static Object raw(Object rounds) {
        return rounds instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : rounds.toString();
    }

    private static @Nullable Path java() {
        if (Runtime.version().feature() >= SINCE) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        String other = System.getenv(OTHER);
        Path java = other == null ? null : Path.of(other, "bin", "java");
        return java != null && Files.isExecutable(java) ? java : null;
    }

    private static Map<String, List<Round>> played(Path java, int rounds) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        java.toString(),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualHerd.class.getName(),
                        Integer.toString(rounds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, List<Round>> played = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                played.put(words[0], Arrays.stream(words).skip(1).map(Round::of).toList());
            }
        }
        int code = child.waitFor();
        if (code != 0) {
            throw new IOException("the herd of virtual threads ended with " + code + "; see what it wrote above");
        }
        return played;
    }
}
