package io.github.twatcache.spi;

import io.github.twatcache.config.Setting;
import io.github.twatcache.error.PathException;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What core lends to a store.
 *
 * @param <K> the type of the keys
 */
public interface StoreContext<K> {
    /**
     * The clock that lifetimes in memory are measured by.
     *
     * @return the ticker
     */
    Ticker ticker();

    /**
     * The clock that lifetimes outside this process's memory are measured by: the wall's, or the one that a test moves by
     * hand.
     *
     * @return the clock
     */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /**
     * What tells the keys of this cache from those of other caches of the same name, in any JVM: a store that outlives the
     * process keeps them apart. The same function with other captured values is such another cache.
     *
     * @return some bytes; empty where the name says all
     */
    default byte[] space() {
        return new byte[0];
    }

    /**
     * What the key spaces of all versions of one function have in common, where its code or its version is part of {@link
     * #space}. By it a store that keeps several spaces can tell, on a miss and never on a hit, that another version has
     * stored a result: see {@link #outdated}.
     *
     * @return some bytes; empty where keys have no versions
     */
    default byte[] lineage() {
        return new byte[0];
    }

    /**
     * The function whose results are kept. Costs about a millisecond.
     *
     * @return the function; empty for a cache of data
     * @throws io.github.twatcache.error.ConfigurationException when nothing names the function in each run, or there is no
     *     byte code to be had
     */
    default Optional<MemoizedFunction> function() {
        return Optional.empty();
    }

    /**
     * Whether anybody wants to know of removals. Where nobody does, a store need not call {@link #removed}.
     *
     * @return whether removals are to be reported
     */
    boolean removals();

    /**
     * Whether removals are counted and nothing else. Then {@link #removed} may be called on any thread, and under the
     * store's own locks too, since nothing of the user's runs.
     *
     * @return whether nobody but a counter wants to know
     */
    default boolean countsOnly() {
        return false;
    }

    /**
     * Reports an entry that has left; called after the fact, on the thread that removed it, holding no lock. Replaced,
     * removed, evicted and expired entries are all reported, each once, and so are those that were set aside as damaged: an
     * entry that {@link Store#size} counted and counts no more has been reported. Never throws.
     *
     * @param key the masked key
     * @param value the masked value
     * @param cause why it left
     */
    void removed(K key, Object value, RemovalCause cause);

    /**
     * Reports that many entries at once whose keys or values the store does not tell: because nothing but their number is
     * wanted ({@link #countsOnly}), or because they cannot be read back. Never throws.
     *
     * @param cause why they left
     * @param count how many, 0 or more
     */
    default void removed(RemovalCause cause, long count) {}

    /**
     * Says why a look-up finds nothing, where the store knows better than that it is absent: what it has found was
     * written by another version, is damaged, could not be read, has expired, or has left before by another way than
     * {@link #removed} with its key. To be called within {@link Store#get} or
     * {@link Store#entry}, on the thread that looks up, before they return {@code null}; the miss is counted under that
     * reason. Never throws.
     *
     * @param key the masked key that is looked up
     * @param reason why; any but {@link MissReason#ABSENT}
     */
    default void missed(K key, MissReason reason) {}

    /**
     * Says that a look-up finds nothing, and that another version of the function has stored a result under an equal key.
     * To be called as {@link #missed} is; the miss is counted under {@link MissReason#VERSION}, unless it is known why this
     * version's own result has left. A store that cannot know, because it keeps nothing by {@link #lineage}, does not call
     * it: then such a miss is one of something absent. Never throws.
     *
     * @param key the masked key that is looked up
     */
    default void outdated(K key) {}

    /**
     * Says that an entry was changed by somebody else than this cache: another process, or a capability that core does not
     * know. Core detaches a load of the key that is running, so that its result is not stored and nobody joins it any
     * more, and drops what it keeps in front of the store. To be called after the change, holding no lock; waits while a
     * load of the key is being stored. Never throws.
     *
     * @param key the masked key
     */
    default void changed(K key) {}

    /** Says the same of all entries. */
    default void changed() {}

    /**
     * Says that a setting has another value than the settings that the store was opened with: one that stands where the
     * entries are, for all who share them. It is shown in {@code settings()} and {@code explain()}. To be called while the
     * store is opened, and whenever it finds that the value was changed.
     *
     * @param <T> the type of the setting
     * @param setting the setting
     * @param value the value that counts; {@code null} for none, so that what holds without one does
     * @param source where it stands, in words: {@code "the database of all processes"}
     */
    default <T> void effective(Setting<T> setting, @Nullable T value, String source) {}

    /**
     * Makes a key fit to be kept beyond the call: a copy of what could change in it. For stores that hold keys which they
     * were not given by {@link Store#put}; a key that is not equal to the result cannot be found by it.
     *
     * @param key the masked key
     * @return the same or another key
     */
    default K settled(K key) {
        return key;
    }

    /**
     * How keys are written, for stores that keep bytes.
     *
     * @return the codec of the keys
     */
    KeyCodec<K> keys();

    /**
     * How values are written, for stores that keep bytes.
     *
     * @return the codec of the values
     */
    ValueCodec values();

    /**
     * The folder of the cache, for stores that keep files. Opened when first asked for, closed by core after the store:
     * {@code settle} it with what makes room in it, write through it or report what was written.
     *
     * @return the folder, the same each time
     * @throws io.github.twatcache.error.EngineException when the engine has not the trait {@link Trait#PERSISTENT}
     * @throws PathException when the cache directory cannot be used
     * @throws io.github.twatcache.error.ConfigurationException when a directory cannot have the cache's name
     */
    default CacheFolder directory() {
        throw new PathException("this context lends no directory; open the store through a cache");
    }

    /**
     * How the cache directory is opened, for stores that open another one beside it: what was said of its quota and of how
     * long to wait for its lock holds there too.
     *
     * @return the settings
     */
    default DirectorySettings directorySettings() {
        return DirectorySettings.standard();
    }

    /**
     * Where the cache's folder is, for stores that only read: makes, opens and examines nothing.
     *
     * @return the path; there may be nothing there
     * @throws io.github.twatcache.error.ConfigurationException when a directory cannot have the cache's name
     */
    default Path place() {
        return directory().path();
    }
}
