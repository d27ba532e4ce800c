package io.github.twatcache.testkit;

import io.github.twatcache.error.EngineException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How badly a {@link ChaosEngine} behaves. Thread-safe; each knob may be turned while the engine is in use.
 *
 * <p>What happens to an operation is drawn from a seed. Nothing sleeps but where a delay was asked for: what hangs waits
 * at a gate until {@link #release}.
 */
public final class Chaos {
    private static final long MOMENT = 20_000;

    private final long seed;
    private final AtomicLong drawings = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger stores = new AtomicInteger();
    private final AtomicInteger nextTransient = new AtomicInteger();
    private final AtomicReference<@Nullable String> losing = new AtomicReference<>();
    private final AtomicReference<@Nullable String> refusing = new AtomicReference<>();
    private volatile double transientErrors;
    private volatile double errors;
    private volatile double corruptReads;
    private volatile double hangs;
    private volatile long delayNanos;
    private volatile boolean down;
    private volatile boolean missingClass;
    private volatile boolean passing;
    private volatile Runnable whenHanging = () -> {};
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
     * Lets look-ups find damage: it is set aside, and reported as undecodable. Where errors were asked for too, as many of
     * the other operations fail instead, so that of all operations the sum of the rates goes wrong.
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
     * Lets all of this pass: an operation that failed may be tried again, damage is not there when it is looked at again,
     * and what hangs goes on by itself. Who tries again then notices nothing.
     *
     * @return this
     */
    public Chaos passing() {
        passing = true;
        return this;
    }

    /**
     * Says what to do whenever an operation begins to hang, on the thread that hangs: a test that moves its clock here
     * decides how long it takes.
     *
     * @param action what to do
     * @return this
     */
    public Chaos whenHanging(Runnable action) {
        whenHanging = action;
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
     * Lets every operation end in a {@link NoClassDefFoundError} before it has done anything, or no more: as where a library
     * that the engine needs is not there, or not the one that it was built for.
     *
     * @param missing whether the class is missing
     * @return this
     */
    public Chaos missingClass(boolean missing) {
        missingClass = missing;
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

    /** Lets the next operation of an ability that has this name fail for good, after it has done all. */
    void loseNext(String method) {
        losing.set(method);
    }

    /** Lets the next operation of an ability that has this name fail for good, before it has done anything. */
    void refuseNext(String method) {
        refusing.set(method);
    }

    /** Fails where this operation is to be refused. */
    void mayRefuse(String method) {
        String refused = refusing.get();
        if (method.equals(refused) && refusing.compareAndSet(refused, null)) {
            throw new EngineException("the chaos engine refused " + method + ", as it was told to");
        }
    }

    /** Fails where the answer of this operation is to be lost. */
    void mayLose(String method) {
        String lost = losing.get();
        if (method.equals(lost) && losing.compareAndSet(lost, null)) {
            throw new EngineException("the chaos engine lost the answer of " + method + ", as it was told to");
        }
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
        missingClass = false;
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
     * How many of them failed, hung or found damage by chance.
     *
     * @return the number, each attempt counted
     */
    public long struck() {
        return struck.get();
    }

    /**
     * How many operations hang at this moment.
     *
     * @return the number
     */
    public int hanging() {
        return hanging.get();
    }

    /**
     * How many stores are open at this moment.
     *
     * @return the number
     */
    public int stores() {
        return stores.get();
    }

    void opened() {
        stores.incrementAndGet();
    }

    void closed() {
        stores.decrementAndGet();
    }

    /** What happens to one operation; one drawing decides, so that the rates add up. */
    private enum Fate {
        NONE,
        HANGS,
        FAILS_BEFORE,
        FAILS_AFTER,
        PASSES,
        DAMAGED
    }

    private Fate fate(boolean reads) {
        double left = hangs + errors + transientErrors + corruptReads;
        if (left <= 0) {
            return Fate.NONE;
        }
        // No lock: a test that looks for threads that wait must not find any waiting here.
        double drawn = new SplittableRandom(seed + drawings.getAndIncrement()).nextDouble();
        if (drawn >= left) {
            return Fate.NONE;
        }
        if (drawn < hangs) {
            return Fate.HANGS;
        }
        drawn -= hangs;
        if (drawn < errors) {
            return passing ? Fate.PASSES : drawn < errors / 2 ? Fate.FAILS_BEFORE : Fate.FAILS_AFTER;
        }
        if (drawn - errors < transientErrors) {
            return Fate.PASSES;
        }
        if (reads) {
            return Fate.DAMAGED;
        }
        return errors <= 0 ? Fate.NONE : passing ? Fate.PASSES : Fate.FAILS_BEFORE;
    }

    /** An operation that reads nothing which could be damaged. */
    <R extends @Nullable Object> R strike(Supplier<R> operation) {
        return strike(operation, null);
    }

    /**
     * An operation that reads.
     *
     * @param operation the operation
     * @param damage makes of what was read what is read of damage; {@code null} where nothing is read
     */
    <R extends @Nullable Object> R strike(Supplier<R> operation, @Nullable UnaryOperator<R> damage) {
        operations.incrementAndGet();
        if (delayNanos > 0) {
            LockSupport.parkNanos(delayNanos);
        }
        Fate fate = fate(damage != null);
        if (fate != Fate.NONE) {
            struck.incrementAndGet();
        }
        if (fate == Fate.HANGS) {
            hang();
        }
        if (down) {
            throw new EngineException("the chaos engine is down; call down(false)");
        }
        if (missingClass) {
            throw new NoClassDefFoundError("com/example/Driver");
        }
        if ((nextTransient.get() > 0 && nextTransient.getAndDecrement() > 0) || fate == Fate.PASSES) {
            throw new EngineException("the chaos engine failed, as it was told to; try again", null, true);
        }
        if (fate == Fate.DAMAGED && passing) {
            throw new EngineException("the chaos engine read something damaged; read again", null, true);
        }
        if (fate == Fate.FAILS_BEFORE) {
            throw new EngineException("the chaos engine failed before it did anything, as it was told to");
        }
        R result = operation.get();
        if (fate == Fate.FAILS_AFTER) {
            throw new EngineException("the chaos engine failed after it was done, as it was told to");
        }
        return fate == Fate.DAMAGED && damage != null ? damage.apply(result) : result;
    }

    private void hang() {
        if (passing) {
            // Awake: a test that looks for threads that wait must not find this one.
            long since = System.nanoTime();
            while (System.nanoTime() - since < MOMENT) {
                Thread.onSpinWait();
            }
            return;
        }
        CountDownLatch mine;
        synchronized (this) {
            mine = gate;
            hanging.incrementAndGet();
        }
        try {
            whenHanging.run();
            Actor.await(mine);
        } finally {
            hanging.decrementAndGet();
        }
    }
}
