package io.github.twatcache.failure;

import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ResourceException;
import io.github.twatcache.failure.TimeLimit.Interrupted;
import io.github.twatcache.failure.TimeLimit.TooLate;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.text.Durations;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs operations of an engine: in its time, again where that may help, not at all while the engine is left alone. What
 * goes wrong comes out as one {@link EngineException} that says which cache, which engine and which operation.
 *
 * <p>What an engine refuses (a value that cannot be written, a change of what can only be read) is an answer, not a failure,
 * and comes out as it is. Everything else that it throws is a failure, whatever its type: a {@link ResourceException}, since
 * a disk is full, a directory gone or a lock not to be had; a {@link LinkageError}, since a class is missing or does not fit;
 * an assertion of its own; a checked exception that it does not declare. Only what is the JVM's (see {@link Thrown}) says
 * nothing of the engine, and comes out as it is.
 */
final class Protection {
    private static final Logger LOG = LoggerFactory.getLogger(Protection.class);

    private final Setup setup;
    private final Tally tally;
    private final Retries retries;
    private final Breaker breaker;
    private final @Nullable TimeLimit limit;
    private final Deferral deferral;

    /** Counts failures; back at 0 when the engine has succeeded since the last and the breaker is closed. */
    private final AtomicLong trouble = new AtomicLong();

    private volatile boolean shut;

    Protection(Setup setup, @Nullable TimeLimit limit, Deferral deferral, Runnable opens, Runnable closes) {
        this.deferral = deferral;
        this.setup = setup;
        this.tally = setup.tally();
        this.limit = limit;
        this.retries = new Retries(setup.rules(), tally);
        this.breaker = new Breaker(setup.cache(), setup.engine(), setup.rules(), setup.ticker(), opens, closes);
    }

    /** Whether nothing has failed since the last success: then a look-up may go to the engine directly. */
    boolean calm() {
        return trouble.get() == 0;
    }

    boolean closed() {
        return breaker.closed();
    }

    /** Runs an operation that changes nothing if it comes too late. */
    <R extends @Nullable Object> R run(Operation operation, @Nullable Object key, Supplier<R> call) {
        return run(operation, key, call, new Pending(), () -> {});
    }

    /** Runs a write: if it is given up, a tombstone undoes what it may still do. */
    <R extends @Nullable Object> R write(Operation operation, Object key, Supplier<R> call, Tombstones stones) {
        Pending pending = new Pending();
        return run(operation, key, call, pending, () -> stones.place(key, pending));
    }

    private <R extends @Nullable Object> R run(
            Operation operation, @Nullable Object key, Supplier<R> call, Pending pending, Runnable abandoned) {
        long start = LOG.isDebugEnabled() ? System.nanoTime() : 0;
        try {
            R result = retries.run(() -> attempt(call, pending, abandoned));
            debug(operation, key, start, result == null ? "nothing" : "done");
            return result;
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            debug(operation, key, start, failed.getClass().getSimpleName());
            if (shut) {
                throw new IllegalStateException("cache '" + setup.cache() + "' is closed; open a new one", failed);
            }
            if (answers(failed)) {
                throw failed;
            }
            throw failure(operation, key, failed);
        }
    }

    private <R extends @Nullable Object> R attempt(Supplier<R> call, Pending pending, Runnable abandoned) {
        if (!breaker.admits()) {
            throw new EngineException(
                    "it has failed " + Breaker.times(setup.rules().breakerFailures())
                            + " (breaker-failures) and is left alone; it is probed every "
                            + Durations.format(setup.rules().breakerDelay()) + " (breaker-delay)");
        }
        long seen = trouble.get();
        boolean decided = false;
        try {
            R result = limit == null ? call.get() : limit.run(call, pending, abandoned);
            decided = true;
            answered(seen);
            return result;
        } catch (Interrupted interrupted) {
            decided = breaker.closed();
            throw interrupted;
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            decided = true;
            if (answers(failed)) {
                answered(seen);
            } else {
                tally.engineFailed();
                failed();
            }
            throw failed;
        } finally {
            if (!decided && !breaker.closed()) {
                // Whoever probes has to say how it went, or the breaker would wait for it for ever. Else an error of
                // the JVM, such as a stack that has come to its end, says nothing of the engine.
                failed();
            }
        }
    }

    private void answered(long seen) {
        if (seen != 0 || !breaker.closed()) {
            deferral.during(() -> {
                breaker.succeeded();
                return true;
            });
            if (breaker.closed()) {
                trouble.compareAndSet(seen, 0);
            }
        }
    }

    private void failed() {
        deferral.during(() -> {
            breaker.failed();
            return true;
        });
        // After the breaker knows: a success in between must not take this failure for one that is over.
        trouble.incrementAndGet();
    }

    private static boolean answers(Throwable thrown) {
        return thrown instanceof CacheException
                && !(thrown instanceof EngineException || thrown instanceof ResourceException);
    }

    EngineException failure(Operation operation, @Nullable Object key, Throwable cause) {
        if (cause instanceof InterruptedException) {
            // Thrown past the compiler: whoever is interrupted must still find that it is.
            Thread.currentThread().interrupt();
        }
        String what = cause instanceof CacheException
                ? String.valueOf(cause.getMessage())
                : "it threw " + cause.getClass().getName();
        String cure = cause instanceof TooLate
                ? "; raise operation-timeout, or find out what the engine waits for"
                : cause instanceof LinkageError
                        ? "; a class or a library that it needs is missing, or not the one that it was built for: the"
                                + " cause says which"
                        : cause instanceof CacheException ? "" : "; the cause says more";
        boolean retryable = cause instanceof EngineException failed && failed.retryable();
        return new EngineException(
                "engine '" + setup.engine() + "' of cache '" + setup.cache() + "' failed at " + operation
                        + (key == null ? "" : " of key " + setup.digest().apply(key)) + ": " + what + cure,
                cause,
                retryable);
    }

    private void debug(Operation operation, @Nullable Object key, long start, String outcome) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "cache '{}' {} {}: {} in {} us",
                    setup.cache(),
                    operation,
                    key == null ? "" : setup.digest().apply(key),
                    outcome,
                    start == 0 ? 0 : (System.nanoTime() - start) / 1_000);
        }
    }

    /** Closes the engine's store, whatever the breaker says. */
    void close(Runnable closing) {
        shut = true;
        try {
            if (limit == null) {
                closing.run();
            } else {
                limit.runLast(closing);
            }
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            if (answers(failed)) {
                throw failed;
            }
            throw failure(Operation.CLOSE, null, failed);
        } finally {
            if (limit != null) {
                limit.close();
            }
        }
    }
}
