package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.PythonScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the processes that take part are started: JVMs of ours, and a Python that has diskcache. */
final class Commands implements AutoCloseable {
    private final PythonScript script;

    private Commands(PythonScript script) {
        this.script = script;
    }

    static Commands found() throws IOException, InterruptedException {
        return new Commands(PythonScript.of(Commands.class, "diskcache.py", "diskcache"));
    }

    /** Whether there is a Python with diskcache. */
    boolean peer() {
        return script.present();
    }

    List<String> python(Object... arguments) {
        return script.command(arguments);
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
        script.close();
    }
}
