package io.github.twatcache.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps each result in files of its own, which can be listed, and referred to from other processes.
 *
 * @param <K> the type of the keys
 */
public interface ResultStore<K> {
    /**
     * A reference to what is stored for a key.
     *
     * @param key the masked key
     * @return the reference; {@code null} where nothing is stored
     */
    @Nullable StoredReference reference(K key);

    /**
     * Notes that a reference was made for a call, as a look-up of its value would. A store that writes nothing at hits has
     * nothing to do.
     *
     * @param key the masked key
     */
    default void used(K key) {}

    /**
     * Looks at all that is stored, and reads no value. The cost grows with the number of entries.
     *
     * @return the live results, those stored first first
     */
    List<StoredResult> results();

    /**
     * Deletes the results of the other versions of the function's code.
     *
     * @return how many versions there were
     */
    long clearOtherVersions();
}
