package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Other Java stores, for information: none of them is shared by processes, survives a kill and keeps limits at once. */
final class Beside implements Section {
    private static final int ENTRIES = 10_000;
    private static final int BYTES = 1_024;

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        Map<String, Function<Path, Kept>> peers = new LinkedHashMap<>();
        peers.put("Ehcache disk", OnEhcache::open);
        peers.put("LMDB, no flush", OnLmdb::open);
        peers.put("MVStore", OnMvStore::open);
        Load load = new Load(ENTRIES, BYTES, Load.DEFAULT);
        int operations = quick ? 1_000 : 30_000;
        List<Row> rows = new ArrayList<>();
        Measured ours = null;
        for (Map.Entry<String, Function<Path, Kept>> one : peers.entrySet()) {
            String get = "cold get, beside " + one.getKey() + ": p50";
            String put = "put, beside " + one.getKey() + ": p50";
            if (!wanted.test(get) && !wanted.test(put)) {
                continue;
            }
            ours = ours == null ? measure(load, operations, path -> Ours.open(path, load, false), quick) : ours;
            Measured theirs = measure(load, operations, one.getValue(), quick);
            rows.add(Figures.row(get, ours.gets, Timings::p50, one.getKey(), theirs.gets, null, quick));
            rows.add(Figures.row(put, ours.puts, Timings::p50, one.getKey(), theirs.puts, null, quick));
        }
        return rows.stream().filter(row -> wanted.test(row.name())).toList();
    }

    private record Measured(Figures gets, Figures puts) {}

    private static Measured measure(Load load, int operations, Function<Path, Kept> opens, boolean quick)
            throws Exception {
        Measured measured = new Measured(new Figures(), new Figures());
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            try (Ground ground = Ground.fresh();
                    Kept store = opens.apply(ground.directory())) {
                load.fill(store);
                load.gets(store, operations);
                measured.gets.add(load.gets(store, operations));
                measured.puts.add(load.puts(store, operations));
            }
        }
        return measured;
    }
}
