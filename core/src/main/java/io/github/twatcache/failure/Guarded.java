package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.failure.Standby.Answer;
import io.github.twatcache.failure.TimeLimit.TooLate;
import io.github.twatcache.failure.Tombstones.Stone;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose engine may fail, as everybody but the loads sees it (for those see {@link Serving}).
 *
 * <p>A look-up that the engine does not answer finds nothing ({@link MissReason#ERROR}). Everything else throws; or, where
 * that was asked for, a change leaves a tombstone, and the store does what the tombstone stands for before its next
 * answer. While the breaker is open the standby answers, where there is one, and each of its changes leaves a tombstone in
 * the engine: so nothing that is older than what the standby has handed out comes back.
 *
 * <p>A hit costs two reads of memory more than without, as long as nothing has failed and there is no time limit.
 */
public final class Guarded implements Store<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    final Tombstones stones = new Tombstones();
    private final Setup setup;
    private final Tally tally;
    private final Store<Object> store;
    private final Deferral deferral = new Deferral();
    private final Protection protection;
    private final Burial burial;
    private final @Nullable Standby standby;
    private final boolean serves;
    private final boolean direct;
    private final ThisCall call;

    private volatile boolean closed;

    /**
     * Guards a store.
     *
     * @param setup what it is made of
     * @param store the engine's own
     */
    public Guarded(Setup setup, Store<Object> store) {
        this.setup = setup;
        this.tally = setup.tally();
        this.store = store;
        this.serves = setup.rules().serves();
        this.direct = setup.rules().timeout() == null;
        this.call = new ThisCall(!direct);
        this.standby = setup.fallback() == null
                ? null
                : new Standby(setup.cache(), setup.fallback(), setup.opensFallback(), tally, deferral);
        Duration timeout = setup.rules().timeout();
        TimeLimit limit =
                timeout == null ? null : new TimeLimit(setup.cache(), timeout, setup.ticker(), tally, deferral);
        this.protection = standby == null
                ? new Protection(setup, limit, deferral, () -> {}, () -> {})
                : new Protection(setup, limit, deferral, standby::takeOver, standby::handBack);
        this.burial = new Burial(
                stones, protection, store, deferral, timeout == null ? null : new Patience(timeout, setup.ticker()));
    }

    /**
     * The same store as loads see it.
     *
     * @return a view
     */
    public Store<Object> forLoads() {
        return new Serving(this);
    }

    /**
     * Takes what would run code of the user's, to be run later, on a thread that holds nothing.
     *
     * @param action what to run
     * @return whether it was taken; if not, it may be run at once
     */
    public boolean takes(Runnable action) {
        return deferral.takes(action);
    }

    /** Says that this thread begins a call: it may wait for the engine once more. */
    public void begins() {
        call.begins();
    }

    /**
     * Does what asks for several keys as one call: it waits for the engine once.
     *
     * @param <R> what comes of it
     * @param steps what is done
     * @return what comes of it
     */
    public <R> R asOne(Supplier<R> steps) {
        return call.whole(steps);
    }

    /**
     * What is wrong at this moment, and how often an interceptor has failed so far.
     *
     * @return sentences; none where nothing is
     */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (!protection.closed()) {
            troubles.add("engine '" + setup.engine() + "' has failed "
                    + Breaker.times(setup.rules().breakerFailures()) + " (breaker-failures) and is left alone; "
                    + (standby == null ? "calls are computed" : "engine '" + setup.fallback() + "' (fallback) serves"));
        }
        int waiting = stones.size();
        if (waiting > 0) {
            troubles.add("engine '" + setup.engine() + "' has not taken " + waiting
                    + (waiting == 1 ? " change; it is" : " changes; they are") + " made before its next answer");
        }
        long after = store instanceof Intercepted intercepted ? intercepted.afterFailures() : 0;
        if (after > 0) {
            troubles.add("interceptors have failed after " + after
                    + (after == 1 ? " operation that stands" : " operations that stand")
                    + " all the same; the log says with what");
        }
        return troubles;
    }

    /**
     * Takes a change for done that the engine has not taken, if that was asked for.
     *
     * @param key the masked key that was to be changed
     * @return whether a tombstone was left
     */
    public boolean buries(Object key) {
        if (serves) {
            stones.place(key);
        }
        return serves;
    }

    void unanswered(Object key) {
        tally.report(key, MissReason.ERROR);
        call.didNotSee(key);
    }

    /** Gives up what the engine holds, where somebody may have seen what the standby held. */
    void giveUp(Object key) {
        if (standby != null) {
            stones.place(key);
        }
    }

    private EngineException notAgain(Operation operation, Object key) {
        return protection.failure(
                operation, key, new EngineException("it has kept this call waiting already and is not asked again"));
    }

    private <R extends @Nullable Object> R route(Supplier<R> primary, Function<Store<Object>, R> secondary) {
        // A lock of ours or of the engine's, or the breaker's leave to probe, must not be left behind.
        StackProbe.guard();
        try {
            return primary.get();
        } catch (EngineException failed) {
            if (failed.getCause() instanceof TooLate) {
                call.waitedInVain();
            }
            Answer<R> answer = standby == null || protection.closed() ? null : standby.ask(secondary);
            if (answer == null) {
                throw failed;
            }
            return answer.value();
        }
    }

    /** Looks something up in the engine, or in the standby. */
    private <R extends @Nullable Object> R look(Supplier<R> primary, Function<Store<Object>, R> secondary) {
        return route(primary, secondary);
    }

    /**
     * Changes something in the engine, or in the standby, and has the standby forget what the engine has changed. A change
     * may probe the engine while an operation from before the outage fails late: then the engine has taken the change, and
     * the standby goes on with what it held.
     *
     * @param forget what the standby is to forget
     */
    private <R extends @Nullable Object> R change(
            Consumer<Store<Object>> forget, Supplier<R> primary, Function<Store<Object>, R> secondary) {
        return route(
                () -> {
                    R result = primary.get();
                    if (standby != null && !protection.closed()) {
                        standby.ask(other -> {
                            forget.accept(other);
                            return true;
                        });
                    }
                    return result;
                },
                secondary);
    }

    /** The standby forgets one key. */
    private static Consumer<Store<Object>> forgetting(Object key) {
        return other -> other.remove(key, Guard.ANY);
    }

    @Override
    public @Nullable Object get(Object key) {
        if (direct && protection.calm() && stones.none()) {
            try {
                return store.get(key);
            } catch (Throwable failed) {
                Thrown.passUnlessFailure(failed);
                return lookUp(key, new Begun(key, failed));
            }
        }
        begins();
        return lookUp(key, () -> store.get(key));
    }

    /** A look-up whose first attempt has failed already; further ones ask the engine. */
    private final class Begun implements Supplier<@Nullable Object> {
        private final Object key;
        private @Nullable Throwable failed;

        Begun(Object key, Throwable failed) {
            this.key = key;
            this.failed = failed;
        }

        @Override
        public @Nullable Object get() {
            Throwable first = failed;
            failed = null;
            if (first != null) {
                throw Thrown.<RuntimeException>again(first);
            }
            return store.get(key);
        }
    }

    /** A look-up of a load, which is a part of a call. */
    @Nullable Object lookUp(Object key) {
        return lookUp(key, () -> store.get(key));
    }

    private @Nullable Object lookUp(Object key, Supplier<@Nullable Object> look) {
        if (closed) {
            return null;
        }
        try {
            return this.<@Nullable Object>look(
                    () -> {
                        if (call.hasWaited()) {
                            throw notAgain(Operation.GET, key);
                        }
                        burial.of(key);
                        return protection.<@Nullable Object>run(Operation.GET, key, look);
                    },
                    other -> {
                        // What the engine holds, nobody has seen: a value that is computed now is newer.
                        call.didNotSee(key);
                        return other.get(key);
                    });
        } catch (EngineException failed) {
            unanswered(key);
            return null;
        }
    }

    @Override
    public @Nullable Entry entry(Object key) {
        return this.<@Nullable Entry>look(
                () -> {
                    if (call.isSpent()) {
                        throw notAgain(Operation.ENTRY, key);
                    }
                    burial.of(key);
                    return protection.<@Nullable Entry>run(Operation.ENTRY, key, () -> store.entry(key));
                },
                other -> other.entry(key));
    }

    @Override
    public boolean holds(Object key) {
        return this.<Boolean>look(
                () -> {
                    burial.of(key);
                    return protection.<Boolean>run(Operation.ENTRY, key, () -> store.holds(key));
                },
                other -> other.holds(key));
    }

    /** The entry that a refresh is to replace; where the engine does not show its own, it is given up. */
    @Nullable Entry entryToRenew(Object key) {
        begins();
        try {
            return this.<@Nullable Entry>look(
                    () -> {
                        burial.of(key);
                        return protection.<@Nullable Entry>run(Operation.ENTRY, key, () -> store.entry(key));
                    },
                    other -> {
                        call.didNotSee(key);
                        stones.place(key);
                        return other.entry(key);
                    });
        } catch (EngineException failed) {
            unanswered(key);
            stones.place(key);
            return null;
        }
    }

    @Override
    public Outcome put(Object key, Object value, Terms terms, Guard guard) {
        try {
            return store(key, value, terms, guard);
        } catch (EngineException failed) {
            if (guard == Guard.ABSENT || !buries(key)) {
                throw failed;
            }
            return Outcome.REFUSED;
        }
    }

    private Outcome store(Object key, Object value, Terms terms, Guard guard) {
        return change(
                forgetting(key),
                () -> {
                    if (call.isSpent()) {
                        throw notAgain(Operation.PUT, key);
                    }
                    burial.ofChanged(key);
                    return protection.write(Operation.PUT, key, () -> store.put(key, value, terms, guard), stones);
                },
                other -> {
                    stones.place(key);
                    return other.put(key, value, terms, guard);
                });
    }

    /**
     * Stores what a load has computed. It runs where nothing is stored, or where nobody has seen it: then what is stored is
     * older than its value. Changes detach loads first, so that nothing newer can be there.
     */
    Outcome keep(Object key, Object value, Terms terms, Guard guard) {
        boolean older = guard == Guard.ABSENT && call.hasNotSeen(key);
        Guard wanted = older ? Guard.ANY : guard;
        if (!call.hasWaited()) {
            return store(key, value, terms, wanted);
        }
        return change(
                forgetting(key),
                () -> {
                    throw notAgain(Operation.PUT, key);
                },
                other -> {
                    stones.place(key);
                    return other.put(key, value, terms, wanted);
                });
    }

    @Override
    public boolean remove(Object key, Guard guard) {
        try {
            return take(key, guard);
        } catch (EngineException failed) {
            if (!buries(key)) {
                throw failed;
            }
            return guard == Guard.ANY;
        }
    }

    boolean take(Object key, Guard guard) {
        return change(
                forgetting(key),
                () -> {
                    if (call.isSpent()) {
                        throw notAgain(Operation.REMOVE, key);
                    }
                    burial.ofAllButKeys();
                    // A removal does what a tombstone stands for, unless a write may still come after it.
                    Stone stone = stones.of(key);
                    boolean tooEarly = stone != null && stone.tooEarly();
                    boolean removed = protection.run(
                            Operation.REMOVE, key, () -> store.remove(key, stone == null ? guard : Guard.ANY));
                    if (stone != null && !tooEarly) {
                        stones.lift(key, stone);
                    }
                    return removed && stone == null;
                },
                other -> {
                    stones.place(key);
                    return other.remove(key, guard);
                });
    }

    @Override
    public void clear() {
        try {
            change(
                    Store::clear,
                    () -> {
                        Object everything = stones.everything();
                        protection.run(Operation.CLEAR, null, () -> {
                            store.clear();
                            return true;
                        });
                        if (everything != null) {
                            stones.liftEverything(everything);
                        }
                        return true;
                    },
                    other -> {
                        stones.placeEverything();
                        other.clear();
                        return true;
                    });
        } catch (EngineException failed) {
            if (!serves) {
                throw failed;
            }
            stones.placeEverything();
        }
    }

    private <R> R overall(Operation operation, Function<Store<Object>, R> question) {
        return look(
                () -> {
                    burial.ofEverything();
                    return protection.run(operation, null, () -> question.apply(store));
                },
                question);
    }

    @Override
    public long size() {
        return overall(Operation.SIZE, Store::size);
    }

    @Override
    public long estimatedSize() {
        return look(() -> protection.run(Operation.SIZE, null, store::estimatedSize), Store::estimatedSize);
    }

    @Override
    public long weight() {
        return overall(Operation.SIZE, Store::weight);
    }

    @Override
    public Cursor<Object> entries() {
        return overall(Operation.ENTRIES, from -> new GuardedCursor(from.entries(), protection, stones));
    }

    /** Tags and lifetimes are guarded; for what an engine offers beyond them see {@link Abilities}. */
    @Override
    @SuppressWarnings("unchecked") // the store's keys are Objects
    public <C> Optional<C> capability(Class<C> type) {
        Optional<C> own = store.capability(type);
        if (own.isPresent() && type == TagStore.class) {
            TagStore guarded = tag -> removeTagged((TagStore) own.get(), tag);
            return Optional.of(type.cast(guarded));
        }
        if (own.isPresent() && type == TouchStore.class) {
            TouchStore<Object> guarded = (key, nanos) -> touch((TouchStore<Object>) own.get(), key, nanos);
            return Optional.of(type.cast(guarded));
        }
        return own.flatMap(
                ability -> new Abilities(this, burial, protection).of(type, ability, direct && standby == null));
    }

    private long removeTagged(TagStore tagged, String tag) {
        try {
            return change(
                    Store::clear,
                    () -> {
                        burial.ofEverything();
                        return protection.run(Operation.REMOVE_TAGGED, null, () -> tagged.removeTagged(tag));
                    },
                    other -> {
                        stones.placeTag(tag);
                        return other.capability(TagStore.class)
                                .map(store -> store.removeTagged(tag))
                                .orElse(0L);
                    });
        } catch (EngineException failed) {
            if (!serves) {
                throw failed;
            }
            stones.placeTag(tag);
            return 0;
        }
    }

    @SuppressWarnings("unchecked") // the store's keys are Objects
    private boolean touch(TouchStore<Object> touched, Object key, long nanos) {
        try {
            return change(
                    forgetting(key),
                    () -> {
                        burial.ofChanged(key);
                        return protection.write(Operation.TOUCH, key, () -> touched.touch(key, nanos), stones);
                    },
                    other -> {
                        stones.place(key);
                        return other.capability(TouchStore.class)
                                .map(store -> ((TouchStore<Object>) store).touch(key, nanos))
                                .orElse(false);
                    });
        } catch (EngineException failed) {
            if (!buries(key)) {
                throw failed;
            }
            return false;
        }
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return store.lacking(type);
    }

    @Override
    public void close() {
        closed = true;
        try {
            buryTheLast();
        } finally {
            try {
                protection.close(store::close);
            } finally {
                if (standby != null) {
                    standby.close();
                }
            }
        }
    }

    private void buryTheLast() {
        try {
            burial.ofEverything();
        } catch (EngineException failed) {
            LOG.warn(
                    "cache '{}' closes with {} changes that engine '{}' has not taken; what outlives this process there"
                            + " may be stale",
                    setup.cache(),
                    stones.size(),
                    setup.engine());
        }
    }
}
