package io.github.twatcache.testkit;

import io.github.twatcache.error.EngineException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How badly a {@link ChaosEngine} behaves. Thread-safe; each knob may be turned while the engine is in use.
 *
 * <p>What happens to an operation is drawn from a seed. Nothing sleeps but where a delay was asked for: what hangs waits
 * at a gate until {@link #release}.
 */
public final class Chaos {
    private final long seed;
    private final AtomicLong drawings = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger nextTransient = new AtomicInteger();
    private volatile double transientErrors;
    private volatile double errors;
    private volatile double corruptReads;
    private volatile double hangs;
    private volatile long delayNanos;
    private volatile boolean down;
    private volatile CountDownLatch gate = new CountDownLatch(1);

    /**
     * Makes a well-behaved one.
     *
     * @param seed what chance is drawn from
     */
    public Chaos(long seed) {
        this.seed = seed;
    }

    /**
     * Lets operations fail before they have done anything, of which the engine says that trying again may help.
     *
     * @param rate from 0 to 1
     * @return this
     */
    public Chaos transientErrors(double rate) {
        transientErrors = rate;
        return this;
    }

    /**
     * Lets operations fail for good: half of them before they have done anything, half after they have done it all.
     *
     * @param rate from 0 to 1
     * @return this
     */
    public Chaos errors(double rate) {
        errors = rate;
        return this;
    }

    /**
     * Lets look-ups find damage: it is set aside, and reported as undecodable.
     *
     * @param rate from 0 to 1
     * @return this
     */
    public Chaos corruptReads(double rate) {
        corruptReads = rate;
        return this;
    }

    /**
     * Lets operations wait until {@link #release}, and be done then.
     *
     * @param rate from 0 to 1
     * @return this
     */
    public Chaos hangs(double rate) {
        hangs = rate;
        return this;
    }

    /**
     * Makes each operation slower.
     *
     * @param delay by this
     * @return this
     */
    public Chaos delay(Duration delay) {
        delayNanos = delay.toNanos();
        return this;
    }

    /**
     * Lets every operation fail for good, before it has done anything, or no more.
     *
     * @param broken whether the engine is down
     * @return this
     */
    public Chaos down(boolean broken) {
        down = broken;
        return this;
    }

    /**
     * Lets the next operations fail before they have done anything, of which the engine says that trying again may help.
     *
     * @param count how many
     * @return this
     */
    public Chaos failNext(int count) {
        nextTransient.set(count);
        return this;
    }

    /** Lets go of all operations that hang now; later ones hang anew. */
    public synchronized void release() {
        CountDownLatch old = gate;
        gate = new CountDownLatch(1);
        old.countDown();
    }

    /** Ends all misbehaviour, and lets go of what hangs. */
    public void end() {
        transientErrors = 0;
        errors = 0;
        corruptReads = 0;
        hangs = 0;
        delayNanos = 0;
        down = false;
        nextTransient.set(0);
        release();
    }

    /**
     * How many operations have reached the engine.
     *
     * @return the number, each attempt counted
     */
    public long operations() {
        return operations.get();
    }

    /**
     * How many operations hang at this moment.
     *
     * @return the number
     */
    public int hanging() {
        return hanging.get();
    }

    private boolean drawn(double rate) {
        if (rate <= 0) {
            return false;
        }
        // No lock: a test that looks for threads that wait must not find any waiting here.
        return new SplittableRandom(seed + drawings.getAndIncrement()).nextDouble() < rate;
    }

    boolean corrupts() {
        return drawn(corruptReads);
    }

    <R extends @Nullable Object> R strike(Supplier<R> operation) {
        operations.incrementAndGet();
        if (delayNanos > 0) {
            LockSupport.parkNanos(delayNanos);
        }
        if (drawn(hangs)) {
            hang();
        }
        if (down) {
            throw new EngineException("the chaos engine is down; call down(false)");
        }
        if ((nextTransient.get() > 0 && nextTransient.getAndDecrement() > 0) || drawn(transientErrors)) {
            throw new EngineException("the chaos engine failed, as it was told to; try again", null, true);
        }
        if (drawn(errors / 2)) {
            throw new EngineException("the chaos engine failed before it did anything, as it was told to");
        }
        R result = operation.get();
        if (drawn(errors / 2)) {
            throw new EngineException("the chaos engine failed after it was done, as it was told to");
        }
        return result;
    }

    private void hang() {
        CountDownLatch mine;
        synchronized (this) {
            mine = gate;
            hanging.incrementAndGet();
        }
        try {
            Actor.await(mine);
        } finally {
            hanging.decrementAndGet();
        }
    }
}
