package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.PythonScript;
import java.io.IOException;
import java.util.List;

/** Python's diskcache in a process of its own, where there is one. */
final class Peer {
    static final String NAME = "diskcache";

    private final Commands commands;

    Peer(Commands commands) {
        this.commands = commands;
    }

    /** One process alone: what look-ups and sets take, and how many bytes the directory has at the end. */
    record Alone(Timings gets, Timings puts, long bytes) {}

    Alone alone(Load load, int operations) throws IOException {
        try (Ground ground = Ground.fresh()) {
            List<String> lines = PythonScript.run(commands.python(
                    "alone", ground.directory(), load.policy(), load.entries(), load.bytes(), operations));
            return new Alone(
                    Timings.parsed(lines.get(1)),
                    Timings.parsed(lines.get(2)),
                    Long.parseLong(lines.get(3).strip()));
        }
    }

    void fill(Ground ground, Load load) throws IOException {
        PythonScript.run(commands.python("fill", ground.directory(), load.policy(), load.entries(), load.bytes()));
    }
}
