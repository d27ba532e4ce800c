package io.github.twatcache.load;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Tally;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What those are given who have joined a load, on an engine that hands out fresh values: what one of them does to his, no other
 * sees. Who has run the load has what the function returned; each of the others reads what was stored. What was not stored, or
 * is gone already, is copied as far as {@code copyOnRead()} copies. Values that nobody can change are shared, at no cost.
 */
final class Joiners {
    private static final Set<Class<?>> FIXED = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            Class.class);

    private static final ClassValue<Boolean> IS_FIXED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return fixed(type, new HashSet<>());
        }
    };

    private final InFlight inFlight;
    private final Store<Object> store;
    private final UnaryOperator<@Nullable Object> copy;

    /** Copies with {@code copy} what cannot be read from the store. */
    Joiners(InFlight inFlight, Store<Object> store, UnaryOperator<@Nullable Object> copy) {
        this.inFlight = inFlight;
        this.store = store;
        this.copy = copy;
    }

    /**
     * A value for one of those who have joined a load. Never throws but for errors of the JVM.
     *
     * @param key the key of the load
     * @param ended what the load has ended with
     * @param stored whether the store has taken that, or had it
     */
    @Nullable Object own(Object key, Ending.Value ended, boolean stored) {
        Object value = ended.value();
        if (fixed(value)) {
            return value;
        }
        Object read = stored || ended.stale() ? read(key, ended.stale()) : null;
        return read == null ? copy.apply(value) : Nil.unmask(read);
    }

    private @Nullable Object read(Object key, boolean stale) {
        if (!inFlight.mode().finds()) {
            return null;
        }
        try {
            Staleness staleness = inFlight.staleness();
            if (staleness != null) {
                Kept kept = staleness.kept(key);
                return kept == null || !(stale || kept.fresh())
                        ? null
                        : kept.entry().value();
            }
            Entry entry = store.entry(key);
            return entry == null ? null : entry.value();
        } catch (RuntimeException closedOrFailed) {
            // The load has its value all the same, and whoever has joined it is to be answered.
            return null;
        } finally {
            // No look-up of this call's: what the engine may say of a miss concerns nobody.
            Tally.Reported unused = inFlight.tally().takeReported();
        }
    }

    private static boolean fixed(@Nullable Object value) {
        if (value == null || IS_FIXED.get(value.getClass())) {
            return true;
        }
        return value instanceof Collection<?> all
                && value.getClass().getName().startsWith("java.util.ImmutableCollections$")
                && all.stream().allMatch(Joiners::fixed);
    }

    /** Whether no object of a class can be changed; of a class that may have subclasses nobody can tell. */
    private static boolean fixed(Class<?> type, Set<Class<?>> within) {
        if (type.isPrimitive()
                || FIXED.contains(type)
                || Enum.class.isAssignableFrom(type)
                || (type.getName().startsWith("java.time.") && Modifier.isFinal(type.getModifiers()))) {
            return true;
        }
        if (!type.isRecord() || !within.add(type)) {
            return type.isRecord();
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!fixed(component.getType(), within)) {
                return false;
            }
        }
        return true;
    }
}
