package io.github.twatcache.benchmarks.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the processes that take part are started: JVMs of ours, and a Python that has diskcache. */
final class Commands implements AutoCloseable {
    private static final String SCRIPT = "/io/github/twatcache/benchmarks/disk/diskcache.py";

    private final Path script;
    private final @Nullable String python;

    private Commands(Path script, @Nullable String python) {
        this.script = script;
        this.python = python;
    }

    static Commands found() throws IOException, InterruptedException {
        Path script = Files.createTempFile("twat-cache-bench", ".py");
        try (InputStream text = Objects.requireNonNull(Commands.class.getResourceAsStream(SCRIPT), SCRIPT)) {
            Files.write(script, text.readAllBytes());
        }
        for (String python : pythons()) {
            if (has(python)) {
                return new Commands(script, python);
            }
        }
        return new Commands(script, null);
    }

    private static List<String> pythons() {
        return Stream.<@Nullable String>of(System.getenv("TWAT_PYTHON"), "/usr/bin/python3", "python3", "python")
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean has(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import diskcache")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Whether there is a Python with diskcache. */
    boolean peer() {
        return python != null;
    }

    List<String> python(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Objects.requireNonNull(python, "no Python has diskcache; ask peer() first"), script.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    static List<String> java(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(script);
    }
}
