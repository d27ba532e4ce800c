package io.github.twatcache.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** The launcher says here where the project lies. */
    static final String HOME = "twat.home";

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
        Process child = new ProcessBuilder(command()).inheritIO().start();
        Thread reaper = new Thread(child::destroy, "bench-reaper");
        Runtime.getRuntime().addShutdownHook(reaper);
        int code = child.waitFor();
        Runtime.getRuntime().removeShutdownHook(reaper);
        return code;
    }

    private List<String> command() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw Refusal.failure(
                    "-D" + HOME + " does not say where the project lies; start ./twat-cache bench " + name);
        }
        Path target = Path.of(home, "benchmarks", "target");
        if (!Files.isDirectory(target.resolve("classes")) || !Files.isDirectory(target.resolve("lib"))) {
            throw Refusal.failure("the benchmarks are not built; start ./twat-cache bench " + name);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + HOME + "=" + home,
                "-cp",
                target.resolve("classes")
                        + File.pathSeparator
                        + target.resolve("lib").resolve("*"),
                MAIN,
                name));
        if (quick) {
            command.add("--quick");
        }
        if (json) {
            command.add("--json");
        }
        return command;
    }
}
