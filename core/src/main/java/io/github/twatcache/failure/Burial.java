package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.failure.TimeLimit.TooLate;
import io.github.twatcache.failure.Tombstones.Stone;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.TagStore;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the store do what the tombstones stand for, before it answers; one thread at a time. */
final class Burial {
    private static final String HIDDEN =
            "the store can only be read, and what it holds there is older than what this process has seen";

    /** So many keys that nobody asks for are done along with each that somebody does. */
    private static final int ALONG = 4;

    private final Tombstones stones;
    private final Protection protection;
    private final Store<Object> store;
    private final Deferral deferral;
    private final @Nullable Patience patience;
    private final ReentrantLock lock = new ReentrantLock();

    Burial(
            Tombstones stones,
            Protection protection,
            Store<Object> store,
            Deferral deferral,
            @Nullable Patience patience) {
        this.stones = stones;
        this.protection = protection;
        this.store = store;
        this.deferral = deferral;
        this.patience = patience;
    }

    /**
     * Makes the store fit to answer for one key.
     *
     * @throws EngineException when it cannot be made so now
     */
    void of(Object key) {
        if (!fit(key)) {
            throw protection.failure(Operation.REMOVE, key, new EngineException(HIDDEN));
        }
    }

    /**
     * Makes the store fit to take a change of one key.
     *
     * @throws EngineException when it cannot be made so now
     * @throws ReadOnlyException when it never can
     */
    void ofChanged(Object key) {
        if (!fit(key)) {
            throw new ReadOnlyException(HIDDEN);
        }
    }

    private boolean fit(Object key) {
        boolean[] fit = {true};
        if (!stones.none()) {
            locked(Operation.REMOVE, key, () -> {
                wide();
                fit[0] = one(key);
                along();
            });
        }
        return fit[0];
    }

    /** Makes the store fit to answer for everything but single keys. */
    void ofAllButKeys() {
        if (!stones.none()) {
            locked(Operation.CLEAR, null, this::wide);
        }
    }

    /** Makes the store fit to answer for everything. */
    void ofEverything() {
        if (!stones.none()) {
            locked(Operation.CLEAR, null, () -> {
                wide();
                boolean all = true;
                for (Object key : stones.due(Tombstones.MOST)) {
                    all &= one(key);
                }
                // What can only be read has them for good: counts tell what is there, walks pass over them.
                if (all && !stones.none()) {
                    throw protection.failure(Operation.REMOVE, null, tooEarly());
                }
            });
        }
    }

    private static EngineException tooEarly() {
        return new EngineException("a write that took too long has not come back, and may still store its value");
    }

    /** Makes a change that a tombstone stands for; says whether it was made, which it never is where the store can only be read. */
    private boolean made(Operation operation, @Nullable Object key, Supplier<?> change) {
        try {
            protection.run(operation, key, change);
            return true;
        } catch (ReadOnlyException refused) {
            return false;
        }
    }

    private void wide() {
        Object everything = stones.everything();
        if (everything != null) {
            boolean cleared = made(Operation.CLEAR, null, () -> {
                store.clear();
                return true;
            });
            if (!cleared) {
                throw protection.failure(Operation.CLEAR, null, new EngineException(HIDDEN));
            }
            stones.liftEverything(everything);
        }
        for (Map.Entry<String, Object> stone : stones.tags().entrySet()) {
            String tag = stone.getKey();
            boolean removed = made(
                    Operation.REMOVE_TAGGED,
                    null,
                    () -> store.capability(TagStore.class)
                            .map(tagged -> tagged.removeTagged(tag))
                            .orElse(0L));
            if (!removed) {
                throw protection.failure(Operation.REMOVE_TAGGED, null, new EngineException(HIDDEN));
            }
            stones.liftTag(tag, stone.getValue());
        }
    }

    /** Removes a key that has a tombstone; says whether the store may answer for it. */
    private boolean one(Object key) {
        Stone stone = stones.of(key);
        if (stone == null) {
            return true;
        }
        if (stone.tooEarly()) {
            throw protection.failure(Operation.REMOVE, key, tooEarly());
        }
        boolean removed = made(Operation.REMOVE, key, () -> store.remove(key, Guard.ANY));
        if (removed) {
            stones.lift(key, stone);
        }
        return removed;
    }

    private void along() {
        try {
            for (Object key : stones.due(ALONG)) {
                one(key);
            }
        } catch (EngineException notNow) {
            // Nobody has asked for these.
        }
    }

    /** Waits for others no longer than for the engine. */
    private void locked(Operation operation, @Nullable Object key, Runnable work) {
        deferral.during(() -> {
            boolean mine = false;
            try {
                if (patience == null) {
                    lock.lock();
                    mine = true;
                } else {
                    mine = patience.take(lock);
                }
                if (!mine) {
                    throw protection.failure(
                            operation,
                            key,
                            new TooLate("another thread is still removing what the engine had not taken before"));
                }
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw protection.failure(operation, key, new EngineException("the thread was interrupted"));
            } finally {
                if (mine) {
                    lock.unlock();
                }
            }
            return true;
        });
    }
}
