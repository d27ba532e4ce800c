package io.github.twatcache.benchmarks.races;

import io.github.twatcache.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Three questions to each cache.
 *
 * <ol>
 *   <li>A loader has read its source and is still at work. The source changes, and the key is invalidated. What does a read
 *       see that begins after the invalidation has returned, and did that wait for the loader?
 *   <li>32 threads miss the same key at once; the load takes 50 ms. How often is it run?
 *   <li>The same, but the load fails. How often is it run, and when has the last thread its answer?
 * </ol>
 */
public final class Races {
    private static final int THREADS = 32;
    private static final long LOAD_MILLIS = 50;

    /** An invalidation that has not returned after this time is waiting for the loader: nothing else is going on. */
    private static final long PATIENCE_MILLIS = 1000;

    private final List<Outcome> outcomes = new ArrayList<>();

    /** Asks all caches. */
    public Races() throws Exception {
        for (var contestant : Contestants.all().entrySet()) {
            outcomes.add(outcome(contestant.getKey(), contestant.getValue()));
        }
    }

    /** The answers in Markdown. */
    public String table() {
        Table table = new Table(
                "cache",
                "read after `invalidate` during a load",
                "`invalidate`",
                " loads for " + THREADS + " threads",
                " failing loads",
                " last answer after");
        for (Outcome outcome : outcomes) {
            table.add(
                    outcome.cache(),
                    outcome.fresh() ? "fresh" : "**stale**",
                    outcome.waits() ? "waits for the load" : "returns at once",
                    Integer.toString(outcome.loads()),
                    Integer.toString(outcome.failedLoads()),
                    String.format(Locale.ROOT, "%,d ms", outcome.failedMillis()));
        }
        return table.toString();
    }

    /** The answers as JSON. */
    public Map<String, Object> json() {
        return Map.of(
                "bench", "races", "caches", outcomes.stream().map(Outcome::json).toList());
    }

    private static Outcome outcome(String name, Function<Function<Integer, String>, Contestant> opener)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Invalidation invalidation = invalidatedWhileLoading(opener, threads);
            AtomicInteger loads = new AtomicInteger();
            together(opener, key -> slowly(loads), threads);
            AtomicInteger failed = new AtomicInteger();
            long millis = together(
                    opener,
                    key -> {
                        throw new IllegalStateException(slowly(failed));
                    },
                    threads);
            return new Outcome(name, invalidation.fresh(), invalidation.waited(), loads.get(), failed.get(), millis);
        } finally {
            threads.shutdown();
        }
    }

    private static String slowly(AtomicInteger loads) {
        loads.incrementAndGet();
        try {
            TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
        return "loaded";
    }

    /** What an invalidation did that met a load. */
    private record Invalidation(boolean fresh, boolean waited) {}

    private static Invalidation invalidatedWhileLoading(
            Function<Function<Integer, String>, Contestant> opener, ExecutorService threads) throws Exception {
        AtomicReference<String> source = new AtomicReference<>("old");
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        try (Contestant cache = opener.apply(key -> {
            String read = source.get();
            hasRead.countDown();
            await(mayReturn);
            return read;
        })) {
            Future<String> loading = threads.submit(cache::get);
            hasRead.await();
            source.set("new");
            Future<?> invalidation = threads.submit(cache::invalidate);
            boolean waited = !returns(invalidation);
            mayReturn.countDown();
            loading.get();
            invalidation.get();
            return new Invalidation(cache.get().equals("new"), waited);
        }
    }

    private static boolean returns(Future<?> call) throws InterruptedException, ExecutionException {
        try {
            call.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }

    /** Has all threads ask at once, and waits for the last; the time in milliseconds. */
    private static long together(
            Function<Function<Integer, String>, Contestant> opener,
            Function<Integer, String> loader,
            ExecutorService threads)
            throws Exception {
        try (Contestant cache = opener.apply(loader)) {
            CyclicBarrier start = new CyclicBarrier(THREADS + 1);
            List<Future<String>> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                callers.add(threads.submit(() -> {
                    start.await();
                    return cache.get();
                }));
            }
            start.await();
            long begin = System.nanoTime();
            for (Future<String> caller : callers) {
                ended(caller);
            }
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }
    }

    private static void ended(Future<String> caller) throws InterruptedException {
        try {
            caller.get();
        } catch (ExecutionException failed) {
            // That it fails is expected of a loader that fails; how it is wrapped is not the question here.
        }
    }
}
