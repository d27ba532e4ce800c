package io.github.twatcache.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays an outage of a source to several caches, in a JVM of its own. */
@Command(
        name = "replay-outage",
        description = {
            "Play an outage to callers of several caches, in real time: the source answers after 100 ms, then after 5 s, then"
                    + " not at all, then as before.",
            "Prints what the callers saw, and writes a line for each call and a picture of them all."
        })
final class ReplayOutageCommand implements Callable<Integer> {
    private static final String MAIN = "io.github.twatcache.benchmarks.outage.OutageReplay";
    private static final int MOST_SECONDS = 600;
    private static final int MOST_CALLERS = 2_000;

    private final Screen screen;

    @Option(
            names = "--callers",
            paramLabel = "N",
            description = "How many threads call each cache. Default: ${DEFAULT-VALUE}.")
    int callers = 200;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "How long it takes. All times of the script and of the caches' settings shrink or grow with it;"
                            + " less than the default decides no goal. Default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where replay-outage.csv and replay-outage.svg are written. Default: the working directory.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print JSON and nothing else.")
    boolean json;

    ReplayOutageCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireWithin("--callers", callers, MOST_CALLERS);
        requireWithin("--seconds", seconds, MOST_SECONDS);
        // Now, and not when a minute has passed.
        try {
            Files.createDirectories(out.toAbsolutePath());
        } catch (IOException fault) {
            throw unusable("cannot be made (" + fault + ")");
        }
        if (!Files.isWritable(out.toAbsolutePath())) {
            throw unusable("cannot be written to");
        }
        screen.out().flush();
        List<String> arguments = new ArrayList<>(
                List.of("--callers=" + callers, "--seconds=" + seconds, "--out=" + out.toAbsolutePath()));
        if (json) {
            arguments.add("--json");
        }
        return BenchmarkProcess.run("replay-outage", MAIN, arguments);
    }

    private static void requireWithin(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw Refusal.usage(option + " must be 1 to " + Text.count(most) + ", but was " + value);
        }
    }

    private Refusal unusable(String why) {
        return Refusal.failure("the directory " + out + " (--out) " + why + "; name another");
    }
}
