package io.github.twatcache.benchmarks.paths;

import io.github.twatcache.TwatCache;
import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of the bench {@code paths}: a tree is really written, then asked how much it holds. */
public final class PathSections implements Section {
    private static final int CACHES = 10;
    private static final int FOLDERS = 256;
    private static final int FILES = 100_000;
    private static final int QUICK_FILES = 2_000;
    private static final int BYTES = 100;
    private static final double GOAL_MILLIS = 10;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private PathSections() {}

    /** All sections. */
    public static List<Section> all() {
        return List.of(new PathSections());
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        int files = quick ? QUICK_FILES : FILES;
        String name = "disk usage over " + files + " files";
        String write = "write of a new file of " + BYTES + " bytes";
        if (!wanted.test(name) && !wanted.test(write)) {
            return List.of();
        }
        Path parent = Files.createTempDirectory("twat-cache-bench-paths");
        try {
            Path root = parent.resolve("cache");
            List<Double> writes = write(root, files);
            List<Double> plain = writePlainly(parent.resolve("plain"), files / CACHES);
            List<Row> rows = new ArrayList<>(usage(name, root, files, quick));
            rows.add(row(write, writes, "the same, renamed but not counted", plain, "us", null, quick));
            return rows.stream().filter(row -> wanted.test(row.name())).toList();
        } finally {
            delete(parent);
        }
    }

    private static List<Row> usage(String name, Path root, int files, boolean quick) throws Exception {
        // What the first call costs in a program that has just been started, its opening of the directory included.
        List<Double> first = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            try (TwatCache twat = TwatCache.builder().directory(root).open()) {
                first.addAll(millis(1, () -> twat.diskUsage().files()));
            }
        }
        List<Double> ours = new ArrayList<>();
        List<Double> walks = new ArrayList<>();
        try (TwatCache twat = TwatCache.builder().directory(root).open()) {
            // In turns, so that both see the same good and bad moments.
            for (int i = 0; i < 10; i++) {
                ours.addAll(millis(20, () -> twat.diskUsage().files()));
                walks.addAll(millis(1, () -> walked(root.resolve("caches"))[1]));
            }
            long[] walked = walked(root.resolve("caches"));
            long counted = twat.diskUsage().bytes();
            if (walked[0] != counted || walked[1] != files || twat.diskUsage().files() != files) {
                throw new IllegalStateException("counted " + twat.diskUsage() + ", walked " + walked[0] + " bytes in "
                        + walked[1] + " files; a figure of a wrong count says nothing");
            }
        }
        List<Double> goal = List.of(GOAL_MILLIS);
        String limit = "the goal, 10 ms";
        return List.of(
                row(name, ours, limit, goal, "ms", 1.0, quick),
                row(name + ", first call", first, limit, goal, "ms", 1.0, quick),
                row(name + ", beside a walk", ours, "Files.walk and the length of each", walks, "ms", 1.0, quick));
    }

    private static Row row(
            String name,
            List<Double> ours,
            String peer,
            List<Double> theirs,
            String unit,
            @Nullable Double goal,
            boolean quick) {
        return new Row(
                name,
                Collections.min(ours),
                peer,
                Collections.min(theirs),
                unit,
                goal,
                !quick,
                Map.of("ours", ours, "theirs", theirs));
    }

    /** Microseconds of each write, a thousandth of them. */
    private static List<Double> write(Path root, int files) throws IOException {
        List<Double> micros = new ArrayList<>();
        byte[] content = new byte[BYTES];
        try (CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(root))) {
            for (int c = 0; c < CACHES; c++) {
                try (CacheFolder folder = directory.folder("cache-" + c)) {
                    for (int i = 0; i < files / CACHES; i++) {
                        long before = System.nanoTime();
                        folder.write(name(i), out -> out.write(content));
                        sample(micros, i, before);
                    }
                }
            }
        }
        return micros;
    }

    private static List<Double> writePlainly(Path root, int files) throws IOException {
        List<Double> micros = new ArrayList<>();
        byte[] content = new byte[BYTES];
        Files.createDirectories(root);
        for (int i = 0; i < files; i++) {
            long before = System.nanoTime();
            Path target = root.resolve(name(i));
            Path draft = root.resolve("draft");
            Files.write(draft, content);
            Files.createDirectories(target.getParent());
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            sample(micros, i, before);
        }
        return micros;
    }

    private static void sample(List<Double> micros, int number, long before) {
        long after = System.nanoTime();
        if (number % CACHES == 0) {
            micros.add((after - before) / NANOS_PER_MICRO);
        }
    }

    private static String name(int number) {
        return String.format(java.util.Locale.ROOT, "%02x/%06d", number % FOLDERS, number);
    }

    private static List<Double> millis(int times, Callable<Long> what) throws Exception {
        List<Double> millis = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < times; i++) {
            long before = System.nanoTime();
            sum += what.call();
            millis.add((System.nanoTime() - before) / NANOS_PER_MILLI);
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was found");
        }
        return millis;
    }

    private static long[] walked(Path root) throws IOException {
        long[] sums = new long[2];
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file)) {
                    sums[0] += Files.size(file);
                    sums[1]++;
                }
            }
        }
        return sums;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
