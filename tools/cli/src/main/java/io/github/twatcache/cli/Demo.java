package io.github.twatcache.cli;

import io.github.twatcache.Cached1;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.cli.classes.ClassFacts;
import io.github.twatcache.cli.classes.Ranking;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.heap.ByteEstimate;
import io.github.twatcache.stats.CacheStats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The demo's measurement: the same ranking from every class file, first without a cache, then twice through each engine.
 * Whatever an engine does, the text must come out the same.
 */
final class Demo {
    /**
     * How often it is done uncounted before it is measured: else what comes first pays for the JIT compiler, which
     * compiles anew when an engine appears that it had not seen.
     */
    private static final int WARM_UPS = 2;

    /** Of so many class files at most: an engine that writes files would take half a minute for all. */
    private static final int WARM_UP_FILES = 1_000;

    private final Instances instances;
    private final List<String> paths;
    private final Function<Ranking, String> print;

    Demo(Instances instances, List<String> paths, Function<Ranking, String> print) {
        this.instances = instances;
        this.paths = paths;
        this.print = print;
    }

    /**
     * The whole ranking, made once.
     *
     * @param millis how long it took
     * @param text what is printed
     * @param digest SHA-256 of the text in UTF-8, in hexadecimal
     */
    record Pass(double millis, String text, String digest) {}

    /**
     * Two passes through one engine.
     *
     * @param engine its name
     * @param first the pass that filled the cache
     * @param second the pass that found it full
     * @param stats what the cache has counted in both
     * @param bytes what the entries take, by {@link ByteEstimate}
     */
    record Passes(String engine, Pass first, Pass second, CacheStats stats, long bytes) {}

    /** All that was measured. */
    record Result(int classes, Pass uncached, List<Passes> engines) {}

    /** Measures engines one after the other. */
    Result run(List<String> engines, Screen screen) throws IOException {
        Demo some = new Demo(instances, paths.subList(0, Math.min(WARM_UP_FILES, paths.size())), print);
        long passes = 1 + 2L * engines.size();
        ProgressBar bar = new ProgressBar(screen, passes * (paths.size() + (long) WARM_UPS * some.paths.size()));
        try {
            for (int round = 0; round < WARM_UPS; round++) {
                some.measured("warming up", engines, bar);
            }
            return measured("", engines, bar);
        } finally {
            bar.end();
        }
    }

    private Result measured(String label, List<String> engines, ProgressBar bar) throws IOException {
        Pass uncached = pass(label.isEmpty() ? "without a cache" : label, ClassFacts::parse, bar);
        List<Passes> measured = new ArrayList<>();
        for (String engine : engines) {
            measured.add(measured(label, engine, uncached, bar));
        }
        return new Result(paths.size(), uncached, List.copyOf(measured));
    }

    private Passes measured(String label, String engine, Pass uncached, ProgressBar bar) throws IOException {
        try (TemporaryDirectory own = TemporaryDirectory.make();
                TwatCache twat = instances.start().directory(own.path()).open()) {
            Cached1<String, ClassFacts, IOException> facts =
                    twat.cache("demo").engine(engine).statistics().memoize(ClassFacts::parse);
            Instances.requireEngine(twat, facts.explain(), engine);
            Pass first = pass(label.isEmpty() ? engine + ", first pass" : label, facts, bar);
            requireSame(engine + ", first pass", first, uncached);
            Pass second = pass(label.isEmpty() ? engine + ", second pass" : label, facts, bar);
            requireSame(engine + ", second pass", second, uncached);
            return new Passes(engine, first, second, facts.stats(), bytes(facts));
        }
    }

    private Pass pass(String label, Fn1<String, ClassFacts, IOException> facts, ProgressBar bar) throws IOException {
        bar.begin(label);
        System.gc(); // no pass pays for what the one before left behind
        long start = System.nanoTime();
        Ranking.Builder classes = new Ranking.Builder();
        for (String path : paths) {
            classes.add(facts.apply(path));
            bar.step();
        }
        String text = print.apply(classes.rank());
        double millis = (System.nanoTime() - start) / 1e6;
        return new Pass(millis, text, sha256(text));
    }

    private static void requireSame(String label, Pass pass, Pass uncached) {
        if (!pass.digest.equals(uncached.digest)) {
            throw Refusal.failure(label + ": another ranking than without a cache (SHA-256 " + pass.digest
                    + ", uncached " + uncached.digest + "); a cache must not change a result: please report this");
        }
    }

    /** An entry that two classes share is counted for each: so {@code maximumBytes} would. */
    private long bytes(Cached1<String, ClassFacts, IOException> facts) {
        ByteEstimate estimate = new ByteEstimate();
        long bytes = 0;
        for (String path : paths) {
            Lookup<ClassFacts> entry = facts.peek(path);
            bytes += entry.present() ? estimate.weigh(path, entry.value()) : 0;
        }
        return bytes;
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
