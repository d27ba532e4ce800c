package io.github.twatcache.cli;

import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.Explanation;
import io.github.twatcache.TwatCache;
import io.github.twatcache.cli.classes.ClassGraph;
import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The demo's arrays: which classes refer to which, how much each is used (PageRank), and which are used together. The
 * first run computes them and keeps them in files; a second run, which knows nothing of the first, maps them.
 */
final class ArraysDemo {
    /** So many classes, the most used ones, are looked at in pairs. */
    private static final int TOGETHER = 1_000;

    private final Instances instances;
    private final List<String> modules;

    ArraysDemo(Instances instances, List<String> modules) {
        this.instances = instances;
        this.modules = List.copyOf(modules);
    }

    /**
     * One of the results.
     *
     * @param name what it is
     * @param kept how it is kept
     * @param shape how many elements in each dimension
     * @param firstMillis how long it took to compute and store
     * @param secondMillis how long the second run took to find it
     * @param bytes how many bytes its file has
     */
    record Part(String name, String kept, List<Long> shape, double firstMillis, double secondMillis, long bytes) {}

    /**
     * All of it.
     *
     * @param classes how many classes were read
     * @param references how often one of them refers to another
     * @param parts the results
     * @param text the most used classes
     * @param digest SHA-256 of all elements of the scores and the pairs, and of the names
     */
    record Result(int classes, int references, List<Part> parts, String text, String digest) {}

    /** The first run computes, the second finds. */
    Result run(int top) throws IOException {
        try (TemporaryDirectory own = TemporaryDirectory.make()) {
            Run first = once(own.path(), top);
            Run second = once(own.path(), top);
            if (!first.digest.equals(second.digest)) {
                throw Refusal.failure("the second run found other arrays than the first has computed (SHA-256 "
                        + second.digest + ", first " + first.digest
                        + "); a cache must not change a result: please report this");
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < first.steps.size(); i++) {
                Step before = first.steps.get(i);
                Step after = second.steps.get(i);
                parts.add(new Part(before.name, before.kept, before.shape, before.millis, after.millis, before.bytes));
            }
            return new Result(first.classes, first.references, List.copyOf(parts), first.text, first.digest);
        }
    }

    /** A step of one run. */
    private record Step(String name, String kept, List<Long> shape, double millis, long bytes) {}

    /** What one run has found. */
    private record Run(int classes, int references, List<Step> steps, String text, String digest) {}

    private Run once(Path directory, int top) throws IOException {
        try (TwatCache twat = instances.start().directory(directory).open()) {
            Cached1<List<String>, ClassGraph, IOException> graphs =
                    twat.files("references").memoize(ClassGraph::read);
            Cached1<ClassGraph, MappedArray, RuntimeException> scores =
                    twat.files("scores").memoize(ArraysDemo::scores);
            Cached2<ClassGraph, int[], MappedArray, RuntimeException> pairs =
                    twat.files("pairs").memoize(ArraysDemo::pairs);
            for (Explanation cache : List.of(graphs.explain(), scores.explain(), pairs.explain())) {
                Instances.requireEngine(twat, cache, "files");
            }
            long start = System.nanoTime();
            ClassGraph graph = graphs.apply(modules);
            long read = System.nanoTime();
            try (MappedArray ranks = scores.apply(graph)) {
                long ranked = System.nanoTime();
                int[] first = ClassGraph.first((double[]) ranks.toArray(), TOGETHER);
                long chosen = System.nanoTime();
                try (MappedArray together = pairs.apply(graph, first)) {
                    long counted = System.nanoTime();
                    long names = graph.names().length;
                    List<Step> steps = List.of(
                            new Step(
                                    "references",
                                    ".npz",
                                    List.of(names),
                                    millis(start, read),
                                    bytes(directory, "references")),
                            new Step(
                                    "scores",
                                    ".npy, mapped",
                                    shape(ranks),
                                    millis(read, ranked),
                                    bytes(directory, "scores")),
                            new Step(
                                    "pairs",
                                    ".npy, mapped",
                                    shape(together),
                                    millis(chosen, counted),
                                    bytes(directory, "pairs")));
                    return new Run(
                            graph.names().length,
                            graph.targets().length,
                            steps,
                            text(graph, ranks, together, first, top),
                            digest(graph, ranks, together));
                }
            }
        }
    }

    private static MappedArray scores(ClassGraph graph) {
        double[] ranks = graph.ranks();
        return MappedArray.create(new long[] {ranks.length}, Dtype.FLOAT64, to -> to.putAll(ranks, 0, ranks.length));
    }

    private static MappedArray pairs(ClassGraph graph, int[] chosen) {
        int[][] counts = graph.together(chosen);
        return MappedArray.create(new long[] {chosen.length, chosen.length}, Dtype.INT32, to -> {
            for (int[] row : counts) {
                to.putAll(row, 0, row.length);
            }
        });
    }

    private static List<Long> shape(MappedArray array) {
        return Arrays.stream(array.shape()).boxed().toList();
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }

    /** How many bytes the values of a cache take; their files are named so in docs/files-format.md. */
    private static long bytes(Path directory, String cache) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory.resolve("caches").resolve(cache))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += file.getFileName().toString().startsWith("value-") ? Files.size(file) : 0;
            }
        }
        return bytes;
    }

    /** The most used classes, each with the one that is most often used together with it. */
    private static String text(ClassGraph graph, MappedArray ranks, MappedArray together, int[] first, int top) {
        Table table =
                new Table().numbers("rank").words("class").numbers("score").words("used most often with");
        for (int place = 0; place < Math.min(top, first.length); place++) {
            long row = (long) place * first.length;
            int with = -1;
            for (int other = 0; other < first.length; other++) {
                if (other != place && (with < 0 || together.getLong(row + other) > together.getLong(row + with))) {
                    with = other;
                }
            }
            table.row(
                    Text.count(place + 1),
                    graph.names()[first[place]],
                    String.format(Locale.ROOT, "%.4f", ranks.getDouble(first[place])),
                    with < 0 ? "" : simple(graph.names()[first[with]]));
        }
        return table.text();
    }

    /** A class's name without its package: two whole ones do not fit a line. */
    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String digest(ClassGraph graph, MappedArray ranks, MappedArray together) {
        return Demo.sha256(ranks.digest()
                + together.digest()
                + String.join("\n", graph.names())
                + Arrays.toString(graph.starts())
                + Arrays.toString(graph.targets()));
    }
}
