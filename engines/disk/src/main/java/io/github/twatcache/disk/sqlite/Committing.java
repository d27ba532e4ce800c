package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.LockTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions that write, one at a time: each on a connection of the pool, under the write lock, with the hook told
 * before and after its commit. To be called by the leader of the writers.
 */
final class Committing {
    private final Path file;
    private final DatabaseOptions options;
    private final Links links;
    private final WriteLock writeLock;
    private final Supplier<@Nullable CommitHook> hook;

    /** Hears how many keys a transaction has changed. */
    private final IntConsumer changed;

    private final Memory memory = new Memory();

    Committing(
            Path file,
            DatabaseOptions options,
            Links links,
            WriteLock writeLock,
            Supplier<@Nullable CommitHook> hook,
            IntConsumer changed) {
        this.file = file;
        this.options = options;
        this.links = links;
        this.writeLock = writeLock;
        this.hook = hook;
        this.changed = changed;
    }

    /**
     * One transaction.
     *
     * @param then what is done as soon as it is committed; whatever this throws afterwards, that stands
     */
    <R> R run(Work<R> work, Runnable then) throws SQLException {
        return run(links.take(), options.lockTimeout(), work, then);
    }

    /** The same if a connection is at hand and no other process writes; says whether that was so. */
    boolean runAtOnce(Work<Boolean> work, Runnable then) throws SQLException {
        Link link = links.takeAtOnce();
        if (link == null) {
            return false;
        }
        try {
            return run(link, Duration.ZERO, work, then);
        } catch (LockTimeoutException another) {
            return false;
        }
    }

    private <R> R run(Link link, Duration timeout, Work<R> work, Runnable then) throws SQLException {
        try {
            CommitHook listener = hook.get();
            if (listener == null) {
                return committed(link, timeout, work, null, then);
            }
            writeLock.take(timeout);
            try {
                if (!listener.stands(false)) {
                    throw new MovedDatabaseException(file);
                }
                return committed(link, timeout, work, listener, then);
            } finally {
                writeLock.leave();
            }
        } catch (IOException e) {
            throw new SQLException("the write lock failed", e);
        } finally {
            links.give(link);
        }
    }

    private <R> R committed(Link link, Duration timeout, Work<R> work, @Nullable CommitHook listener, Runnable then)
            throws SQLException {
        Transaction transaction = link.begin(new Patience(file, timeout), memory);
        memory.begin(listener);
        Changes changes = transaction.changes();
        boolean told = false;
        boolean done = false;
        try {
            R result = Objects.requireNonNull(work.run(link), "result");
            transaction.finish(link);
            if (listener != null) {
                told = true;
                listener.before(changes);
            }
            link.commit(new Patience(file, options.lockTimeout()));
            done = true;
            then.run();
            return result;
        } catch (SQLException | Error fault) {
            link.failed();
            throw fault;
        } finally {
            if (!done) {
                link.rollback();
                transaction.undone();
            }
            if (told && listener != null) {
                listener.after(changes, done);
            }
            memory.end(listener, done);
            changed.accept(changes.count());
        }
    }
}
