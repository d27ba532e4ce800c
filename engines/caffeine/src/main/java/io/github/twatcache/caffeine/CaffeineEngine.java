package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.Set;

/**
 * Keeps values on the heap with Caffeine, which admits and evicts by W-TinyLFU.
 *
 * <p>Limits are kept by Caffeine: it evicts shortly after the write, on a thread of the common pool, or on the writing
 * thread where removals are reported or entries carry tags; {@link Store#size} waits for it. It may let go of the entry
 * just stored.
 *
 * <p>Lifetimes are exact. Caffeine by itself overlooks that an entry was written or used again within one second of the
 * last time; this engine does not.
 */
public final class CaffeineEngine implements Engine {
    private static final Set<Trait> TRAITS = EnumSet.of(
            Trait.BY_REFERENCE,
            Trait.ADMISSION,
            Trait.MAXIMUM_SIZE,
            Trait.MAXIMUM_WEIGHT,
            Trait.EXPIRE_AFTER_WRITE,
            Trait.EXPIRE_AFTER_ACCESS,
            Trait.EXPIRE_AFTER_READS,
            Trait.PER_ENTRY_EXPIRY,
            Trait.STALE,
            Trait.TAGS,
            Trait.REMOVALS);

    /** Makes the engine; {@link java.util.ServiceLoader} calls it. */
    public CaffeineEngine() {}

    @Override
    public String name() {
        return "caffeine";
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.copyOf(TRAITS);
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> Caffeine.class, "com.github.ben-manes.caffeine:caffeine");
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return CaffeineStores.open(spec, context);
    }
}
