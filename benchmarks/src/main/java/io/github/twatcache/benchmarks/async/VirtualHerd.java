package io.github.twatcache.benchmarks.async;

import io.github.twatcache.TwatCache;
import io.github.twatcache.function.Fn1;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Ten thousand virtual threads ask for a hundred keys at once, of a source that takes 50 ms: in a JVM of its own, which
 * knows such threads. Prints a line for each way to ask: its name, then for each round the loads, the events of the JVM
 * that say that a virtual thread held on to its carrier while it waited, and the microseconds from the start of the first
 * thread to the end of the last.
 */
public final class VirtualHerd {
    static final int THREADS = 10_000;
    static final int KEYS = 100;
    static final int SOURCE_MILLIS = 50;
    private static final String PINNED = "jdk.VirtualThreadPinned";

    private VirtualHerd() {}

    /** Argument: how many rounds. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        int rounds = Integer.parseInt(arguments[0]);
        for (String way : List.of("waits caffeine", "waits heap", "future caffeine", "future heap")) {
            StringBuilder line = new StringBuilder(way.replace(' ', '-'));
            for (int round = 0; round < rounds; round++) {
                line.append(' ').append(round(way));
            }
            out.println(line);
            out.flush();
        }
    }

    private static String round(String way) throws Exception {
        AtomicInteger loads = new AtomicInteger();
        String engine = way.substring(way.indexOf(' ') + 1);
        Path dump = Files.createTempFile("pinned", ".jfr");
        try (TwatCache twat = TwatCache.open();
                Recording recording = new Recording()) {
            Fn1<Integer, Integer, RuntimeException> ask = way.startsWith("waits")
                    ? twat.cache("herd").engine(engine).memoize((Integer key) -> slowly(loads, key))
                    : joined(twat, engine, loads);
            recording.enable(PINNED).withThreshold(Duration.ZERO);
            recording.start();
            long micros = herd(ask);
            recording.stop();
            recording.dump(dump);
            long pinned = RecordingFile.readAllEvents(dump).stream()
                    .filter(event -> event.getEventType().getName().equals(PINNED))
                    .count();
            return loads.get() + "/" + pinned + "/" + micros;
        } finally {
            Files.delete(dump);
        }
    }

    private static Fn1<Integer, Integer, RuntimeException> joined(TwatCache twat, String engine, AtomicInteger loads) {
        Executor later = CompletableFuture.delayedExecutor(SOURCE_MILLIS, TimeUnit.MILLISECONDS);
        var function = twat.cache("herd")
                .engine(engine)
                .memoizeAsync((Integer key) -> CompletableFuture.supplyAsync(
                        () -> {
                            loads.incrementAndGet();
                            return key;
                        },
                        later));
        return key -> function.apply(key).join();
    }

    private static Integer slowly(AtomicInteger loads, Integer key) {
        loads.incrementAndGet();
        try {
            Thread.sleep(SOURCE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a source", e);
        }
        return key;
    }

    private static long herd(Fn1<Integer, Integer, RuntimeException> ask) throws Exception {
        Integer[] keys = new Integer[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = i;
        }
        CountDownLatch done = new CountDownLatch(THREADS);
        List<Throwable> failures = new ArrayList<>();
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        long before = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            Integer key = keys[i % KEYS];
            start.invoke(null, (Runnable) () -> {
                try {
                    if (!ask.apply(key).equals(key)) {
                        throw new IOException("another key's value was found");
                    }
                } catch (Throwable failed) {
                    synchronized (failures) {
                        failures.add(failed);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        long micros = (System.nanoTime() - before) / 1000;
        if (!failures.isEmpty()) {
            throw new CompletionException("a call failed, and figures of it say nothing", failures.get(0));
        }
        return micros;
    }
}
