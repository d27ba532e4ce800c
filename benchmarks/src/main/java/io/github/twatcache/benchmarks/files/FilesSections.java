package io.github.twatcache.benchmarks.files;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.PythonScript;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the bench {@code files} and their goals. Ours and joblib are measured in processes of their own, in turns,
 * with arrays of the same content; what the machine can do at best is measured in the process of ours.
 */
public final class FilesSections implements Section {
    private static final String JOBLIB = "joblib ";

    private FilesSections() {}

    /** All sections. */
    public static List<Section> all() {
        return List.of(new FilesSections());
    }

    /**
     * A line to be.
     *
     * @param name the case
     * @param ours the quantity of ours
     * @param theirs the peer's quantity; of our process where it begins with {@code bare}; a number where it is one
     * @param unit of both
     * @param scale what a sample is divided by to have that unit
     * @param goal what the ratio must not exceed; null where the line only stands beside others
     */
    private record Line(
            String name,
            String ours,
            String theirs,
            String unit,
            double scale,
            @Nullable Double goal) {
        /** What a process has to do for it: the first word, where the others would be measured with the large array. */
        String part() {
            String word = ours.split(" ", 2)[0];
            return Set.of("number", "pressed", "prune").contains(word) ? word : "large";
        }
    }

    private static List<Line> lines(Sizes sizes) {
        String large = sizes.large() * Double.BYTES / 1_000_000 + " MB";
        String small = sizes.small() * Double.BYTES / 1_000_000.0 + " MB";
        return List.of(
                new Line("digest of an argument, " + small, "hash small", JOBLIB + "hash small", "ms", 1e3, 1 / 5.0),
                new Line("digest of an argument, " + large, "hash", JOBLIB + "hash", "ms", 1e3, 1 / 5.0),
                new Line(
                        "digest of an argument, SHA-256, " + large,
                        "hash SHA-256",
                        JOBLIB + "hash",
                        "ms",
                        1e3,
                        1 / 1.6),
                new Line("hit, verified, " + large, "hit", JOBLIB + "hit", "ms", 1e3, 1 / 1.3),
                new Line("hit, not verified, " + large, "hit unverified", JOBLIB + "hit", "ms", 1e3, 1 / 1.7),
                new Line("hit, not verified, " + large + ": limit", "hit unverified", "bare read", "ms", 1e3, 1.5),
                new Line(
                        "hit, array captured by the function, " + large,
                        "hit captured",
                        JOBLIB + "hit",
                        "ms",
                        1e3,
                        null),
                new Line("mapped hit, " + large, "mapped", JOBLIB + "mapped", "us", 1, 1 / 3.0),
                new Line("mapped hit, " + large + ": limit", "mapped", "60", "us", 1, 1.0),
                new Line("store, " + large, "store", JOBLIB + "store", "ms", 1e3, 1 / 1.3),
                new Line("store, " + large + ": limit", "store", "bare write", "ms", 1e3, 1.4),
                new Line("hit of a small number", "number", JOBLIB + "number", "us", 1, 1 / 4.0),
                new Line("zstd, smooth data: store", "pressed store", JOBLIB + "pressed store", "ms", 1e3, 1 / 8.0),
                new Line("zstd, smooth data: hit", "pressed hit", JOBLIB + "pressed hit", "ms", 1e3, 1 / 2.0),
                new Line("zstd, smooth data: bytes", "pressed bytes", JOBLIB + "pressed bytes", "B", 1, 1.0),
                new Line("pruning 500 entries: limit", "prune few", "100", "ms", 1e3, 1.0),
                new Line("pruning 500 entries, beside deleting", "prune few", "bare prune few", "ms", 1e3, null),
                new Line(
                        "pruning " + sizes.pruned() + " entries: limit",
                        "prune many",
                        Integer.toString(sizes.pruned() / 10),
                        "ms",
                        1e3,
                        1.0));
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        Sizes sizes = quick ? Sizes.QUICK : Sizes.WHOLE;
        List<Line> lines =
                lines(sizes).stream().filter(line -> wanted.test(line.name())).toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        String parts = lines.stream().map(Line::part).distinct().collect(Collectors.joining(","));
        Samples ours = new Samples();
        Samples theirs = new Samples();
        try (PythonScript joblib = PythonScript.of(FilesSections.class, "joblib_memory.py", "joblib, numpy")) {
            for (int round = 0; round < (quick ? 1 : 2); round++) {
                ours.add(within(directory -> PythonScript.run(java(directory, sizes, parts))));
                if (joblib.present()) {
                    theirs.add(within(directory -> joblib.run(sizes.arguments(directory, parts))));
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Line line : lines) {
            rows.add(row(line, ours, theirs, quick));
        }
        return rows;
    }

    private static Row row(Line line, Samples ours, Samples theirs, boolean quick) {
        String quantity = line.theirs();
        boolean joblib = quantity.startsWith(JOBLIB);
        boolean number = Character.isDigit(quantity.charAt(0));
        Samples side = joblib ? theirs : ours;
        String name = joblib ? quantity.substring(JOBLIB.length()) : quantity;
        Double limit = number ? Double.valueOf(quantity) : scaled(side.least(name), line.scale());
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("ours", ours.of(line.ours()));
        raw.put("theirs", number ? List.of() : side.of(name));
        return new Row(
                line.name(),
                Objects.requireNonNull(scaled(ours.least(line.ours()), line.scale()), line.ours()),
                joblib ? JOBLIB.strip() : number ? "the goal" : quantity,
                limit,
                line.unit(),
                line.goal(),
                !quick,
                raw);
    }

    private static @Nullable Double scaled(@Nullable Double sample, double scale) {
        return sample == null ? null : Double.valueOf(sample / scale);
    }

    /** The heap is touched before anything is measured, as that of a program is which has run for a while. */
    private static List<String> java(Path directory, Sizes sizes, String parts) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + sizes.heap(),
                "-Xmx" + sizes.heap(),
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        for (Object argument : sizes.arguments(directory, parts)) {
            command.add(argument.toString());
        }
        command.add(Integer.toString(sizes.pruned()));
        return command;
    }

    private interface Use {
        List<String> in(Path directory) throws IOException;
    }

    /** Does something in a fresh directory, which is gone afterwards. */
    private static List<String> within(Use use) throws IOException {
        Path directory = Files.createTempDirectory("twat-cache-bench-files");
        try {
            return use.in(directory);
        } finally {
            List<Path> all;
            try (Stream<Path> files = Files.walk(directory)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        }
    }
}
