package io.github.twatcache.path;

/** An engine's store that has a folder of the cache directory, and makes room in it when the quota is reached. */
@FunctionalInterface
public interface Tenant {
    /**
     * Deletes what it can spare most, through {@link CacheFolder#delete} or followed by {@link CacheFolder#count} and
     * {@link CacheFolder#gave}: at least so many bytes if it holds them, and no more than needed.
     *
     * <p>Called on the thread of any cache's write, outside the directory's lock, by several threads at once. <b>Warning:</b>
     * a store that calls the folder's methods while holding a lock which this method takes too can lock itself up with
     * another store that does the same.
     *
     * @param bytes how many bytes are asked for, at least 1
     */
    void evict(long bytes);

    /**
     * Counts anew what it holds, by {@link CacheFolder#count}: for stores that write by themselves and do not count each
     * write. Called where somebody asks for the usage, on that thread, outside the directory's lock; what it throws is
     * logged, and the count stays as it was.
     */
    default void count() {}
}
