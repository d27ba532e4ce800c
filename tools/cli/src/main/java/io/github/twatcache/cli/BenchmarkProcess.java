package io.github.twatcache.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the benchmarks, in a JVM of its own: so that nothing of this one is measured, and no peer is on its class path. */
final class BenchmarkProcess {
    /** The launcher says here where the project lies. */
    static final String HOME = "twat.home";

    private BenchmarkProcess() {}

    /**
     * Runs a program until it ends. It ends with this process, too.
     *
     * @param typed the command that the user typed, as he would start it again
     * @param main the program's class
     * @param arguments of the program
     * @return its exit code
     */
    static int run(String typed, String main, List<String> arguments) throws IOException, InterruptedException {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw Refusal.failure("-D" + HOME + " does not say where the project lies; start ./twat-cache " + typed);
        }
        Path target = Path.of(home, "benchmarks", "target");
        if (!Files.isDirectory(target.resolve("classes")) || !Files.isDirectory(target.resolve("lib"))) {
            throw Refusal.failure("the benchmarks are not built; start ./twat-cache " + typed);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + HOME + "=" + home,
                "-cp",
                target.resolve("classes")
                        + File.pathSeparator
                        + target.resolve("lib").resolve("*"),
                main));
        command.addAll(arguments);
        Process child = new ProcessBuilder(command).inheritIO().start();
        Thread reaper = new Thread(child::destroy, "bench-reaper");
        Runtime.getRuntime().addShutdownHook(reaper);
        int code = child.waitFor();
        Runtime.getRuntime().removeShutdownHook(reaper);
        return code;
    }
}
