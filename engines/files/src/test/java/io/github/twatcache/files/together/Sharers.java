package io.github.twatcache.files.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.files.Leasing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of a test, all on one directory. Closing kills those that live. */
final class Sharers implements AutoCloseable {
    private final Path directory;
    private final List<One> all = new ArrayList<>();

    Sharers(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("counts"));
    }

    /** How often something was computed, by whomever. */
    long count(String what) throws IOException {
        Path file = directory.resolve("counts").resolve(what);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Starts some, and waits until they have opened the cache. */
    List<One> start(int count) {
        return start(count, Leasing.AUTO);
    }

    private List<One> start(int count, Leasing leasing) {
        List<One> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(new One(directory, leasing));
        }
        all.addAll(started);
        started.forEach(one -> one.expect("ready"));
        return started;
    }

    One start() {
        return start(Leasing.AUTO);
    }

    One start(Leasing leasing) {
        return start(1, leasing).get(0);
    }

    @Override
    public void close() {
        all.forEach(One::kill);
    }

    /** One process. */
    static final class One {
        private final Process process;
        private final BufferedReader from;
        private final Writer to;

        One(Path directory, Leasing leasing) {
            try {
                process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Sharer.class.getName(),
                                directory.toString(),
                                leasing.name())
                        .redirectError(Redirect.INHERIT)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            from = process.inputReader();
            to = process.outputWriter();
        }

        One tell(String line) {
            try {
                to.write(line + "\n");
                to.flush();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        One expect(String line) {
            try {
                assertThat(from.readLine()).isEqualTo(line);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills it, and waits until it is dead. */
        void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
