package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A million entries: nothing may take longer for there being many. */
final class Million implements Section {
    private static final int BYTES = 100;
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int CHUNK = 10_000;
    private static final double MILLIS = 1_000;
    private static final String PREFIX = "1,000,000 entries of 100 B: ";
    private static final String GET = PREFIX + "get p50";
    private static final String PAUSE = PREFIX + "longest pause of a put";
    private static final String DISK = PREFIX + "bytes on disk";
    private static final String OPEN = PREFIX + "opening";
    private static final String CLOSE = PREFIX + "closing";

    private final Commands commands;
    private final Peer peer;

    Million(Commands commands) {
        this.commands = commands;
        this.peer = new Peer(commands);
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        if (List.of(GET, PAUSE, DISK, OPEN, CLOSE).stream().noneMatch(wanted)) {
            return List.of();
        }
        Load many = new Load(quick ? 20_000 : MANY, BYTES, Load.DEFAULT);
        Load few = new Load(quick ? 2_000 : FEW, BYTES, Load.DEFAULT);
        int operations = quick ? 2_000 : 50_000;
        Figures atFew = new Figures();
        try (Ground ground = Ground.fresh();
                Ours store = Ours.open(ground.directory(), few, false)) {
            few.fill(store);
            few.gets(store, operations);
            atFew.add(few.gets(store, operations));
            few.puts(store, operations);
        }
        Figures gets = new Figures();
        Figures puts = new Figures();
        double opening = Double.MAX_VALUE;
        double closing = Double.MAX_VALUE;
        long bytes;
        try (Ground ground = Ground.fresh()) {
            try (Ours store = Ours.open(ground.directory(), many, false)) {
                fill(store, many);
            }
            bytes = ground.bytes();
            for (int round = 0; round < 5; round++) {
                long before = System.nanoTime();
                Ours store = Ours.open(ground.directory(), many, false);
                long opened = System.nanoTime();
                store.get(0);
                if (round == 1) {
                    many.gets(store, operations);
                    gets.add(many.gets(store, operations));
                    puts.add(many.puts(store, operations));
                }
                long closed = System.nanoTime();
                store.close();
                opening = Math.min(opening, (opened - before) / 1e6);
                closing = Math.min(closing, (System.nanoTime() - closed) / 1e6);
            }
        }
        Double theirs = commands.peer()
                ? Double.valueOf((double) peer.alone(many, quick ? 100 : 1_000).bytes())
                : null;
        List<Row> rows = new ArrayList<>();
        rows.add(Figures.row(GET, gets, Timings::p50, "ours, 10,000 entries", atFew, 1.5, quick));
        double pause = puts.best().max() / MILLIS;
        rows.add(limit(PAUSE, pause, "the goal, 100 ms", 100, quick));
        rows.add(row(DISK, (double) bytes, Peer.NAME, theirs, "B", quick));
        rows.add(limit(OPEN, opening, "the goal, 50 ms", 50, quick));
        rows.add(limit(CLOSE, closing, "the goal, 50 ms", 50, quick));
        return rows.stream().filter(row -> wanted.test(row.name())).toList();
    }

    private static void fill(Ours store, Load load) {
        Map<Long, byte[]> chunk = new HashMap<>();
        for (long key = 0; key < load.entries(); key++) {
            chunk.put(key, load.value(key));
            if (chunk.size() == CHUNK) {
                store.putAll(chunk);
                chunk.clear();
            }
        }
        store.putAll(chunk);
    }

    private static Row limit(String name, double millis, String goal, double most, boolean quick) {
        return row(name, millis, goal, most, "ms", quick);
    }

    private static Row row(String name, double ours, String peer, @Nullable Double theirs, String unit, boolean quick) {
        return new Row(name, ours, peer, theirs, unit, 1.0, !quick, Map.of("ours", List.of(ours)));
    }
}
