package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.testkit.ChildJvm;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One place of a writer: its keys, and what all who wrote there have said. */
final class Scriptorium {
    /** A change that was begun. */
    record Change(byte what, long key, long number) {
        String value() {
            return what == Scribe.REMOVE ? null : Scribe.value(key, number);
        }
    }

    final int place;
    private final Scribe.Kind kind;
    final Map<Long, String> values = new HashMap<>();
    Change doing;
    long done;
    private long next = 1;
    private Process process;
    private Thread reader;

    Scriptorium(int place, Scribe.Kind kind) {
        this.place = place;
        this.kind = kind;
    }

    void start(Path directory) throws IOException {
        process = ChildJvm.start(Scribe.class, directory, kind, place, next);
        done = 0;
        reader = new Thread(this::read, "scriptorium-" + place);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                heard(new Change(in.readByte(), in.readLong(), in.readLong()));
            }
        } catch (EOFException killed) {
            synchronized (this) {
                notifyAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void heard(Change change) {
        next = change.number + 1;
        if (change.what == Scribe.DONE) {
            values.put(doing.key, doing.value());
            doing = null;
            done++;
            notifyAll();
        } else {
            doing = change;
        }
    }

    synchronized void awaitDone(int changes) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (done < changes) {
            assertThat(process.isAlive()).as("writer %d", place).isTrue();
            long left = end - System.nanoTime();
            assertThat(left)
                    .as("writer %d has done %d of %d changes", place, done, changes)
                    .isPositive();
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    /** Kills it, and hears to the end what it had said. */
    void kill() throws InterruptedException {
        if (process != null) {
            // Not Process.destroyForcibly, which closes the pipe and what is still in it.
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join();
            process = null;
        }
    }

    /** Compares what is there with what was said, once the writer is dead; says how many entries. */
    int judge(Cache<Long, String> cache) {
        for (long key = (long) place * Scribe.KEYS; key < (place + 1L) * Scribe.KEYS; key++) {
            String found = cache.getIfPresent(key);
            String last = values.get(key);
            if (found == null && kind == Scribe.Kind.SHARED_AND_FULL) {
                values.remove(key);
            } else if (doing != null && doing.key == key) {
                assertThat(found).as("key %d, which was being changed", key).isIn(last, doing.value());
                values.put(key, found);
            } else {
                assertThat(found).as("key %d", key).isEqualTo(last);
            }
        }
        doing = null;
        return Scribe.KEYS;
    }
}
