package io.github.twatcache.benchmarks.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One of several JVMs that use a store at once. Says {@code ready}, waits for a line, works, and tells how it went.
 *
 * <pre>
 * Worker mixed DIRECTORY POLICY ENTRIES BYTES MILLIS SEED   reads, and one write in ten
 * Worker writes DIRECTORY POLICY ENTRIES BYTES              writes keys beyond the entries until its input ends
 * </pre>
 */
public final class Worker {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Worker() {}

    /** Works. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        Load load = new Load(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), arguments[2]);
        try (Ours store = Ours.open(Path.of(arguments[1]), load, true);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            store.get(0);
            out.println("ready");
            in.readLine();
            if (arguments[0].equals("writes")) {
                write(store, load, in);
            } else {
                mixed(store, load, Long.parseLong(arguments[5]), Long.parseLong(arguments[6]), out);
            }
        }
    }

    private static void mixed(Ours store, Load load, long millis, long seed, PrintStream out) {
        byte[] value = load.value(seed);
        long[] sets = new long[1_000];
        int set = 0;
        long count = 0;
        long began = System.nanoTime();
        long before = began;
        for (; before - began < millis * NANOS_PER_MILLI; before = System.nanoTime()) {
            long key = load.key(seed + count);
            if (count % 10 == 9) {
                store.put(key, value);
                if (set == sets.length) {
                    sets = Arrays.copyOf(sets, 2 * set);
                }
                sets[set++] = System.nanoTime() - before;
            } else {
                store.get(key);
            }
            count++;
        }
        long wall = System.nanoTime() - began;
        out.println(count + " " + wall);
        out.println(Timings.of(Arrays.copyOf(sets, set), wall).words());
    }

    private static void write(Ours store, Load load, BufferedReader in) throws IOException {
        byte[] value = load.value(0);
        for (long i = 0; !in.ready(); i++) {
            store.put(load.entries() + i % load.entries(), value);
        }
    }
}
