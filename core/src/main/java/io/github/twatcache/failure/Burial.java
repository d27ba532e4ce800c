package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.failure.TimeLimit.TooLate;
import io.github.twatcache.failure.Tombstones.Stone;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.TagStore;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Has the store do what the tombstones stand for, before it answers; one thread at a time. */
final class Burial {
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
        if (!stones.none()) {
            locked(Operation.REMOVE, key, () -> {
                wide();
                one(key);
                along();
            });
        }
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
                for (Object key : stones.due(Tombstones.MOST)) {
                    one(key);
                }
                if (!stones.none()) {
                    throw protection.failure(Operation.REMOVE, null, tooEarly());
                }
            });
        }
    }

    private static EngineException tooEarly() {
        return new EngineException("a write that took too long has not come back, and may still store its value");
    }

    private void wide() {
        Object everything = stones.everything();
        if (everything != null) {
            protection.run(Operation.CLEAR, null, () -> {
                store.clear();
                return true;
            });
            stones.liftEverything(everything);
        }
        for (Map.Entry<String, Object> stone : stones.tags().entrySet()) {
            String tag = stone.getKey();
            protection.run(
                    Operation.REMOVE_TAGGED,
                    null,
                    () -> store.capability(TagStore.class)
                            .map(tagged -> tagged.removeTagged(tag))
                            .orElse(0L));
            stones.liftTag(tag, stone.getValue());
        }
    }

    private void one(Object key) {
        Stone stone = stones.of(key);
        if (stone == null) {
            return;
        }
        if (stone.tooEarly()) {
            throw protection.failure(Operation.REMOVE, key, tooEarly());
        }
        protection.run(Operation.REMOVE, key, () -> store.remove(key, Guard.ANY));
        stones.lift(key, stone);
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
