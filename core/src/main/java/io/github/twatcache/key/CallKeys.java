package io.github.twatcache.key;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.MemoizedFunction;
import io.github.twatcache.spi.Nil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one memoized function are made and kept.
 *
 * <p>A look-up makes a key of the arguments as they are. On a miss, before the function runs (which may change its
 * arguments), {@link #settled} makes of it a key that can be kept; where that is another one it may be found although
 * the first was not, so it is looked up again:
 *
 * <pre>{@code
 * Object key = keys.maker2().key(a, b);
 * Object value = store.get(key);
 * if (value == null) {
 *     Object settled = keys.settled(key);
 *     value = settled == key ? null : store.get(settled);
 *     ...
 * }
 * }</pre>
 *
 * <p>Keys of two instances are never equal, but for {@link #direct} ones. Immutable and thread-safe.
 */
public final class CallKeys {
    private static final String SPIN = "twat.cache.spin";

    private final CallShape shape;
    private final boolean direct;
    private final CallKey template;

    private CallKeys(CallShape shape) {
        this.shape = shape;
        this.direct =
                shape.significant().size() == 1 && shape.significant().get(0).direct();
        CallKey spun = shape.significant().isEmpty() || !Boolean.parseBoolean(System.getProperty(SPIN, "true"))
                ? null
                : KeySpinner.spin(shape);
        this.template = spun == null
                ? new BoxedKey(shape, new @Nullable Object[shape.significant().size()])
                : spun;
    }

    /**
     * Prepares the keys of a function.
     *
     * @param identity the function
     * @param rules what of a call counts
     * @param encoding how a call is written, for its digest and for stores that keep bytes
     * @return its keys
     * @throws ConfigurationException when the rules name a parameter that the function does not have
     * @throws KeyException when the type of a parameter tells that no argument of it can be part of a key
     */
    public static CallKeys of(FunctionIdentity identity, KeyRules rules, CanonicalEncoding encoding) {
        List<Class<?>> types = identity.parameterTypes();
        List<String> names = identity.parameterNames();
        Set<Integer> ignored = ignored(identity, rules);
        List<CallShape.Parameter> significant = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (ignored.contains(i)) {
                continue;
            }
            Class<?> type = types.get(i);
            String where =
                    "argument " + i + (names.isEmpty() ? "" : " ('" + names.get(i) + "')") + " of " + identity.name();
            Optional<Class<?>> unfit = DeclaredTypes.unfit(type, encoding.encoders(), true);
            if (unfit.isPresent()) {
                throw Unfit.argument(where, unfit.get());
            }
            Rounding rounding = rules.digits().isPresent() && DeclaredTypes.mayHoldFloats(type, rules.deep())
                    ? new Rounding(rules.digits().getAsInt(), rules.deep())
                    : null;
            significant.add(new CallShape.Parameter(i, where, type, rounding));
        }
        return new CallKeys(new CallShape(identity, List.copyOf(significant), encoding));
    }

    /**
     * Prepares the keys of a function whose calls are told apart by what a function of the user's makes of the arguments.
     *
     * @param identity the function
     * @param encoding how a key is written
     * @return its keys: {@link #direct}, of one value of any type
     */
    public static CallKeys keyedBy(FunctionIdentity identity, CanonicalEncoding encoding) {
        String where = "the key that keyBy makes for " + identity.name();
        return new CallKeys(
                new CallShape(identity, List.of(new CallShape.Parameter(0, where, Object.class, null)), encoding));
    }

    private static Set<Integer> ignored(FunctionIdentity identity, KeyRules rules) {
        int arity = identity.parameterTypes().size();
        List<String> names = identity.parameterNames();
        Set<Integer> ignored = new TreeSet<>();
        for (int index : rules.ignoredIndexes()) {
            if (index >= arity) {
                throw new ConfigurationException("ignore(%d): %s has %s; %s"
                        .formatted(index, identity.name(), count(arity), known(arity, names)));
            }
            ignored.add(index);
        }
        for (String name : rules.ignoredNames()) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw new ConfigurationException("ignore(\"%s\"): %s has no parameter of that name; %s"
                        .formatted(name, identity.name(), known(arity, names)));
            }
            if (!ignored.add(index)) {
                throw new ConfigurationException("ignore(\"%s\") and ignore(%d) are the same parameter of %s; keep one"
                        .formatted(name, index, identity.name()));
            }
        }
        return ignored;
    }

    private static String count(int arity) {
        return arity == 1 ? "1 parameter" : arity + " parameters";
    }

    private static String known(int arity, List<String> names) {
        if (arity == 0) {
            return "there is nothing to ignore";
        }
        String places = "its places are 0 to " + (arity - 1);
        return names.isEmpty()
                ? places + ", its names are not known (compile with -parameters or -g)"
                : places + ", its names are " + String.join(", ", names);
    }

    /**
     * Whether one argument alone is the key: {@code Nil.mask} of it, without a maker.
     *
     * @return whether just one argument counts and compares by its own equals
     */
    public boolean direct() {
        return direct;
    }

    /**
     * Which argument is the key when {@link #direct}.
     *
     * @return its place, from 0
     * @throws IllegalStateException when the keys are not direct
     */
    public int directIndex() {
        if (!direct) {
            throw new IllegalStateException("the keys of " + shape.name() + " are not direct");
        }
        return shape.significant().get(0).index();
    }

    /**
     * The one key where no argument counts.
     *
     * @return the key
     * @throws IllegalStateException when an argument counts
     */
    public Object constant() {
        if (!shape.significant().isEmpty()) {
            throw new IllegalStateException("the keys of " + shape.name() + " depend on arguments");
        }
        return template;
    }

    /**
     * The maker for a function of one argument. It makes the right key also when that is {@link #direct}.
     *
     * @return the maker
     * @throws IllegalStateException when the function takes another number of arguments
     */
    public KeyMaker1 maker1() {
        check(1);
        return direct ? Nil::mask : (KeyMaker1) template;
    }

    /**
     * The maker for a function of two arguments. It makes the right key also when that is {@link #direct}.
     *
     * @return the maker
     * @throws IllegalStateException when the function takes another number of arguments
     */
    public KeyMaker2 maker2() {
        check(2);
        int index = direct ? directIndex() : -1;
        return direct ? (a, b) -> Nil.mask(index == 0 ? a : b) : (KeyMaker2) template;
    }

    /**
     * The maker for a function of three arguments. It makes the right key also when that is {@link #direct}.
     *
     * @return the maker
     * @throws IllegalStateException when the function takes another number of arguments
     */
    public KeyMaker3 maker3() {
        check(3);
        int index = direct ? directIndex() : -1;
        return direct ? (a, b, c) -> Nil.mask(index == 0 ? a : index == 1 ? b : c) : (KeyMaker3) template;
    }

    /**
     * The maker for a function of four arguments. It makes the right key also when that is {@link #direct}.
     *
     * @return the maker
     * @throws IllegalStateException when the function takes another number of arguments
     */
    public KeyMaker4 maker4() {
        check(4);
        int index = direct ? directIndex() : -1;
        return direct
                ? (a, b, c, d) -> Nil.mask(index == 0 ? a : index == 1 ? b : index == 2 ? c : d)
                : (KeyMaker4) template;
    }

    /**
     * The maker for a function of five arguments. It makes the right key also when that is {@link #direct}.
     *
     * @return the maker
     * @throws IllegalStateException when the function takes another number of arguments
     */
    public KeyMaker5 maker5() {
        check(5);
        int index = direct ? directIndex() : -1;
        return direct
                ? (a, b, c, d, e) -> Nil.mask(index == 0 ? a : index == 1 ? b : index == 2 ? c : index == 3 ? d : e)
                : (KeyMaker5) template;
    }

    private void check(int arity) {
        if (shape.arity() != arity) {
            throw new IllegalStateException(shape.name() + " takes " + shape.arity() + " arguments, not " + arity);
        }
    }

    /**
     * Makes a key fit to be kept: nobody else can change it any more, and it compares by content. Arrays and JDK
     * collections are copied, at any depth; classes with an equals of their own are trusted.
     *
     * @param key a key of a maker
     * @return the key itself where nothing had to change; else one that is equal to itself made anew from equal
     *     arguments, though not always to the key that was given
     * @throws KeyException when an argument cannot be part of a key
     */
    public Object settled(Object key) {
        if (!(key instanceof CallKey call) || call.shape() != shape) {
            return Nil.mask(shape.settled(0, Nil.unmask(key)));
        }
        @Nullable Object[] held = new @Nullable Object[shape.significant().size()];
        boolean same = true;
        for (int i = 0; i < held.length; i++) {
            Object before = call.held(i);
            held[i] = shape.settled(i, before);
            same &= held[i] == before;
        }
        return same ? key : call.holding(held);
    }

    /**
     * The key as users see it.
     *
     * @param key a key of a maker, settled or not
     * @return the call
     */
    public CallKey call(Object key) {
        return key instanceof CallKey call && call.shape() == shape
                ? call
                : template.holding(new @Nullable Object[] {Nil.unmask(key)});
    }

    /**
     * What tells these keys from those of other functions, and of other versions of this one, in any JVM: names, the
     * captured values that have a canonical encoding, and what stands for the code. Costs about a millisecond.
     *
     * @param named whether the user has given the cache its name, which then stands for what has no encoding
     * @param code what stands for the code
     * @return a digest of all that
     * @throws ConfigurationException when nothing names the function in each run, or there is no byte code to be had
     */
    public Digest space(boolean named, CodeRules code) {
        Fingerprint fingerprint = fingerprint(named, code);
        return CanonicalEncoding.standard()
                .digest(List.of("call", shape.identity.callee().stable(), fingerprint.hex()));
    }

    /**
     * The function and what stands for its code, in any JVM. Costs about a millisecond.
     *
     * @param named whether the user has given the cache its name, which then stands for what has no encoding
     * @param code what stands for the code
     * @return the function
     * @throws ConfigurationException when nothing names the function in each run, or there is no byte code to be had
     */
    public MemoizedFunction function(boolean named, CodeRules code) {
        FunctionIdentity identity = shape.identity;
        return new MemoizedFunction(
                identity.name(),
                identity.signature(),
                CanonicalEncoding.standard().digest(identity.callee().stable()).hex(),
                fingerprint(named, code).hex());
    }

    private Fingerprint fingerprint(boolean named, CodeRules code) {
        FunctionIdentity identity = shape.identity;
        if (!named && !identity.named()) {
            throw new ConfigurationException(identity + " has no name that means the same in each run, and a cache that"
                    + " outlives the process needs one; name it: twat.disk(\"reports\")");
        }
        return code.fingerprint(identity);
    }

    /**
     * What {@link #space} is without what stands for the code: the same for all versions of the function.
     *
     * @return a digest of that
     */
    public Digest lineage() {
        return CanonicalEncoding.standard()
                .digest(List.of("call", shape.identity.callee().stable()));
    }

    /**
     * Tells beforehand whether keys can be written as bytes.
     *
     * @return why none ever can, naming the argument; empty where some or all can
     */
    public Optional<String> unwritable() {
        for (CallShape.Parameter parameter : shape.significant()) {
            Optional<String> why = TypeRefusal.ofCall(parameter.type(), shape.encoding.encoders());
            if (why.isPresent()) {
                return Optional.of(Unfit.unwritable(parameter.where(), why.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Writes keys for stores that keep bytes.
     *
     * @return the codec; it reads no key back, since a call is stored without its arguments
     */
    public KeyCodec<Object> codec() {
        return new CallKeyCodec(this);
    }
}
