package io.github.twatcache.disk.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of a test, all on one directory. Closing kills those that live. */
final class Workers implements AutoCloseable {
    private final Path directory;
    private final List<One> all = new ArrayList<>();

    Workers(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(counts());
    }

    /** Where it is counted what was computed. */
    Path counts() {
        return directory.resolve("counts");
    }

    /** How often something was computed, by whomever. */
    long count(String what) throws IOException {
        Path file = counts().resolve(what);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Starts some, and waits until they have opened the cache. */
    List<One> start(int count) {
        List<One> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(new One(directory));
        }
        all.addAll(started);
        started.forEach(one -> one.expect("ready"));
        return started;
    }

    One start() {
        return start(1).get(0);
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
        private boolean ready;

        One(Path directory) {
            try {
                process = ChildJvm.start(List.of("-Xmx128m"), Worker.class, directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
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

        String answer() {
            try {
                return String.valueOf(from.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        One expect(String line) {
            if (!ready || !line.equals("ready")) {
                assertThat(answer()).isEqualTo(line);
                ready = true;
            }
            return this;
        }

        /** Kills it, and waits until it is dead. */
        void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
