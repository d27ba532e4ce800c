package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Threads that wait at a barrier and then ask for the same key, whose load takes 50 ms and fails. The loader knows nothing
 * of them: who came after it has failed would begin another load, so the number of loads tells whether all were waiting.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Herd {
    static final int SIZE = 64;
    static final long LOAD_MILLIS = 50;

    private final AtomicInteger loads = new AtomicInteger();
    private final CyclicBarrier start = new CyclicBarrier(SIZE);
    private Cached1<Integer, Integer, Failed> memoized;
    private TwatCache twat;
    private ExecutorService threads;

    /** What the load ends with. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Starts the threads. */
    @Setup
    public void gather() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        memoized = twat.cache("herd").engine("caffeine").memoize(this::load);
        threads = Executors.newFixedThreadPool(SIZE);
    }

    private Integer load(Integer key) throws Failed {
        loads.incrementAndGet();
        try {
            TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
        throw new Failed();
    }

    /** One caller, one load. */
    void alone() {
        call();
    }

    /** All callers at once. */
    int together() throws InterruptedException, ExecutionException {
        loads.set(0);
        Callable<Void> caller = () -> {
            start.await();
            call();
            return null;
        };
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            callers.add(caller);
        }
        for (Future<Void> ended : threads.invokeAll(callers)) {
            ended.get();
        }
        return loads.get();
    }

    private void call() {
        try {
            throw new IllegalStateException("the load has not failed but returned " + memoized.apply(1));
        } catch (Failed expected) {
            // as it should
        }
    }

    /** Ends the threads. */
    @TearDown
    public void disperse() {
        threads.shutdown();
        twat.close();
    }
}
