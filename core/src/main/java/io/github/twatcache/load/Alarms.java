package io.github.twatcache.load;

import io.github.twatcache.spi.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a time is over, by the cache's own clock: what a test calls a minute need not be one.
 *
 * <p>One daemon thread, made when first needed and gone after a second without an alarm. Nobody says when a clock that is
 * moved by hand has moved, so such a one is looked at now and then: soon at first, and the longer nothing has happened, the
 * less often. The JVM's own is waited for.
 *
 * <p>Actions run on that thread: they must be short, and must not throw.
 */
public final class Alarms implements AutoCloseable {
    private static final long FIRST_LOOK = 100_000;
    private static final long LAST_LOOK = 20_000_000;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final int FEW = 64;

    private final Ticker ticker;
    private final boolean real;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Alarm::compareTo);
    private @Nullable Thread thread;
    private long look = FIRST_LOOK;
    private int off;
    private boolean closed;

    /**
     * Creates it without a thread.
     *
     * @param ticker the clock
     * @param real whether that is the JVM's own
     */
    public Alarms(Ticker ticker, boolean real) {
        this.ticker = ticker;
        this.real = real;
    }

    /** An alarm that was set. */
    public final class Alarm {
        private final long at;
        private final Runnable action;
        private boolean set = true;

        private Alarm(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        private int compareTo(Alarm other) {
            return Long.signum(at - other.at);
        }

        /** Lets go of the alarm. One that is running already runs on. */
        public void cancel() {
            lock.lock();
            try {
                if (set) {
                    set = false;
                    off++;
                    if (off >= FEW && off > alarms.size() / 2) {
                        alarms.removeIf(alarm -> !alarm.set);
                        off = 0;
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Sets an alarm.
     *
     * @param nanos after how long; at most some hundred years
     * @param action what to run then
     * @return the alarm
     */
    public Alarm after(long nanos, Runnable action) {
        lock.lock();
        try {
            Alarm alarm = new Alarm(ticker.read() + Math.min(nanos, Long.MAX_VALUE / 2), action);
            alarms.add(alarm);
            if (thread == null) {
                Thread made = new Thread(this::run, "twat-cache-alarms");
                made.setDaemon(true);
                // It may be that there are no more threads to be had; then the next who comes tries again.
                made.start();
                thread = made;
            } else if (alarms.peek() == alarm) {
                look = FIRST_LOOK;
                changed.signal();
            }
            return alarm;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Alarm> due = next(); due != null; due = next()) {
            due.forEach(Alarms::tell);
        }
    }

    /** What fails there must not take the others' alarms with it. */
    private static void tell(Alarm alarm) {
        try {
            alarm.action.run();
        } catch (Throwable failed) {
            InFlight.LOG.error("what was to be done when a time was over has failed", failed);
        }
    }

    /** Waits for those that are due; {@code null} when there has been none for long enough, and the thread is to end. */
    private @Nullable List<Alarm> next() {
        lock.lock();
        try {
            long idle = IDLE;
            while (true) {
                List<Alarm> due = due();
                if (!due.isEmpty()) {
                    look = FIRST_LOOK;
                    return due;
                }
                Alarm first = alarms.peek();
                if (first != null) {
                    pause(real ? Math.max(1, first.at - ticker.read()) : look);
                    look = Math.min(2 * look, LAST_LOOK);
                    idle = IDLE;
                } else if (closed || idle <= 0) {
                    thread = null;
                    return null;
                } else {
                    idle = pause(idle);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // next() loops, and looks at the alarms each time
    private long pause(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException notOurs) {
            // Nobody of ours interrupts it, and alarms that are set are told.
            return nanos;
        }
    }

    /** Takes out those whose time has come, and those that were let go of. */
    private List<Alarm> due() {
        List<Alarm> due = new ArrayList<>();
        long now = ticker.read();
        for (Alarm first = alarms.peek(); first != null && (!first.set || first.at - now <= 0); first = alarms.peek()) {
            alarms.poll();
            if (first.set) {
                first.set = false;
                due.add(first);
            } else {
                off--;
            }
        }
        return due;
    }

    /** How many it holds on to, set or not. */
    int kept() {
        lock.lock();
        try {
            return alarms.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread once no alarm is set any more. Those that are set are still told. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
