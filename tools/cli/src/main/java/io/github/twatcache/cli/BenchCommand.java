package io.github.twatcache.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a benchmark in a JVM of its own, so that nothing of this one is measured. */
@Command(
        name = "bench",
        description = {
            "Measure twat-cache and its peers in the same run.",
            "Prints machine, JDK and versions with the results. Close other programs first."
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<String> NAMES =
            List.of("memory", "wrap", "paths", "disk", "files", "async", "traces", "races");
    private static final String MAIN = "io.github.twatcache.benchmarks.Bench";

    private final Screen screen;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description =
                    "What to measure: memory, wrap (annotated interfaces), paths (the cache directory), disk (stores"
                            + " that outlive the process), async (futures, virtual threads), traces (hits of policies), or races beside other caches.")
    String name = "";

    @Option(names = "--quick", description = "Under a minute; shows that it runs, and decides no goal.")
    boolean quick;

    @Option(names = "--json", description = "Print JSON and nothing else.")
    boolean json;

    BenchCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!NAMES.contains(name)) {
            throw Refusal.usage("unknown benchmark '" + name + "'; there are " + String.join(", ", NAMES));
        }
        screen.out().flush();
        List<String> arguments = new ArrayList<>(List.of(name));
        if (quick) {
            arguments.add("--quick");
        }
        if (json) {
            arguments.add("--json");
        }
        return BenchmarkProcess.run("bench " + name, MAIN, arguments);
    }
}
