package io.github.twatcache.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A script that measures a peer, and the first Python found that has the peer. In a file of its own until it is closed. */
public final class PythonScript implements AutoCloseable {
    private final Path script;
    private final String module;
    private final @Nullable String python;

    private PythonScript(Path script, String module, @Nullable String python) {
        this.script = script;
        this.module = module;
        this.python = python;
    }

    /**
     * Looks for a Python: the one that {@code TWAT_PYTHON} names, the system's, the first on the path.
     *
     * @param owner beside which class the script lies
     * @param name the script's name
     * @param module what a Python must have to be taken
     * @return the script, whether there is such a Python or not
     */
    public static PythonScript of(Class<?> owner, String name, String module) throws IOException, InterruptedException {
        Path script = Files.createTempFile("twat-cache-bench", ".py");
        try (InputStream text = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            Files.write(script, text.readAllBytes());
        }
        for (String python : pythons()) {
            if (has(python, module)) {
                return new PythonScript(script, module, python);
            }
        }
        return new PythonScript(script, module, null);
    }

    private static List<String> pythons() {
        return Stream.<@Nullable String>of(System.getenv("TWAT_PYTHON"), "/usr/bin/python3", "python3", "python")
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean has(String python, String module) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Whether there is a Python with the peer. */
    public boolean present() {
        return python != null;
    }

    /** What starts the script. */
    public List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Objects.requireNonNull(python, "no Python has " + module + "; ask present() first"),
                script.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Runs the script to its end, and returns the lines that it has printed. */
    public List<String> run(Object... arguments) throws IOException {
        return run(command(arguments));
    }

    /** Runs a program to its end, and returns the lines that it has printed. */
    public static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(command.get(0) + " ended with " + code + "; what it says is above");
        }
        return output.lines().toList();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(script);
    }
}
