package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.value.ValueFormats;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an engine can keep what one cache is to hold. Any engine on the heap can; one that outlives the process needs a
 * name of the function that lasts, and keys that can be written; one that keeps bytes needs values that can be written.
 * Rules that choose by what is fast must not choose what then refuses.
 */
final class Fit {
    /** Of a cache of which nobody knows what it holds. */
    static final Fit UNKNOWN = new Fit(null, null, null);

    private final @Nullable KeySide keys;
    private final @Nullable Type type;
    private final @Nullable ValueFormats formats;
    private boolean keysAsked;
    private Optional<String> keysMisfit = Optional.empty();

    /**
     * Of a cache.
     *
     * @param keys its keys
     * @param type what its values are, as far as the function or the builder tells
     * @param formats how values can be written
     */
    Fit(@Nullable KeySide keys, @Nullable Type type, @Nullable ValueFormats formats) {
        this.keys = keys;
        this.type = type;
        this.formats = formats;
    }

    /** Whether keys are written down for others than this process; of a split, by one of the two. */
    static boolean lasts(Engine engine) {
        if (engine instanceof SplitEngine split) {
            return Stream.of(split.parts()).anyMatch(Fit::lasts);
        }
        return engine.traits().contains(Trait.PERSISTENT) || engine.traits().contains(Trait.DISTRIBUTED);
    }

    /** What an engine could not keep, with the reason; empty where it can, as far as the types tell. */
    Optional<String> misfit(Engine engine, CacheSpec spec) {
        return type == null ? Optional.empty() : misfit(engine, spec, Set.of(type));
    }

    /** The same for values of some types. */
    Optional<String> misfit(Engine engine, CacheSpec spec, Collection<? extends Type> values) {
        Optional<String> misfit = lasts(engine) ? ofKeys() : Optional.empty();
        if (misfit.isPresent() || formats == null || engine.traits().contains(Trait.BY_REFERENCE)) {
            return misfit;
        }
        return values.stream()
                .flatMap(value -> formats.refusal(spec, value, engine.ownValues()).stream())
                .findFirst();
    }

    /** Why no value of a type can be written; empty where some or all can. */
    Optional<String> unwritable(Type value) {
        return formats == null ? new CanonicalCodec().refusal(value) : formats.refusal(value);
    }

    /** Whether an engine that keeps bytes, and is not here to be asked, could keep such values. */
    boolean lasting(Collection<? extends Type> values) {
        return ofKeys().isEmpty()
                && (type == null || unwritable(type).isEmpty())
                && values.stream().allMatch(value -> unwritable(value).isEmpty());
    }

    private synchronized Optional<String> ofKeys() {
        if (!keysAsked && keys != null) {
            keysMisfit = misfit(keys);
            keysAsked = true;
        }
        return keysMisfit;
    }

    private static Optional<String> misfit(KeySide keys) {
        Optional<String> unwritable = keys.unwritable().get();
        if (unwritable.isPresent()) {
            return unwritable;
        }
        try {
            Digest unused = keys.space().get();
            return Optional.empty();
        } catch (ConfigurationException unnamed) {
            return Optional.of(String.valueOf(unnamed.getMessage()));
        }
    }
}
