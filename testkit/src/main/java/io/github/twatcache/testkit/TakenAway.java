package io.github.twatcache.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Runs a program in a JVM of its own from whose class path something was taken away, such as the jar of a library. */
public final class TakenAway {
    private TakenAway() {}

    /**
     * Runs a program to its end.
     *
     * @param gone what of this class path is taken away, by its file's name, such as {@code "caffeine-3.3.1.jar"}
     * @param program has a {@code main}
     * @param arguments what the program is given; those that begin with {@code "-"} are options of the JVM
     * @return the lines that it has written, to either stream
     * @throws IOException when the JVM cannot be started
     * @throws InterruptedException when this thread is interrupted while it runs
     * @throws AssertionError when nothing was taken away, or the program has failed
     */
    public static List<String> run(Predicate<String> gone, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> whole = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> left = whole.stream()
                .filter(element -> !gone.test(String.valueOf(Path.of(element).getFileName())))
                .toList();
        if (left.size() == whole.size()) {
            throw new AssertionError("nothing of this class path was to be taken away: " + whole);
        }
        List<String> options = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("-"))
                .toList();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, left), program.getName()));
        Arrays.stream(arguments).filter(argument -> !argument.startsWith("-")).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .toList();
        if (process.waitFor() != 0) {
            throw new AssertionError("the program has failed:\n" + String.join("\n", lines));
        }
        return lines;
    }
}
