package io.github.twatcache.testkit;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts JVMs of a test's own, with the test's class path. They live for a second or two, which is less than it takes to
 * compile anything well: so they compile quickly, and collect with one thread. Their errors are the test's.
 */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * Starts one.
     *
     * @param main its main class
     * @param arguments its arguments, as they are in words
     * @return the process, to be ended by the test
     * @throws IOException when it cannot be started
     */
    public static Process start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /**
     * Starts one.
     *
     * @param options the JVM's own options; they win over those that all have
     * @param main its main class
     * @param arguments its arguments, as they are in words
     * @return the process, to be ended by the test
     * @throws IOException when it cannot be started
     */
    public static Process start(List<String> options, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }
}
