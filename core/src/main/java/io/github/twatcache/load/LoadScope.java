package io.github.twatcache.load;

import io.github.twatcache.spi.StaleStore.Kept;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The load that the current thread runs, for the function that it runs: for one attempt of it, where it is tried again. */
public final class LoadScope {
    private final Load load;
    private final Said said;

    private LoadScope(Load load, Said said) {
        this.load = load;
        this.said = said;
    }

    /**
     * The innermost load of this thread.
     *
     * @return its scope; {@code null} where this thread runs none
     */
    public static @Nullable LoadScope current() {
        Load load = Chain.innermost();
        if (load == null) {
            return null;
        }
        Said said = load.said;
        if (said == null) {
            said = new Said();
            load.said = said;
        }
        return new LoadScope(load, said);
    }

    /**
     * The cache that the value is computed for.
     *
     * @return its name
     */
    public String cache() {
        return load.home.cache();
    }

    /**
     * Whether the cache was built with what something needs.
     *
     * @return what it was built with
     */
    public Grants grants() {
        return load.home.grants();
    }

    /**
     * Whether one value is computed, and not many at once.
     *
     * @return whether it is
     */
    public boolean single() {
        return !load.bulk;
    }

    /**
     * What is kept of the key's value, fresh or stale, when the function first asks: what it has asked the source about stands
     * for it, whatever becomes of the entry meanwhile.
     *
     * @return the entry, {@code null} where nothing is kept
     */
    public @Nullable Kept kept() {
        Staleness staleness = load.home.staleness();
        return staleness == null ? null : said.of(() -> staleness.kept(load.key));
    }

    /**
     * Has the value be fresh for this long.
     *
     * @param nanos the lifetime; nothing is stored where it is 0 or less
     */
    public void lasting(long nanos) {
        said.lasting(nanos);
    }

    /** Has the value not be stored. */
    public void unstored() {
        said.unstored();
    }

    /**
     * Has the entry carry these tags too.
     *
     * @param more the tags
     */
    public void tagged(Set<String> more) {
        said.tagged(more);
    }

    /**
     * Keeps with the value what the source says of it.
     *
     * @param version such as an entity tag
     */
    public void versioned(@Nullable String version) {
        said.versioned(version);
    }
}
