package io.github.twatcache.path;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs {@link Worker}. What it prints is read line by line. */
final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private Jvm(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    static Jvm start(Path directory, String... arguments) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), directory, arguments);
    }

    /** With words before the command, and a class path that another user can read. */
    static Jvm start(List<String> before, String classPath, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Worker.class.getName(),
                directory.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TWAT_CACHE_DIR");
        return new Jvm(builder.start());
    }

    /** The next line; null at the end. */
    String line() throws IOException {
        return out.readLine();
    }

    void awaitLine(String wanted) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = line(); !wanted.equals(line); line = line()) {
            if (line == null) {
                throw new AssertionError("the process ended without saying '" + wanted + "', but said: " + said);
            }
            said.append(line).append('\n');
        }
    }

    /** Lets a worker that waits go on. */
    void go() throws IOException {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What it has still to say, once it has ended. */
    String rest() throws IOException, InterruptedException {
        StringBuilder rest = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            rest.append(line).append('\n');
        }
        return rest + "exit " + process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
