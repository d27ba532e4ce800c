package io.github.twatcache.disk.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a database: each statement by itself, on a connection of the pool, which may hold a snapshot as long as nobody
 * commits. What was found counts if the database is still the one that others find.
 */
final class Looks {
    /** Any odd number does. */
    private static final long NOBODY_SHOULD = 1;

    private final Path file;
    private final DatabaseOptions options;
    private final Links links;
    private final Supplier<@Nullable CommitHook> hook;
    private final BooleanSupplier stands;

    /** Hears that a connection holds a snapshot. */
    private final Runnable holding;

    Looks(
            Path file,
            DatabaseOptions options,
            Links links,
            Supplier<@Nullable CommitHook> hook,
            BooleanSupplier stands,
            Runnable holding) {
        this.file = file;
        this.options = options;
        this.links = links;
        this.hook = hook;
        this.stands = stands;
        this.holding = holding;
    }

    <R> @Nullable R find(Work<R> work) throws SQLException {
        Link link = links.takeForLook(this::commits);
        R result;
        boolean done = false;
        try {
            if (link.holds()) {
                holding.run();
            }
            result = work.run(link);
            done = true;
        } catch (SQLException fault) {
            if (!Faults.busy(fault)) {
                throw fault;
            }
            result = again(link, work);
            done = true;
        } finally {
            if (!done) {
                // A statement may have been left half-way, and with it a view of the database that grows old.
                link.failed();
            }
            links.give(link);
        }
        if (!stands.getAsBoolean()) {
            throw new MovedDatabaseException(file);
        }
        return result;
    }

    /** The count of commits, for who might hold a snapshot; odd where nobody should. */
    private long commits() {
        CommitHook listener = hook.get();
        return listener == null || listener.logIsLong() ? NOBODY_SHOULD : listener.commits();
    }

    /** A reader is turned away while another process mends what a killed one has left. */
    <R> @Nullable R again(Link link, Work<R> work) throws SQLException {
        Patience patience = new Patience(file, options.lockTimeout());
        try {
            while (true) {
                patience.pause();
                try {
                    return work.run(link);
                } catch (SQLException fault) {
                    if (!Faults.busy(fault)) {
                        throw fault;
                    }
                }
            }
        } finally {
            patience.done();
        }
    }
}
