package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.RemovalListener;
import io.github.twatcache.spi.Weigher;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the user's that decide about single entries: what the typed options and the typed builder collect.
 * Mutable while they do, then only read.
 */
final class ResultRules {
    /** Decides from the arguments of a call, or from a key, and the value. */
    @FunctionalInterface
    interface FromResult<T extends @Nullable Object> {
        T apply(@Nullable Object[] args, @Nullable Object result);
    }

    /** Decides from the arguments of a call. */
    @FunctionalInterface
    interface FromArguments {
        @Nullable Object apply(@Nullable Object[] args);
    }

    /** What was given, by the name of its setter: compared when the same cache is asked for again. */
    final Map<String, Object> given = new LinkedHashMap<>();

    @Nullable FromResult<@Nullable Duration> expireAfter;

    @Nullable FromResult<Boolean> storeIf;

    @Nullable FromResult<Collection<String>> tags;

    @Nullable FromArguments keyBy;

    @Nullable Weigher<Object, @Nullable Object> weigher;

    @Nullable RemovalListener<Object, @Nullable Object> listener;

    void expireAfter(Object function, FromResult<@Nullable Duration> rule) {
        once("expireAfter", function);
        expireAfter = rule;
    }

    void storeIf(Object function, FromResult<Boolean> rule) {
        once("storeIf", function);
        storeIf = rule;
    }

    void tags(Object function, FromResult<Collection<String>> rule) {
        once("tags", function);
        tags = rule;
    }

    void keyBy(Object function, FromArguments rule) {
        once("keyBy", function);
        keyBy = rule;
    }

    @SuppressWarnings("unchecked") // it is only ever given keys and values of the cache that it was set for
    void weigher(Weigher<?, ?> function) {
        once("weigher", function);
        weigher = (Weigher<Object, @Nullable Object>) function;
    }

    @SuppressWarnings("unchecked") // as above
    void onRemoval(RemovalListener<?, ?> function) {
        once("onRemoval", function);
        listener = (RemovalListener<Object, @Nullable Object>) function;
    }

    void once(String setter, Object function) {
        Objects.requireNonNull(function, setter + " must not be null; leave it out instead");
        if (given.put(setter, function) != null) {
            throw new ConfigurationException(setter + " was already set and cannot be set again; give it once");
        }
    }
}
