package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/** What belongs to one transaction, beside what is in the database. For one thread. */
final class Transaction {
    private final Memory memory;
    private final Changes changes = new Changes();
    private final IdentityHashMap<Object, Object> kept = new IdentityHashMap<>();
    private final List<Work<?>> last = new ArrayList<>();
    private final List<Runnable> whenUndone = new ArrayList<>();
    private List<Runnable> afterwards = new ArrayList<>();
    private boolean doubted;

    Transaction(Memory memory) {
        this.memory = memory;
    }

    Memory memory() {
        return memory;
    }

    Changes changes() {
        return changes;
    }

    @SuppressWarnings("unchecked") // who asks gets what it has made
    <T> T kept(Object owner, Supplier<T> maker) {
        return (T) kept.computeIfAbsent(owner, unused -> maker.get());
    }

    void beforeCommit(Work<?> work) {
        last.add(work);
    }

    void afterCommit(Runnable action) {
        afterwards.add(action);
    }

    void whenUndone(Runnable action) {
        whenUndone.add(action);
    }

    /** Does what is to be done last. */
    void finish(Link link) throws SQLException {
        for (Work<?> work : last) {
            work.run(link);
        }
        last.clear();
        kept.clear();
    }

    /** What the works since the last call want done after the commit. */
    List<Runnable> takeAfterwards() {
        if (afterwards.isEmpty()) {
            return List.of();
        }
        List<Runnable> taken = afterwards;
        afterwards = new ArrayList<>();
        return taken;
    }

    /** Says whether a part may or may not have been undone. */
    void doubted(boolean whether) {
        doubted = whether;
    }

    /** Refuses to go on where SQLite has undone all, or nobody knows what. */
    void requireSound() throws SQLException {
        if (doubted) {
            throw new SQLException(
                    "a part of the transaction failed and could not be undone by itself: nothing of it is"
                            + " stored; run it again");
        }
    }

    /** How far it has come, for {@link #back}. */
    record Place(int marks, int afterwards, int whenUndone) {}

    Place here() {
        return new Place(changes.count(), afterwards.size(), whenUndone.size());
    }

    /** Forgets what came after a place. */
    void back(Place place) {
        changes.shrink(place.marks);
        afterwards.subList(place.afterwards, afterwards.size()).clear();
        last.clear();
        kept.clear();
        memory.forget();
    }

    /** Does what is to be done when what came after a place is undone. */
    void undone(Place place) {
        List<Runnable> actions = whenUndone.subList(place.whenUndone, whenUndone.size());
        List<Runnable> taken = List.copyOf(actions);
        actions.clear();
        runAll(taken);
    }

    /** Does all of it: what one throws keeps none of the others from being done, and is thrown at the end. */
    static void runAll(List<Runnable> actions) {
        Throwable first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error thrown) {
                if (first == null) {
                    first = thrown;
                } else if (first != thrown) {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (RuntimeException) first;
        }
    }

    /** Does what is to be done when all is undone. */
    void undone() {
        undone(new Place(0, 0, 0));
    }
}
