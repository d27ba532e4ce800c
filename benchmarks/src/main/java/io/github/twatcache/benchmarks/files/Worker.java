package io.github.twatcache.benchmarks.files;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.key.KeyDigest;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Measures ours, and what the machine can do, in a JVM of its own. Prints a line for each quantity: its name, then its
 * samples in microseconds.
 */
public final class Worker {
    private static final int LITTLE_FEW = 500;

    private final PrintStream out;
    private final Path directory;
    private final int rounds;

    private Worker(PrintStream out, Path directory, int rounds) {
        this.out = out;
        this.directory = directory;
        this.rounds = rounds;
    }

    /**
     * Arguments: directory, the parts wanted, elements of the large, the small and the smooth array, rounds, entries to
     * prune.
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        int[] numbers =
                Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
        Worker worker = new Worker(out, Path.of(arguments[0]), numbers[3]);
        Set<String> parts = Set.of(arguments[1].split(",", -1));
        if (parts.contains("large")) {
            worker.large(noise(numbers[0]), numbers[1]);
        }
        if (parts.contains("number")) {
            worker.number();
        }
        if (parts.contains("pressed")) {
            worker.pressed(smooth(numbers[2]));
        }
        if (parts.contains("prune")) {
            worker.pruned("prune few", LITTLE_FEW);
            worker.deleted("bare prune few", LITTLE_FEW);
            worker.pruned("prune many", numbers[4]);
        }
    }

    /** What no compressor makes smaller. */
    private static double[] noise(int elements) {
        return new SplittableRandom(7).doubles(elements).toArray();
    }

    /** A slow wave to three decimals, the same as the other side makes. */
    private static double[] smooth(int elements) {
        double[] array = new double[elements];
        for (int i = 0; i < elements; i++) {
            array[i] = Math.rint(Math.sin(i / 1000.0) * 1000) / 1000;
        }
        return array;
    }

    private interface Timed {
        void run(int round) throws Exception;
    }

    private interface Before {
        void run() throws Exception;
    }

    private void say(String name, int times, Timed timed) throws Exception {
        say(name, times, () -> {}, timed);
    }

    private void say(String name, int times, Before before, Timed timed) throws Exception {
        StringBuilder line = new StringBuilder(name);
        for (int i = 0; i < times; i++) {
            before.run();
            long began = System.nanoTime();
            timed.run(i);
            line.append(' ').append((System.nanoTime() - began) / 1e3);
        }
        out.println(line);
        out.flush();
    }

    private TwatCache open() {
        return TwatCache.builder().directory(directory.resolve("ours")).open();
    }

    private void large(double[] array, int small) throws Exception {
        Bare bare = new Bare();
        Path file = directory.resolve("bare");
        try (TwatCache twat = open()) {
            Held held = new Held(array);
            Cached1<Integer, double[], RuntimeException> plain =
                    twat.files("plain").version("1").memoize(held::of);
            Before room = () -> room(array, bare);
            say("bare write", rounds, room, i -> {
                Files.deleteIfExists(file);
                bare.write(array, file);
            });
            say("store", rounds, room, i -> require(plain.apply(i), array));
            say("hit", rounds, i -> require(plain.apply(i), array));
            try (TwatCache other = TwatCache.builder()
                    .directory(directory.resolve("unverified"))
                    .open()) {
                Cached1<Integer, double[], RuntimeException> trusting = other.files("plain")
                        .set(FilesSettings.VERIFY, false)
                        .version("1")
                        .memoize(held::of);
                require(trusting.apply(0), array);
                say("hit unverified", rounds, i -> require(trusting.apply(0), array));
            }
            Cached1<Integer, double[], RuntimeException> capturing =
                    twat.files("capturing").version("1").memoize(i -> array);
            require(capturing.apply(0), array);
            say("hit captured", rounds, i -> require(capturing.apply(0), array));
            double[] touched = array.clone();
            say("bare read", rounds, i -> bare.read(file, touched));
            require(touched, array);
        }
        mapped(array);
        hashes("hash", rounds, array);
        hashes("hash small", 100 * rounds, Arrays.copyOf(array, small));
    }

    /**
     * Has the operating system find as much memory for files as the array takes, and give it back: on a machine that gets its
     * memory late, whoever writes first would be measured finding it, and not writing. The other side does the same.
     */
    private void room(double[] array, Bare bare) throws IOException {
        Path file = directory.resolve("room");
        bare.write(array, file);
        Files.delete(file);
    }

    private void mapped(double[] array) throws Exception {
        try (TwatCache twat = open()) {
            Cached1<Integer, MappedArray, RuntimeException> mapped =
                    twat.files("mapped").version("1").memoize(new Held(array)::mapped);
            mapped.apply(0).close();
            say("mapped", 500 * rounds, i -> {
                try (MappedArray found = mapped.apply(0)) {
                    if (found.getDouble(0) != array[0]) {
                        throw new IllegalStateException("another array was found; a figure of it says nothing");
                    }
                }
            });
        }
    }

    /** Hits of a function whose argument is an array: nearly all that they cost is the argument's digest. */
    private void hashes(String name, int times, double[] array) throws Exception {
        try (TwatCache twat = open()) {
            Cached1<double[], Integer, RuntimeException> fast =
                    twat.files("fast").version("1").memoize(a -> a.length);
            Cached1<double[], Integer, RuntimeException> safe =
                    twat.files("safe").digest(KeyDigest.SHA_256).version("1").memoize(a -> a.length);
            fast.apply(array);
            safe.apply(array);
            say(name, times, i -> fast.apply(array));
            say(name + " SHA-256", Math.max(1, times / 4), i -> safe.apply(array));
        }
    }

    /**
     * What has its result at once, as the other side's function has. A service and no value: the cache's name stands for it, so
     * that its array is no part of any key, as what a function has closed over is no part of joblib's.
     */
    private static final class Held {
        private final double[] array;

        Held(double[] array) {
            this.array = array;
        }

        double[] of(Integer number) {
            return array;
        }

        MappedArray mapped(Integer number) {
            return MappedArray.create(
                    new long[] {array.length}, Dtype.FLOAT64, to -> to.putAll(array, 0, array.length));
        }
    }

    private static void require(double[] found, double[] stored) {
        int last = stored.length - 1;
        if (found.length != stored.length || found[0] != stored[0] || found[last] != stored[last]) {
            throw new IllegalStateException("another array was found; a figure of it says nothing");
        }
    }

    private void number() throws Exception {
        try (TwatCache twat = open()) {
            Cached1<Integer, Integer, RuntimeException> numbers =
                    twat.files("numbers").version("1").memoize(i -> i);
            numbers.apply(1);
            say("number", 5_000 * rounds, i -> numbers.apply(1));
        }
    }

    private void pressed(double[] wave) throws Exception {
        try (TwatCache twat = open()) {
            Held held = new Held(wave);
            Cached1<Integer, double[], RuntimeException> pressed =
                    twat.files("pressed").compress("zstd").version("1").memoize(held::of);
            say("pressed store", rounds, i -> require(pressed.apply(i), wave));
            say("pressed hit", rounds, i -> require(pressed.apply(i), wave));
            out.println("pressed bytes " + bytes("pressed") / rounds);
        }
    }

    /** How many bytes the values of a cache take. */
    private long bytes(String cache) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("ours/caches").resolve(cache))) {
            long sum = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                sum += file.getFileName().toString().startsWith("value-") ? Files.size(file) : 0;
            }
            return sum;
        }
    }

    private void filled(String name, int entries) {
        try (TwatCache twat = open()) {
            Cache<Integer, Integer> all = numbered(twat, name, 2L * entries);
            for (int i = 0; i < entries; i++) {
                all.put(i, i);
            }
        }
    }

    /** What it takes to delete the files of as many entries and their folders, and do nothing else. */
    private void deleted(String name, int entries) throws Exception {
        filled(name, entries);
        List<File> folders;
        try (Stream<Path> files = Files.walk(directory.resolve("ours/caches").resolve(folder(name)))) {
            folders = files.filter(file -> file.endsWith("entry.json"))
                    .map(file -> file.resolveSibling("").toFile())
                    .toList();
        }
        List<File> all = new ArrayList<>();
        for (File folder : folders) {
            all.addAll(List.of(Objects.requireNonNull(folder.listFiles(), folder::toString)));
            all.add(folder);
        }
        if (folders.size() != entries || all.size() != 3 * entries) {
            throw new IllegalStateException(all.size() + " files and folders of " + entries + " entries: not 3 each");
        }
        say(name, 1, i -> {
            for (File file : all) {
                if (!file.delete()) {
                    throw new IOException("cannot delete " + file);
                }
            }
        });
    }

    /** What it takes to open a cache that holds too much, and to bring it to its limit. */
    private void pruned(String name, int entries) throws Exception {
        filled(name, entries);
        say(name, 1, i -> {
            try (TwatCache twat = open()) {
                Cache<Integer, Integer> one = numbered(twat, name, 1);
                one.put(-1, -1);
                if (one.size() > 1) {
                    throw new IllegalStateException(one.size() + " entries are left, for 1");
                }
            }
        });
    }

    private static Cache<Integer, Integer> numbered(TwatCache twat, String name, long maximum) {
        return twat.files(folder(name))
                .maximumSize(maximum)
                .types(Integer.class, Integer.class)
                .build();
    }

    /** A cache that is called so, and its folder. */
    private static String folder(String name) {
        return name.replace(' ', '-');
    }
}
