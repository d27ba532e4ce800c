package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.failure.Guarded;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Alarms;
import io.github.twatcache.load.AsyncComputation;
import io.github.twatcache.load.AsyncLoads;
import io.github.twatcache.load.AsyncSettings;
import io.github.twatcache.load.BulkLoad;
import io.github.twatcache.load.Changes;
import io.github.twatcache.load.Computation;
import io.github.twatcache.load.InFlight;
import io.github.twatcache.load.Judge;
import io.github.twatcache.load.LoadSettings;
import io.github.twatcache.load.Loads;
import io.github.twatcache.load.Unfit;
import io.github.twatcache.shared.Coordination;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.OwnedCounter;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cache behind its faces: the store, the loads in flight, the counters, and the operations that all faces share.
 * Keys are masked; values come and go as users see them.
 */
final class CacheCore {
    final CacheSpec spec;
    final KeySide keys;
    final Verdicts verdicts;
    final Tally tally;
    final LazyCodec values;
    final Store<Object> store;
    final InFlight inFlight;
    final Loads loads;
    final Changes changes;
    final Many many;
    final AsyncLoads async;
    final Elsewhere elsewhere;
    final Alarms alarms;
    /** Whether callers that do not wait must not be kept by the engine. */
    final boolean blocks;
    /** Counts hits, or {@code null} where nobody counts: as long as the cache lives. */
    final @Nullable OwnedCounter hits;

    /**
     * What a hit does beyond being one and being counted, or {@code null} for nothing. Not volatile, so that reading it costs a hit nothing;
     * a thread that runs hits sees a change soon, since each hit reads volatile fields of its store.
     */
    @Nullable Watch watch;

    /** The traits of engines that read and write more than the heap. */
    private static final Set<Trait> BLOCKING = EnumSet.of(Trait.BYTES, Trait.PERSISTENT, Trait.DISTRIBUTED);

    private @Nullable DataCache<?, ?> face;
    private @Nullable Coordination coordination;
    private final InstantSource clock;
    private final LentFolder folder;
    private final Function<Trait, String> having;
    private final Chosen chosen;
    private final @Nullable Guarded guarded;

    /** The store as a call asks it that has asked before: it does not wait again for an engine that hangs. */
    private final Store<Object> further;

    private final Registry.Seat seat;
    private final boolean copies;
    private final boolean byReference;
    private final Keeping keeping;
    private final Effective effective;
    private final AtomicBoolean closing = new AtomicBoolean();

    CacheCore(
            CacheSpec spec,
            Engine engine,
            KeySide keys,
            Verdicts verdicts,
            LoadSettings loading,
            Ticker ticker,
            InstantSource clock,
            LazyCodec values,
            Disk disk,
            Function<Trait, String> having,
            Chosen chosen,
            Guarding guarding,
            Background background,
            @Nullable Listeners listeners,
            Registry.Seat seat) {
        this.spec = spec;
        this.keys = keys;
        this.verdicts = verdicts;
        this.having = having;
        this.values = values;
        this.clock = clock;
        this.chosen = chosen;
        this.seat = seat;
        this.tally =
                new Tally(spec.on(Settings.STATISTICS), new Events(spec.name(), keys::digest, ticker::read, listeners));
        this.hits = tally.full() ? tally.hits() : null;
        this.copies = spec.on(Settings.COPY_ON_READ);
        this.byReference = engine.traits().contains(Trait.BY_REFERENCE);
        this.keeping = new Keeping(chosen, copies);
        this.folder = new LentFolder(spec.name(), engine, guarding.lasting(engine), disk);
        CoreContext context = new CoreContext(spec.name(), keys, verdicts, tally, folder, ticker, clock, values);
        this.effective = context.effective();
        Store<Object> opened = folder.lentTo(() -> engine.open(spec, context));
        this.guarded = guarding.around(opened, spec, engine, keys, tally, ticker, context);
        this.store = guarded == null ? opened : guarded;
        this.inFlight = new InFlight(spec.name(), keys, tally, ticker, loading);
        this.further = guarded == null ? opened : guarded.forLoads();
        this.loads = new Loads(inFlight, further, byReference ? null : Copies::of);
        this.changes = new Changes(inFlight, store);
        this.many = new Many(this);
        this.blocks = guarded != null || !Collections.disjoint(engine.traits(), BLOCKING);
        this.alarms = background.alarms();
        AsyncSettings asynchronous = asynchronous(background);
        this.async = new AsyncLoads(loads, asynchronous);
        this.elsewhere = new Elsewhere(this, asynchronous);
        context.tells(inFlight, guarded);
        if (listeners != null) {
            listeners.mind(inFlight, guarded);
        }
        mode(spec.get(Settings.MODE, Mode.ON));
        CacheLog.made(explain());
    }

    private AsyncSettings asynchronous(Background background) {
        return new AsyncSettings(
                blocks,
                background.executor(),
                background.storing(),
                spec.get(Settings.CANCEL_ABANDONED, true),
                background.alarms(),
                background.context(),
                guarded == null ? () -> {} : guarded::begins,
                keeping::kept,
                this::copied);
    }

    /**
     * Changes what the cache does. A look-up that finds its value asks for a watch in any case, so a cache that is on pays
     * nothing for being switchable: where look-ups are to find nothing, the watch says so.
     */
    synchronized void mode(Mode now) {
        inFlight.mode(now);
        watch = copies || !now.finds() ? new Watch(hits, copies, !now.finds()) : null;
        if (face != null) {
            face.watch = watch;
        }
    }

    /**
     * Refuses what needs all operations of a thread to reach the engine on that thread.
     *
     * @param what it is, in words
     */
    void refuseOtherThreads(String what) {
        Duration timeout = spec.get(Settings.OPERATION_TIMEOUT);
        if (timeout != null) {
            throw new ConfigurationException(
                    what + " needs one thread, and operation-timeout = " + Durations.format(timeout) + " of cache '"
                            + name() + "' runs each operation on a thread of its own; leave the time limit out");
        }
    }

    /** What processes agree on through this cache; made when first asked for. */
    synchronized Coordination coordination(CellStore cells) {
        inFlight.requireOpen();
        if (coordination == null) {
            coordination = new Coordination(name(), cells, clock, () -> {
                inFlight.requireOpen();
                tell("agreement between processes");
                inFlight.refuseWithinTransaction("locks, semaphores, throttles and averages");
            });
        }
        return coordination;
    }

    /** The face of a cache of data: one for all who ask, since they asked for the same. */
    synchronized <C extends DataCache<?, ?>> C face(Class<?> type, Supplier<C> maker) {
        DataCache<?, ?> known = face;
        if (type.isInstance(known)) {
            return Cast.to(known);
        }
        C made = maker.get();
        face = made;
        return made;
    }

    String name() {
        return spec.name();
    }

    /** The engines that keep something of it in the folder of its name. */
    Set<String> lasting() {
        return folder.lasting();
    }

    /** The engines that have a trait, in words. */
    String having(Trait trait) {
        return having.apply(trait);
    }

    CacheStats stats() {
        return tally.snapshot().taking(bytes());
    }

    /** What the entries take, where the cache is bounded by bytes or its engine keeps account. */
    private OptionalLong bytes() {
        if (inFlight.closed()) {
            return OptionalLong.empty();
        }
        try {
            if (settings().get(Settings.MAXIMUM_BYTES) != null) {
                return OptionalLong.of(store.weight());
            }
            return store.capability(ByteCount.class).stream()
                    .mapToLong(ByteCount::bytes)
                    .findFirst();
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            // Counts are read when something is wrong, too.
            return OptionalLong.empty();
        }
    }

    Explanation explain() {
        CacheSpec now = settings();
        Explanation told = chosen.explain();
        Explanation made = now.equals(spec) ? told : told.with(now, effective.notes(spec));
        if (chosen.engine() instanceof SplitEngine split) {
            made = made.noting(split.settings(spec).notes());
        }
        return guarded == null ? made : made.noting(guarded.troubles());
    }

    /** The settings that count: those that it was opened with, but for those that stand where its entries are. */
    CacheSpec settings() {
        return effective.of(spec);
    }

    /** A table of its settings in which each tells where it comes from. */
    EffectiveSettings told(EffectiveSettings table) {
        EffectiveSettings own = effective.of(spec, table);
        return chosen.engine() instanceof SplitEngine split
                ? split.settings(spec).in(own)
                : own;
    }

    /** What a store holds, as it is handed out. */
    @Nullable Object handed(Object masked) {
        return copied(Nil.unmask(masked));
    }

    /** A value that comes in or goes out: a copy of it where the cache copies. */
    @Nullable Object copied(@Nullable Object value) {
        return copies ? Copies.of(value) : value;
    }

    /** The value of one load for another load that has its value from the same run, on an engine where each has his own. */
    @Nullable Object another(@Nullable Object value) {
        return byReference ? value : Copies.of(value);
    }

    /** Tells at DEBUG of an operation on one key, before it is done. */
    void tell(String operation, Object raw) {
        CacheLog.debug(name(), operation, keys, raw);
    }

    /** Tells at DEBUG of an operation on many keys, or on none, before it is done. */
    void tell(String operation) {
        CacheLog.debug(name(), operation);
    }

    /** The live entry of a key, found without being used; none where the engine does not answer. */
    @Nullable Entry entry(Object raw) {
        tell("peek", raw);
        try {
            return entryToChange(raw);
        } catch (EngineException unanswered) {
            tally.report(raw, MissReason.ERROR);
            return null;
        }
    }

    /** Whether there is a live entry, of which the value need not be read; not where the engine does not answer. */
    boolean holds(Object raw) {
        tell("peek", raw);
        try {
            inFlight.requireOpen();
            if (!inFlight.mode().finds()) {
                return false;
            }
            Object settled = keys.settled(raw);
            return store.holds(raw) || (settled != raw && store.holds(settled));
        } catch (EngineException unanswered) {
            tally.report(raw, MissReason.ERROR);
            return false;
        }
    }

    /** The live entry that is to be replaced or removed; none where it is given up because the engine does not answer. */
    @Nullable Entry entryToReplace(Object raw) {
        try {
            return entryToChange(raw);
        } catch (EngineException unanswered) {
            if (guarded == null || !guarded.buries(keys.settled(raw))) {
                throw unanswered;
            }
            return null;
        }
    }

    /**
     * The live entry of a key.
     *
     * @throws EngineException when the engine does not say whether there is one
     */
    @Nullable Entry entryToChange(Object raw) {
        inFlight.requireOpen();
        if (!inFlight.mode().finds()) {
            return null;
        }
        Entry entry = store.entry(raw);
        if (entry == null) {
            Object settled = keys.settled(raw);
            // Equal keys that are not the same object mean another kind of key: compared by content.
            entry = settled == raw ? null : store.entry(settled);
        }
        return entry;
    }

    Lookup<@Nullable Object> peek(Object raw) {
        Entry entry = entry(raw);
        return entry == null
                ? new Lookup.Absent<>(tally.reason(raw))
                : new Lookup.Found<>(Cast.to(handed(entry.value())), false);
    }

    /** The second look of a look-up that has missed: a key that is compared by content may be there after all. */
    @Nullable Object secondLook(Object raw) {
        inFlight.requireOpen();
        Object settled = keys.settled(raw);
        Object value = settled == raw || !inFlight.mode().finds() ? null : further.get(settled);
        if (value == null && inFlight.mode().finds()) {
            value = loads.due(settled);
        }
        if (value == null) {
            tell("miss", settled);
            tally.miss(settled);
        } else if (tally.full()) {
            tally.hit();
        }
        return value;
    }

    /** X is what the computation throws, which is all that can come out of here but our own unchecked exceptions. */
    <X extends Exception> @Nullable Object load(Object raw, Computation computation, Judge judge) throws X {
        tell("miss", raw);
        try {
            return copied(loads.load(raw, keeping.of(computation), judge));
        } catch (Exception thrown) {
            throw Loads.<X>same(thrown);
        }
    }

    CompletableFuture<?> loadAsync(Object raw, AsyncComputation computation, Judge judge) {
        tell("miss", raw);
        return async.load(raw, computation, judge);
    }

    CompletableFuture<?> refreshAsync(Object raw, AsyncComputation computation, Judge judge) {
        tell("refresh", raw);
        return async.refresh(raw, computation, judge);
    }

    <X extends Exception> @Nullable Object refresh(Object raw, Computation computation, Judge judge) throws X {
        tell("refresh", raw);
        try {
            return copied(loads.refresh(raw, keeping.of(computation), judge));
        } catch (Exception thrown) {
            throw Loads.<X>same(thrown);
        }
    }

    <X extends Exception> void loadAll(
            Set<Object> raws, BulkLoad.Computation computation, BulkLoad.Judges judges, BulkLoad.Found found) throws X {
        if (guarded != null) {
            guarded.begins();
        }
        tell("bulk load");
        try {
            loads.loadAll(raws, keeping.of(computation), judges, found);
        } catch (Exception thrown) {
            throw Loads.<X>same(thrown);
        }
    }

    /** Does what asks for several keys as one call. */
    <R> R asOne(Supplier<R> steps) {
        return guarded == null ? steps.get() : guarded.asOne(steps);
    }

    boolean remove(Object raw) {
        tell("remove", raw);
        return changes.remove(raw, Guard.ANY);
    }

    /** On what terms a value that somebody puts is kept. */
    Terms judged(Judge judge, Object key, @Nullable Object value, Terms asked) throws Unfit {
        return loads.freshness().terms(judge.put(key, value, asked));
    }

    /** Stores a value that somebody puts, or says why not. */
    Outcome put(Object raw, @Nullable Object value, Terms asked, Guard wanted, Judge judge) {
        inFlight.requireOpen();
        Mode mode = inFlight.mode();
        // What look-ups do not find is not there for whoever puts where nothing is.
        Guard guard = wanted == Guard.ABSENT && !mode.finds() ? Guard.ANY : wanted;
        Object key = keys.settled(raw);
        tell("put", key);
        Terms terms;
        try {
            if (!mode.stores()) {
                if (guard == Guard.ABSENT && store.entry(key) != null) {
                    return Outcome.REFUSED;
                }
                throw new Unfit(Unstored.SWITCHED_OFF);
            }
            terms = judged(judge, key, value, asked);
        } catch (Unfit unfit) {
            // Its life would be over at once: what was there must not outlive it.
            tally.unstored(unfit.reason());
            boolean held = guard == Guard.ANY || guard instanceof Guard.Seen;
            return !held || changes.remove(key, guard) || guard == Guard.ANY ? Outcome.STORED : Outcome.REFUSED;
        }
        return requireStored(changes.put(key, copied(value), terms, guard), terms, guard);
    }

    /**
     * What became of a put, if it is nothing that whoever puts must be told by an exception.
     *
     * @throws ValueException when the cache is full, or too small
     */
    Outcome requireStored(Outcome outcome, Terms terms, Guard guard) {
        if (outcome == Outcome.FULL) {
            tally.unstored(Unstored.FULL);
            throw new ValueException("cache '" + name() + "' is full: "
                    + (settings().get(Settings.POLICY) == Policy.NONE
                            ? limit()
                                    + " and policy NONE lets nothing go; remove an entry first, or choose another policy"
                            : "the quota over all caches leaves no room, and none can give way; remove entries, or raise"
                                    + " the quota"));
        } else if (outcome == Outcome.TOO_HEAVY) {
            tally.unstored(Unstored.TOO_HEAVY);
            throw new ValueException("the value weighs " + terms.weight() + ", which is more than the whole cache '"
                    + name() + "' may hold, or one shard of it: " + limit() + "; raise the maximum, or store less");
        } else if (outcome == Outcome.REFUSED && guard == Guard.ANY) {
            // The engine has failed, and the cache serves on: what was there is gone, and nothing has taken its place.
            tally.unstored(Unstored.ENGINE_FAILED);
        }
        return outcome;
    }

    /** Its maximum in words. */
    String limit() {
        CacheSpec now = settings();
        return now.given().stream()
                .filter(setting -> setting.group().equals(Settings.MAXIMUM_SIZE.group()))
                .map(setting -> now.sourced(setting)
                        .map(given -> setting + " = " + setting.shown(given.value()))
                        .orElse(setting.key()))
                .findFirst()
                .orElse("no maximum");
    }

    boolean expire(Object raw, long nanos) {
        inFlight.requireOpen();
        require(Settings.PER_ENTRY_EXPIRY, "perEntryExpiry()");
        Object key = keys.settled(raw);
        tell("new lifetime", key);
        if (spec.on(Settings.KEEP_STALE)) {
            return keeper().map(kept -> kept.retime(key, loads.freshness().terms(Terms.PLAIN.lasting(nanos))))
                    .orElse(false);
        }
        return store.capability(TouchStore.class)
                .map(touch -> {
                    @SuppressWarnings("unchecked") // the store's keys are Objects
                    TouchStore<Object> touchable = (TouchStore<Object>) touch;
                    return touchable.touch(key, nanos);
                })
                .orElse(false);
    }

    @SuppressWarnings("unchecked") // the store's keys are Objects
    private Optional<StaleStore<Object>> keeper() {
        return store.capability(StaleStore.class).map(kept -> (StaleStore<Object>) kept);
    }

    Optional<Duration> expiresIn(Object raw) {
        Entry entry = entry(raw);
        if (entry == null || entry.terms().freshNanos() < 0 || entry.terms().freshNanos() == Terms.FOREVER) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(entry.terms().freshNanos()));
    }

    boolean age(Object raw) {
        requireKept();
        tell("soft removal", raw);
        return changes.age(raw);
    }

    long ageTagged(String tag) {
        Objects.requireNonNull(tag, "tag");
        requireKept();
        require(Settings.TAGS, "tags()");
        tell("soft removal by tag");
        return changes.ageTagged(tag);
    }

    long ageAll() {
        requireKept();
        tell("soft clear");
        return changes.ageAll();
    }

    /** Refuses to make stale what would then be found by nobody, or by all: a store that keeps no stale ones cannot. */
    private void requireKept() {
        require(Settings.KEEP_STALE, "keepStale()");
        if (spec.get(Settings.EXPIRE_AFTER_READS) != null) {
            throw new ConfigurationException("cache '" + name() + "' was built with expire-after-reads, and what is"
                    + " invalidated softly is served without being counted, so it would be found more often; invalidate it"
                    + " outright, or leave expire-after-reads out");
        }
        if (!inFlight.closed() && keeper().isEmpty()) {
            throw new ConfigurationException("cache '" + name() + "' keeps no values past their freshness: "
                    + store.lacking(StaleStore.class)
                            .orElse("another engine may stand in, or operations run on other threads")
                    + "; invalidate them instead");
        }
    }

    long invalidateTag(String tag) {
        Objects.requireNonNull(tag, "tag");
        require(Settings.TAGS, "tags()");
        tell("removal by tag");
        return changes.removeTagged(tag);
    }

    /** Refuses an operation that the cache was not built for. */
    void require(Setting<Boolean> flag, String setter) {
        if (!spec.on(flag)) {
            throw new ConfigurationException(
                    "cache '" + name() + "' was built without " + flag + "; add " + setter + " where it is built");
        }
    }

    void clear() {
        tell("clear");
        changes.clear();
    }

    /** Clears, unless somebody closes it meanwhile: then it is none of the open caches any more. */
    void clearUnlessClosed() {
        try {
            clear();
        } catch (IllegalStateException refused) {
            if (!inFlight.closed()) {
                throw refused;
            }
        }
    }

    void close() {
        if (closing.compareAndSet(false, true)) {
            tell("close");
            seat.closes();
            InTurn.run(this::letGo, inFlight::close, store::close, folder::close, seat::leave);
        }
    }

    /** Lets go of what this process holds; nobody can take anything more afterwards that would not be let go of. */
    private synchronized void letGo() {
        if (coordination != null) {
            coordination.close();
        }
    }
}
