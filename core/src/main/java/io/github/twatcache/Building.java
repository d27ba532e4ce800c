package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Layer;
import io.github.twatcache.config.Resolved;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.heap.ByteEstimate;
import io.github.twatcache.key.CallKey;
import io.github.twatcache.key.CallKeys;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.CodeRules;
import io.github.twatcache.key.DataKeys;
import io.github.twatcache.key.FunctionIdentity;
import io.github.twatcache.key.KeyDigest;
import io.github.twatcache.key.KeyRules;
import io.github.twatcache.key.Unended;
import io.github.twatcache.load.LoadSettings;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.spi.ValueType;
import io.github.twatcache.spi.Weigher;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a cache from a builder and its rules: settles the name, the engine and the settings that follow from others, and
 * asks the registry whether it is open already.
 */
final class Building {
    private final CacheBuilder builder;
    private final ResultRules rules;
    private final TwatCache twat;
    /** What the scopes around say, the outermost first. */
    private final List<Layer> scopes;

    private final boolean rehearses;

    /** Thrown where a rehearsal has come to its end: what follows would open the cache. */
    static final class Rehearsed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private Rehearsed() {
            super("nothing is wrong so far", null, false, false);
        }
    }

    Building(CacheBuilder builder, ResultRules rules) {
        this(builder, rules, false);
    }

    /**
     * Makes a cache, or tries whether it could be made.
     *
     * @param rehearses whether {@link Rehearsed} is thrown instead of opening the cache
     */
    Building(CacheBuilder builder, ResultRules rules, boolean rehearses) {
        this.rehearses = rehearses;
        this.builder = builder;
        this.rules = rules;
        this.twat = builder.twat;
        this.scopes = twat.scopes();
    }

    @SuppressWarnings("unchecked") // the class was made from Memo0
    <R extends @Nullable Object, X extends Exception> Cached0<R, X> memoize(Fn0<R, X> function) {
        return (Cached0<R, X>) memoize(function, Fn0.class, 0, Memo0.class);
    }

    @SuppressWarnings("unchecked") // the class was made from Memo1
    <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Cached1<A, R, X> memoize(
            Fn1<A, R, X> function) {
        return (Cached1<A, R, X>) memoize(function, Fn1.class, 1, Memo1.class);
    }

    @SuppressWarnings("unchecked") // the class was made from Memo2
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object, X extends Exception>
            Cached2<A, B, R, X> memoize(Fn2<A, B, R, X> function) {
        return (Cached2<A, B, R, X>) memoize(function, Fn2.class, 2, Memo2.class);
    }

    @SuppressWarnings("unchecked") // the class was made from Memo3
    <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached3<A, B, C, R, X> memoize(Fn3<A, B, C, R, X> function) {
        return (Cached3<A, B, C, R, X>) memoize(function, Fn3.class, 3, Memo3.class);
    }

    @SuppressWarnings("unchecked") // the class was made from Memo4
    <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached4<A, B, C, D, R, X> memoize(Fn4<A, B, C, D, R, X> function) {
        return (Cached4<A, B, C, D, R, X>) memoize(function, Fn4.class, 4, Memo4.class);
    }

    @SuppressWarnings("unchecked") // the class was made from Memo5
    <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached5<A, B, C, D, E, R, X> memoize(Fn5<A, B, C, D, E, R, X> function) {
        return (Cached5<A, B, C, D, E, R, X>) memoize(function, Fn5.class, 5, Memo5.class);
    }

    private Object memoize(Serializable function, Class<?> type, int arity, Class<?> template) {
        return memoize(FunctionIdentity.of(function, type, arity), function, type, template);
    }

    /** Memoizes a function that answers with a stage: what is kept is of the type that the stage is of. */
    Object memoizeAsync(Serializable function, Class<?> type, int arity, Class<?> template) {
        FunctionIdentity identity = FunctionIdentity.of(function, type, arity);
        Type value = StageType.ofValue(identity.resultType());
        twat.requireOpen();
        Unended stage = Unended.of(identity.returnType());
        Unended result = stage == Unended.STAGE
                ? Unended.of(ValueType.of(value, Set.of()).raw())
                : stage;
        if (result != Unended.NOT) {
            throw new ConfigurationException(identity + " answers with " + result.words()
                    + ", and memoizeAsync would keep that, spent ones too; "
                    + (result == Unended.STAGE ? "flatten it with thenCompose" : instead(result)));
        }
        return memoize(identity, function, type, template, new Result(value, true));
    }

    /** Prepares to memoize a function that returns a publisher: what is kept is the list of its elements. */
    MemoParts ofPublisher(Serializable function, Class<?> type, int arity) {
        FunctionIdentity identity = FunctionIdentity.of(function, type, arity);
        return parts(identity, new Result(StageType.ofList(identity.resultType()), false));
    }

    /** Memoizes a function of which it is known otherwise which one it is. */
    Object memoize(FunctionIdentity identity, Serializable function, Class<?> type, Class<?> template) {
        twat.requireOpen();
        Unended result = Unended.of(identity.returnType());
        if (result != Unended.NOT) {
            throw new ConfigurationException(identity + " returns " + result.words() + ", and memoize would keep that, "
                    + (result == Unended.STAGE ? "failed" : "spent") + " ones too; " + instead(result));
        }
        return memoize(identity, function, type, template, new Result(identity.resultType(), false));
    }

    /** What is kept of a function: values of a type, and whether it answers with stages that end with them. */
    private record Result(Type type, boolean staged) {
        Class<?> raw() {
            return ValueType.of(type, Set.of()).raw();
        }
    }

    private static String instead(Unended result) {
        return switch (result) {
            case STAGE -> "use memoizeAsync, which keeps the value that the stage ends with";
            case FLOW_PUBLISHER ->
                "use memoizePublisher of a function that returns it, which keeps the elements that it brings";
            case REACTIVE_PUBLISHER -> "use MonoCache or FluxCache of twat-cache-reactor, which keep what it brings";
            case STREAM, ITERATOR, NOT -> "collect it into a list";
        };
    }

    private Object memoize(
            FunctionIdentity identity, Serializable function, Class<?> type, Class<?> template, Result result) {
        return MemoSpinner.spin(template, type, parts(identity, result), function);
    }

    private MemoParts parts(FunctionIdentity identity, Result result) {
        twat.requireOpen();
        if (rules.keyBy != null && !builder.keyRules.equals(KeyRules.ALL)) {
            throw new ConfigurationException("keyBy excludes ignore and tolerance, which shape the key that keyBy"
                    + " replaces; give one of them");
        }
        CanonicalEncoding encoding = encoding();
        CallKeys keys = rules.keyBy == null
                ? CallKeys.of(identity, builder.keyRules, encoding)
                : CallKeys.keyedBy(identity, encoding);
        Resolved resolved = resolved(builder.spec.name().isEmpty() ? identity.name() : builder.spec.name());
        CacheSpec spec = resolved.spec();
        Claim claim = new Claim(
                identity.implementation(),
                identity.space(),
                Scope.overrides(scopes),
                settings(spec),
                identity.toString(),
                identity.portable());
        KeySide side = KeySide.of(keys, !builder.spec.name().isEmpty(), code(spec));
        CacheCore core = claimed(
                spec.name(),
                claim,
                (neighbours, seat) -> core(resolved, neighbours, seat, side, identity.toString(), result));
        CallKeys shared = core.keys.calls() == null ? keys : core.keys.calls();
        boolean plain = core.verdicts.plain() && !Unended.mayBe(result.raw());
        return new MemoParts(core, shared, rules.keyBy, plain, twat.executor());
    }

    private static CodeRules code(CacheSpec spec) {
        return new CodeRules(
                spec.get(Settings.VERSION),
                spec.get(Settings.DEPENDS_ON, new Classes(Set.of())).named());
    }

    /** What stands for a function's code has nothing to stand for in a cache of data. */
    private static Resolved withoutCode(Resolved resolved, String words) {
        CacheSpec spec = resolved.spec();
        List<String> notes = new ArrayList<>(resolved.notes());
        for (Setting<?> setting : List.of(Settings.VERSION, Settings.DEPENDS_ON)) {
            Optional<Sourced<?>> given = spec.sourced(setting);
            if (given.isPresent() && given.get().aimed()) {
                throw new ConfigurationException(setting + " = " + given.get().value() + " (from "
                        + given.get().source() + ") stands for the code of a function, and " + words
                        + " has none; leave it out, and clear the cache, or give it another name, when what it holds"
                        + " is out of date");
            } else if (given.isPresent()) {
                notes.add(setting + " = " + given.get().value() + " (from "
                        + given.get().source() + ") is skipped: a cache of data has no function");
                spec = spec.without(List.of(setting));
            }
        }
        return new Resolved(spec, notes);
    }

    /** A cache of data. */
    <K, V extends @Nullable Object> Cache<K, V> data(Class<?> keyType, Class<?> valueType) {
        Made made = dataCore(keyType, valueType, "");
        return made.core().face(DataCache.class, () -> new DataCache<K, V>(made));
    }

    /** A cache of data that knows how to compute its values. */
    <K, V extends @Nullable Object, X extends Exception> LoadingCache<K, V, X> loading(
            Class<?> keyType, Class<?> valueType, Fn1<? super K, ? extends V, X> loader) {
        FunctionIdentity identity = FunctionIdentity.of(loader, Fn1.class, 1);
        rules.once("loader", new Claim.Behaviour(identity.space()));
        Made made = dataCore(keyType, valueType, ", loaded by " + identity);
        return made.core().face(LoadingDataCache.class, () -> new LoadingDataCache<K, V, X>(made, loader));
    }

    private Made dataCore(Class<?> keyType, Class<?> valueType, String loadedBy) {
        twat.requireOpen();
        String words = "a cache of " + keyType.getTypeName() + " to " + valueType.getTypeName() + loadedBy;
        if (builder.spec.name().isEmpty()) {
            throw new ConfigurationException(words + " has no name; give it one: memory(\"users\")");
        }
        if (!builder.keyRules.equals(KeyRules.ALL)) {
            throw new ConfigurationException(
                    "ignore and tolerance shape the keys of calls; " + words + " has none; leave them out");
        }
        Resolved resolved = withoutCode(resolved(builder.spec.name()), words);
        CacheSpec spec = resolved.spec();
        DataKeys keys = DataKeys.of(keyType, twat.encoders());
        Object types = List.of("data", keyType, valueType);
        CacheCore core = claimed(
                spec.name(),
                new Claim(types, types, Scope.overrides(scopes), settings(spec), words, true),
                (neighbours, seat) -> core(
                        resolved,
                        neighbours,
                        seat,
                        KeySide.of(keys, keyType, valueType),
                        words,
                        new Result(valueType, false)));
        return new Made(core, keys);
    }

    /** A cache that does what was said at run time of its name, also where that was said while it was opened. */
    private CacheCore claimed(String name, Claim claim, Registry.Maker maker) {
        CacheCore core = twat.registry().claim(name, claim, maker);
        twat.heed(core);
        return core;
    }

    /** A core with the keys that belong to it. */
    record Made(CacheCore core, DataKeys keys) {}

    private CanonicalEncoding encoding() {
        return CanonicalEncoding.of(twat.encoders(), builder.digest == null ? KeyDigest.XXH3_128 : builder.digest);
    }

    /** The settings from all sources, with those that follow from the rules. */
    private Resolved resolved(String name) {
        Resolved resolved = twat.configuration().resolve(builder.layer(name), scopes);
        List<String> notes = new ArrayList<>(resolved.notes());
        CacheSpec spec = weighable(resolved.spec(), notes);
        if (rules.expireAfter != null && !spec.on(Settings.PER_ENTRY_EXPIRY)) {
            spec = switchedOn(spec, Settings.PER_ENTRY_EXPIRY, "expireAfter", true, notes);
        }
        Optional<Sourced<?>> jitter = spec.sourced(Settings.EXPIRY_JITTER);
        if (jitter.isPresent() && !spec.on(Settings.PER_ENTRY_EXPIRY)) {
            spec = switchedOn(
                    spec,
                    Settings.PER_ENTRY_EXPIRY,
                    NoEffect.JITTER,
                    jitter.get().aimed(),
                    notes);
        }
        spec = Staling.withOneClock(spec, notes);
        Optional<Sourced<?>> stale = Staling.asked(spec);
        if (stale.isPresent() && !spec.on(Settings.KEEP_STALE)) {
            spec = switchedOn(
                    spec, Settings.KEEP_STALE, "stale values", stale.get().aimed(), notes);
        }
        if (spec.on(Settings.KEEP_STALE) && !spec.on(Settings.PER_ENTRY_EXPIRY)) {
            boolean aimed =
                    spec.sourced(Settings.KEEP_STALE).map(Sourced::aimed).orElse(true);
            spec = switchedOn(spec, Settings.PER_ENTRY_EXPIRY, "stale values", aimed, notes);
        }
        if ((rules.tags != null || !builder.staticTags.isEmpty()) && !spec.on(Settings.TAGS)) {
            spec = switchedOn(spec, Settings.TAGS, "tags", true, notes);
        }
        return new Resolved(spec, notes);
    }

    /** Switches on what the cache's own code relies on, also where an operator has switched it off. */
    private static CacheSpec switchedOn(
            CacheSpec spec, Setting<Boolean> flag, String because, boolean aimed, List<String> notes) {
        spec.sourced(flag)
                .ifPresent(off -> notes.add(flag + " = " + off.value() + " (from " + off.source()
                        + ") is skipped: the cache needs it on (from " + because + ")"));
        return spec.without(List.of(flag)).with(flag, true, because, aimed);
    }

    /** A maximum in weight and a weigher need each other, unless the one was not meant for this cache. */
    private CacheSpec weighable(CacheSpec spec, List<String> notes) {
        Optional<Sourced<?>> maximum = spec.sourced(Settings.MAXIMUM_WEIGHT);
        boolean gaveWay = builder.spec.get(Settings.MAXIMUM_WEIGHT) != null;
        if (rules.weigher != null && maximum.isEmpty() && !gaveWay) {
            throw new ConfigurationException(
                    "a weigher needs maximumWeight(n) in cache '" + spec.name() + "'; add it, or drop the weigher");
        }
        if (rules.weigher != null || maximum.isEmpty()) {
            return spec;
        }
        if (maximum.get().aimed()) {
            throw new ConfigurationException(
                    "maximum-weight = " + maximum.get().value() + " of cache '" + spec.name() + "' (from "
                            + maximum.get().source()
                            + ") needs a weigher; add one, or use maximumSize or maximumBytes");
        }
        notes.add("maximum-weight = " + maximum.get().value() + " (from "
                + maximum.get().source() + ") is skipped: this cache has no weigher");
        return spec.without(List.of(Settings.MAXIMUM_WEIGHT));
    }

    private Map<String, Object> settings(CacheSpec spec) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("engine", spec.engine());
        for (Setting<?> setting : spec.given()) {
            spec.sourced(setting).ifPresent(given -> settings.put(setting.key(), given.value()));
        }
        rules.given.forEach((name, function) -> settings.put(name, behaviour(function)));
        if (!builder.keyRules.equals(KeyRules.ALL)) {
            settings.put("key rules", builder.keyRules);
        }
        if (builder.digest != null) {
            settings.put("digest", builder.digest);
        }
        if (!builder.staticTags.isEmpty()) {
            settings.put("static tags", builder.staticTags);
        }
        if (!builder.failures.isEmpty()) {
            settings.put("cached failures", builder.failures);
        }
        if (!builder.listeners.isEmpty()) {
            settings.put(
                    "events",
                    builder.listeners.stream().map(Building::behaviour).toList());
        }
        return settings;
    }

    /** Functions are compared by what they do where they tell, else by being the same object. */
    private static Object behaviour(Object function) {
        return function instanceof Claim.Behaviour ? function : Claim.Behaviour.of(function);
    }

    private CacheCore core(
            Resolved asked,
            List<Registry.Neighbour> neighbours,
            Registry.Seat seat,
            KeySide keys,
            String function,
            Result result) {
        Fit fit = new Fit(keys, result.type(), twat.formats());
        Choice choice =
                twat.engineChoice().choose(asked.spec(), rules.listener != null, result.raw(), result.staged(), fit);
        while (true) {
            List<NoEffect.Idle> idle = new NoEffect(
                            choice.spec(),
                            choice.engine(),
                            twat.engineChoice().fallback(choice.spec()),
                            twat.disk().bounded(),
                            rules.expireAfter != null)
                    .found();
            CacheSpec effective = choice.spec()
                    .without(idle.stream()
                            .<Setting<?>>map(NoEffect.Idle::setting)
                            .toList());
            Guarding guarding =
                    Guarding.of(twat.engineChoice(), effective, choice.engine(), rules.listener != null, fit);
            List<NoEffect.Idle> left = new ArrayList<>(idle);
            left.addAll(guarding.idle());
            Chosen chosen = new Chosen(choice, asked, function, left);
            requireApart(guarding.lasting(chosen.engine()), neighbours);
            try {
                CacheCore core = core(chosen, guarding, seat, keys, result.type());
                chosen.announce(core.tally);
                return core;
            } catch (EngineUnavailableException unavailable) {
                choice.passOver(unavailable);
            }
        }
    }

    private static void requireApart(Set<String> lasting, List<Registry.Neighbour> neighbours) {
        for (Registry.Neighbour neighbour : neighbours) {
            if (!Collections.disjoint(neighbour.core().lasting(), lasting)) {
                throw new ConfigurationException(neighbour.complaint());
            }
        }
    }

    private CacheCore core(Chosen chosen, Guarding guarding, Registry.Seat seat, KeySide keys, Type type) {
        CacheSpec spec = chosen.spec();
        LazyCodec values = new LazyCodec(
                () -> twat.formats().codec(spec, type, chosen.engine().ownValues()));
        // What could never be written is refused here.
        if (!chosen.engine().traits().contains(Trait.BY_REFERENCE)) {
            values.get();
        }
        if (Fit.lasts(chosen.engine())) {
            keys.unwritable().get().ifPresent(why -> {
                throw new KeyException("cache '" + spec.name() + "' cannot be on engine '"
                        + chosen.engine().name() + "': " + why);
            });
        }
        Weigher<Object, @Nullable Object> weigher = weigher(spec, keys);
        Duration lifetime = spec.get(Settings.EXPIRE_AFTER_WRITE);
        Verdicts verdicts = new Verdicts(
                rules,
                builder.staticTags,
                weigher,
                spec.get(Settings.EXPIRY_JITTER, 0.0),
                lifetime == null ? Terms.UNSET : Nanos.of(lifetime));
        if (rehearses) {
            throw new Rehearsed();
        }
        LoadSettings loading = new LoadSettings(
                spec.get(Settings.LOAD_TIMEOUT),
                builder.failures,
                chosen.engine().keepsCost(),
                Staling.of(spec, twat.background(), twat.chance()),
                Staling.source(spec),
                Staling.grants(spec),
                Staling.limits(spec));
        CacheCore core = new CacheCore(
                spec,
                chosen.engine(),
                keys,
                verdicts,
                loading,
                twat.ticker(),
                twat.clock(),
                values,
                twat.disk(),
                twat::having,
                chosen,
                guarding,
                twat.background(),
                Listeners.of(twat.listeners(), builder.listeners),
                seat);
        twat.heed(core);
        return core;
    }

    private @Nullable Weigher<Object, @Nullable Object> weigher(CacheSpec spec, KeySide keys) {
        Weigher<Object, @Nullable Object> own = rules.weigher;
        if (own != null && spec.get(Settings.MAXIMUM_WEIGHT) != null) {
            return (key, value) -> own.weigh(keys.show().apply(key), value);
        }
        if (spec.get(Settings.MAXIMUM_BYTES) != null) {
            ByteEstimate estimate = new ByteEstimate();
            return (key, value) -> estimate.weigh(measurable(key), Nil.mask(value));
        }
        return null;
    }

    /** The key of a call is measured as the arguments that it holds. */
    static Object measurable(Object key) {
        if (!(key instanceof CallKey call)) {
            return key;
        }
        @Nullable Object[] arguments = new @Nullable Object[call.arity()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = call.argument(i);
        }
        return arguments;
    }
}
