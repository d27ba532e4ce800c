package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What happens when 64 threads ask for the same result at once? */
public final class OneComputation {
    private static final int THREADS = 64;
    private static final AtomicInteger COMPUTATIONS = new AtomicInteger();

    private OneComputation() {}

    static String slow(String question) {
        COMPUTATIONS.incrementAndGet();
        LockSupport.parkNanos(50_000_000);
        return "the answer to " + question;
    }

    static String failing(String question) {
        COMPUTATIONS.incrementAndGet();
        LockSupport.parkNanos(50_000_000);
        throw new IllegalStateException("no answer to " + question);
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(String... args) throws InterruptedException {
        try (TwatCache twat = TwatCache.open()) {
            Set<Object> answers = herd(twat.memory("slow").memoize(OneComputation::slow));
            Claim.that("one thread computed", COMPUTATIONS.getAndSet(0) == 1);
            Claim.that("all got its answer", answers.size() == 1);

            Set<Object> failures = herd(twat.memory("failing").memoize(OneComputation::failing));
            int tries = COMPUTATIONS.get();
            Claim.that("a failure answers all who waited", failures.size() == tries && tries < THREADS);
        }
    }

    /** The distinct results or exceptions of 64 calls at once. */
    private static Set<Object> herd(Cached1<String, String, RuntimeException> function) throws InterruptedException {
        Set<Object> outcomes = ConcurrentHashMap.newKeySet();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    outcomes.add(function.apply("everything"));
                } catch (InterruptedException | IllegalStateException e) {
                    outcomes.add(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return outcomes;
    }
}
