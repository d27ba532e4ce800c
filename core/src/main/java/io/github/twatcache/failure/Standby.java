package io.github.twatcache.failure;

import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Tally;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store that takes over while the breaker is open, and hands back when it closes. It begins empty each time: what it
 * held during the last outage is older than what the engine has taken since.
 */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    /** Held for reading during each operation, so that none of one outage reaches into the next. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final String cache;
    private final String engine;
    private final Supplier<Store<Object>> opens;
    private final Tally tally;
    private final Deferral deferral;
    private @Nullable Store<Object> store;

    /** Whether it has taken over; written by who holds the lock. */
    private volatile boolean active;

    private boolean closed;

    /** Whether it has been said that it cannot take over. */
    private boolean lamented;

    Standby(String cache, String engine, Supplier<Store<Object>> opens, Tally tally, Deferral deferral) {
        this.cache = cache;
        this.engine = engine;
        this.opens = opens;
        this.tally = tally;
        this.deferral = deferral;
    }

    /**
     * What the standby has answered.
     *
     * @param value the answer
     */
    record Answer<R extends @Nullable Object>(R value) {}

    /** Asks the standby; null when it is not its turn. */
    <R extends @Nullable Object> @Nullable Answer<R> ask(Function<Store<Object>, R> operation) {
        return deferral.<@Nullable Answer<R>>during(() -> {
            lock.readLock().lock();
            try {
                return active && store != null ? new Answer<>(operation.apply(store)) : null;
            } finally {
                lock.readLock().unlock();
            }
        });
    }

    /**
     * Takes over if it has not; where that failed, it is tried again whenever the engine has failed its probe. The breaker
     * hands back under the lock under which it calls this, so that what is seen here still holds.
     */
    void takeOver() {
        if (active) {
            // Not by the lock: an operation that hangs in the standby would hold up the probe, and all who come later.
            return;
        }
        change(() -> {
            if (active || closed) {
                return;
            }
            Store<Object> empty = store == null ? opens.get() : store;
            // Before it is cleared: what was opened is closed with the cache, whatever comes of that.
            store = empty;
            empty.clear();
            active = true;
            lamented = false;
            tally.fellBack();
            Runnable tell = () -> tally.events().fellBack(engine);
            if (!deferral.takes(tell)) {
                tell.run();
            }
            LOG.warn("engine '{}' takes over cache '{}', empty", engine, cache);
        });
    }

    void handBack() {
        change(() -> {
            Store<Object> held = store;
            if (active && held != null) {
                active = false;
                held.clear();
                LOG.warn("engine '{}' has handed cache '{}' back", engine, cache);
            }
        });
    }

    private void change(Runnable change) {
        deferral.during(() -> {
            lock.writeLock().lock();
            try {
                change.run();
            } catch (Throwable failed) {
                Thrown.passUnlessFailure(failed);
                if (!lamented) {
                    lamented = true;
                    LOG.warn(
                            "engine '{}' could not take over cache '{}', or hand it back: {}",
                            engine,
                            cache,
                            FailureWords.of(failed));
                }
            } finally {
                lock.writeLock().unlock();
            }
            return true;
        });
    }

    void close() {
        change(() -> {
            active = false;
            closed = true;
            if (store != null) {
                store.close();
            }
        });
    }
}
