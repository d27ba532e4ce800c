package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** One process: look-ups and puts of 1 KB and of 100 KB, on the heap and not, one at a time, many at once, from threads. */
final class Single implements Section {
    private static final int ENTRIES = 10_000;
    private static final int BYTES = 1_024;
    private static final int LARGE_ENTRIES = 1_000;
    private static final int LARGE_BYTES = 100 * 1_024;
    private static final int MANY = 100;
    private static final int THREADS = 8;
    private static final int BATCH = 100;

    private final Commands commands;
    private final Peer peer;

    Single(Commands commands) {
        this.commands = commands;
        this.peer = new Peer(commands);
    }

    private static final class Results {
        final Figures gets = new Figures();
        final Figures puts = new Figures();
        final Figures warm = new Figures();
        final Figures many = new Figures();
        final Figures threads = new Figures();
    }

    /** What ours and the peer took under one load. */
    private record Both(Results ours, Results theirs) {}

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        if (names().stream().noneMatch(wanted)) {
            return List.of();
        }
        int operations = quick ? 1_000 : 30_000;
        Both plain = both(new Load(ENTRIES, BYTES, Load.DEFAULT), operations, quick, true);
        Both lru = both(new Load(ENTRIES, BYTES, Load.LRU), operations, quick, false);
        Both large = both(new Load(LARGE_ENTRIES, LARGE_BYTES, Load.DEFAULT), operations / 6, quick, false);
        String get = Peer.NAME + " get";
        String set = Peer.NAME + " set";
        Results ours = plain.ours;
        Results theirs = plain.theirs;
        List<Row> rows = new ArrayList<>();
        rows.add(Figures.row(WARM, ours.warm, Timings::p50, get, theirs.gets, 0.01, quick));
        rows.add(Figures.row(COLD_LRU, lru.ours.gets, Timings::p50, get, lru.theirs.gets, 1 / 8.0, quick));
        rows.add(Figures.row(COLD, ours.gets, Timings::p50, get, theirs.gets, 1 / 1.2, quick));
        rows.add(Figures.row(COLD_P99, ours.gets, Timings::p99, get, theirs.gets, 1.0, quick));
        rows.add(Figures.row(GET_ALL, ours.many, Timings::p50, get, theirs.gets, 1 / 4.0, quick));
        rows.add(Figures.row(PUT, ours.puts, Timings::p50, set, theirs.puts, 1 / 3.0, quick));
        rows.add(Figures.row(PUT_P99, ours.puts, Timings::p99, set, theirs.puts, 1.0, quick));
        rows.add(Figures.row(
                PUT_THREADS, ours.threads, Timings::mean, set + ", one thread", theirs.puts, 1 / 8.0, quick));
        rows.add(Figures.row(LARGE_GET, large.ours.gets, Timings::p50, get, large.theirs.gets, 1 / 1.8, quick));
        rows.add(Figures.row(LARGE_PUT, large.ours.puts, Timings::p50, set, large.theirs.puts, 1 / 2.5, quick));
        return rows.stream().filter(row -> wanted.test(row.name())).toList();
    }

    /** In turns; the first round of ours is for the compiler and does not count. */
    private Both both(Load load, int operations, boolean quick, boolean all) throws Exception {
        Both both = new Both(new Results(), new Results());
        if (!quick) {
            ours(load, operations, new Results(), all);
        }
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            ours(load, operations, both.ours, all);
            if (commands.peer()) {
                Peer.Alone alone = peer.alone(load, operations);
                both.theirs.gets.add(alone.gets());
                both.theirs.puts.add(alone.puts());
            }
        }
        return both;
    }

    private static final String WARM = "warm hit, front on, another process writing: p50";
    private static final String COLD_LRU = "cold get, LRU: p50";
    private static final String COLD = "cold get, default policies: p50";
    private static final String COLD_P99 = "cold get, default policies: p99";
    private static final String GET_ALL = "getAll of 100 keys, each: p50";
    private static final String PUT = "put, own commit: p50";
    private static final String PUT_P99 = "put, own commit: p99";
    private static final String PUT_THREADS = "puts from 8 threads: time by puts";
    private static final String LARGE_GET = "100 KB values, get: p50";
    private static final String LARGE_PUT = "100 KB values, put: p50";

    private static List<String> names() {
        return List.of(WARM, COLD_LRU, COLD, COLD_P99, GET_ALL, PUT, PUT_P99, PUT_THREADS, LARGE_GET, LARGE_PUT);
    }

    private static void ours(Load load, int operations, Results results, boolean all) throws Exception {
        try (Ground ground = Ground.fresh()) {
            try (Ours cold = Ours.open(ground.directory(), load, false)) {
                load.fill(cold);
                load.gets(cold, operations);
                results.gets.add(load.gets(cold, operations));
                if (all) {
                    results.many.add(many(cold, load, operations / MANY));
                }
                results.puts.add(load.puts(cold, operations));
                if (all) {
                    results.threads.add(threads(cold, load, operations));
                }
            }
            if (all) {
                results.warm.add(warm(ground, load, operations));
            }
        }
    }

    private static Timings many(Ours store, Load load, int times) {
        long[] nanos = new long[times];
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            List<Long> keys = new ArrayList<>();
            for (int j = 0; j < MANY; j++) {
                keys.add(load.key((long) i * MANY + j));
            }
            long before = System.nanoTime();
            int found = store.getAll(keys).size();
            nanos[i] = (System.nanoTime() - before) / MANY;
            if (found != MANY) {
                throw new IllegalStateException(found + " of " + MANY + " values were there");
            }
        }
        return Timings.of(nanos, System.nanoTime() - began);
    }

    private static Timings threads(Ours store, Load load, int operations) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<long[]>> parts = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                long first = (long) t * operations / THREADS;
                parts.add(threads.submit(() -> {
                    start.await();
                    long[] nanos = new long[operations / THREADS];
                    for (int i = 0; i < nanos.length; i++) {
                        byte[] value = load.value(first + i);
                        long before = System.nanoTime();
                        store.put(load.key(first + i), value);
                        nanos[i] = System.nanoTime() - before;
                    }
                    return nanos;
                }));
            }
            long began = System.nanoTime();
            start.countDown();
            long[] all = new long[operations / THREADS * THREADS];
            int at = 0;
            for (Future<long[]> part : parts) {
                long[] nanos = part.get();
                System.arraycopy(nanos, 0, all, at, nanos.length);
                at += nanos.length;
            }
            return Timings.of(all, System.nanoTime() - began);
        } finally {
            threads.shutdownNow();
        }
    }

    /** While another process writes other keys, so that the counters of stripes move as they do in life. */
    private static Timings warm(Ground ground, Load load, int operations) throws IOException {
        try (Party writer = Party.of(List.of(
                        Commands.java("writes", ground.directory(), load.policy(), load.entries(), load.bytes())));
                Ours store = Ours.open(ground.directory(), load, true)) {
            load.batchedGets(store, operations / BATCH * 10, BATCH);
            Timings timings = load.batchedGets(store, operations / BATCH * 10, BATCH);
            writer.requireRunning();
            return timings;
        }
    }
}
