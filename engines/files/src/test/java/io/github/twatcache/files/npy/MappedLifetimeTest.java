package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a mapping when its array is closed, in use or forgotten. */
class MappedLifetimeTest {
    private static final Path MAPS = Path.of("/proc/self/maps");

    @TempDir
    Path directory;

    private Path written(int length) {
        Path file = directory.resolve("lifetime.npy");
        Npy.write(new double[length], file);
        return file;
    }

    /** How often this process has the file mapped, where the system tells. */
    private static long mappings(Path file) throws IOException {
        assumeTrue(Files.exists(MAPS), "only Linux lists mappings in a file");
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.endsWith(file.toString())).count();
        }
    }

    /** Newer JVMs take the mapping back, and every buffer of it; older ones leave it to who still has a buffer. */
    @Test
    void theMapping_isGoneAfterClose_orStaysForTheBuffersThatWereHandedOut() throws IOException {
        Path file = written(100_000);
        MappedArray array = MappedArray.open(file);
        DoubleBuffer buffer = array.doubles(99_990, 10);
        assertThat(mappings(file)).isEqualTo(1);

        array.close();

        if (Segments.HERE) {
            assertThat(mappings(file)).isZero();
            assertThatIllegalStateException().isThrownBy(() -> buffer.get(9));
        } else {
            assertThat(buffer.get(9)).isZero();
        }
    }

    @Test
    void whatIsForgotten_isUnmappedByTheCollector() throws IOException, InterruptedException {
        Path file = written(100_000);
        forget(file);
        assertThat(mappings(file)).isPositive();

        for (int tries = 0; tries < 200 && mappings(file) > 0; tries++) {
            collected();
        }

        assertThat(mappings(file)).isZero();
    }

    /** Waits until the collector has found something that was forgotten now, and so all that was before. */
    private static void collected() throws InterruptedException {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        Reference<Object> forgotten = new PhantomReference<>(new Object(), found);
        Reference<?> first = null;
        while (first == null) {
            System.gc();
            first = found.remove(100);
        }
        assertThat(first).isSameAs(forgotten);
    }

    private static void forget(Path file) {
        MappedArray closed = MappedArray.open(file);
        assertThat(closed.getDouble(5)).isZero();
        if (!Segments.HERE) {
            // Closed or not is all the same there.
            closed.close();
        }
    }

    /** What the interface warns of; a checksum of mapped memory would end the JVM. */
    @Test
    void aFileThatIsCutOffWhileItIsMapped_isDamage_andTheJvmLives() throws IOException, InterruptedException {
        assumeTrue(Files.exists(MAPS), "where a mapped file cannot be cut off");

        assertThat(ChildJvm.run(ShorterFile.class, directory))
                .containsExactly(
                        "digest SerializationException",
                        "get InternalError",
                        "toArray SerializationException",
                        "verify SerializationException",
                        "write SerializationException");
    }

    @Test
    void threadsThatRead_whileAnotherCloses_getTheExceptionOrTheirElement() throws Exception {
        Path file = written(500_000);
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 30; round++) {
                MappedArray array = MappedArray.open(file, NpyFiles.written(Files.readAllBytes(file)));
                CountDownLatch reading = new CountDownLatch(3);
                List<Future<String>> ends = new ArrayList<>();
                ends.add(readers.submit(() -> untilClosed(reading, () -> array.getDouble(499_999))));
                ends.add(readers.submit(() -> untilClosed(reading, array::verify)));
                ends.add(readers.submit(() -> untilClosed(reading, array::toArray)));
                reading.await();

                array.close();

                for (Future<String> end : ends) {
                    assertThat(end.get(60, TimeUnit.SECONDS)).contains("closed");
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Reads until that is an error, and returns its message; another error is thrown. */
    private static String untilClosed(CountDownLatch reading, Runnable read) {
        read.run();
        reading.countDown();
        while (true) {
            try {
                read.run();
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }
}
