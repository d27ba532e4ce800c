package io.github.twatcache.disk.processes;

import io.github.twatcache.testkit.ChildJvm;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs of their own that work on one directory, and say what they have done when it is done. */
final class Workers implements AutoCloseable {
    private final Path directory;
    private final List<One> all = new ArrayList<>();

    Workers(Path directory) {
        this.directory = directory;
    }

    /** One of them. */
    static final class One {
        private final Process process;
        private final DataInputStream said;

        private One(Process process) {
            this.process = process;
            this.said = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        }

        /** Reads the next thing that it says. */
        String next() {
            try {
                return said.readUTF();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Reads all that it still says until it ends; what a killed one was in the middle of saying does not count. */
        List<String> rest() {
            List<String> rest = new ArrayList<>();
            try {
                while (true) {
                    rest.add(said.readUTF());
                }
            } catch (EOFException end) {
                return rest;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills it, as {@code kill -9} does. */
        void kill() {
            // Not by the process itself, which would close what it has said.
            process.toHandle().destroyForcibly();
        }

        /** Has it go on. */
        void goOn() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        int exit() throws InterruptedException {
            return process.waitFor();
        }
    }

    /** Starts one, which waits for {@link #go} when it is ready. */
    One start(String role, int number, int count, String... options) throws IOException {
        One one = new One(ChildJvm.start(List.of(options), Worker.class, directory, role, number, count));
        all.add(one);
        return one;
    }

    /** Has all of them begin, once they are ready. */
    void go() throws IOException {
        for (One one : all) {
            if (!one.next().equals(Worker.READY)) {
                throw new IllegalStateException("a worker did not say that it is ready");
            }
        }
        for (One one : all) {
            one.goOn();
        }
    }

    @Override
    public void close() {
        all.forEach(One::kill);
    }
}
