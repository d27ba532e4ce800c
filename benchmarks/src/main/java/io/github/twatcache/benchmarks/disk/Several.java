package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Lab;
import io.github.twatcache.benchmarks.Row;
import io.github.twatcache.benchmarks.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Four processes at once, one write in ten operations. */
final class Several implements Section {
    private static final int PROCESSES = 4;
    private static final int ENTRIES = 10_000;
    private static final int BYTES = 1_024;
    private static final int MILLIS = 5_000;
    private static final String PREFIX = "4 processes, 10 % writes, ";

    private final Commands commands;
    private final Peer peer;

    Several(Commands commands) {
        this.commands = commands;
        this.peer = new Peer(commands);
    }

    @Override
    public List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String policy : List.of(Load.LRU, Load.DEFAULT)) {
            String words = PREFIX + (policy.equals(Load.LRU) ? "LRU: " : "default policies: ");
            List<String> names = List.of(words + "time by operations", words + "put p99", words + "put max");
            if (names.stream().noneMatch(wanted)) {
                continue;
            }
            Load load = new Load(ENTRIES, BYTES, policy);
            Round ours = new Round();
            Round theirs = new Round();
            for (int round = 0; round < (quick ? 1 : 3); round++) {
                ours(load, quick ? 300 : MILLIS, ours);
                if (commands.peer()) {
                    theirs(load, quick ? 300 : MILLIS, theirs);
                }
            }
            boolean lru = policy.equals(Load.LRU);
            rows.add(Figures.row(
                    names.get(0),
                    ours.all,
                    Timings::mean,
                    Peer.NAME + ", 4 processes",
                    theirs.all,
                    lru ? 1 / 5.0 : 1.0,
                    quick));
            if (!lru) {
                rows.add(Figures.row(
                        names.get(1), ours.sets, Timings::p99, Peer.NAME + " set", theirs.sets, 1 / 3.0, quick));
                rows.add(Figures.row(
                        names.get(2), ours.sets, Timings::max, Peer.NAME + " set", theirs.sets, 1 / 3.0, quick));
            }
        }
        return rows.stream().filter(row -> wanted.test(row.name())).toList();
    }

    private static final class Round {
        final Figures all = new Figures();
        final Figures sets = new Figures();
    }

    private static void ours(Load load, int millis, Round round) throws IOException {
        try (Ground ground = Ground.fresh()) {
            try (Ours store = Ours.open(ground.directory(), load, false)) {
                load.fill(store);
            }
            party(
                    seed -> Commands.java(
                            "mixed", ground.directory(), load.policy(), load.entries(), load.bytes(), millis, seed),
                    round);
        }
    }

    private void theirs(Load load, int millis, Round round) throws IOException {
        try (Ground ground = Ground.fresh()) {
            peer.fill(ground, load);
            party(
                    seed -> commands.python(
                            "mixed", ground.directory(), load.policy(), load.entries(), load.bytes(), millis, seed),
                    round);
        }
    }

    private static void party(IntFunction<List<String>> command, Round round) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            commands.add(command.apply(i * ENTRIES / PROCESSES));
        }
        try (Party party = Party.of(commands)) {
            double perSecond = 0;
            for (String line : party.lines()) {
                String[] words = line.split(" ", -1);
                perSecond += Double.parseDouble(words[0]) / Double.parseDouble(words[1]) * 1e9;
            }
            double mean = 1e6 / perSecond;
            round.all.add(new Timings(mean, mean, mean, mean));
            // The slowest of the four speaks for all.
            round.sets.add(party.lines().stream()
                    .map(Timings::parsed)
                    .reduce(Several::worst)
                    .orElseThrow());
        }
    }

    private static Timings worst(Timings one, Timings other) {
        return new Timings(
                Math.max(one.p50(), other.p50()),
                Math.max(one.p99(), other.p99()),
                Math.max(one.max(), other.max()),
                Math.max(one.mean(), other.mean()));
    }
}
