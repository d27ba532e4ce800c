package io.github.twatcache.load;

/** What loading needs to know of keys. */
public interface Keying {
    /**
     * Makes a key fit to be kept: a copy of what could change, compared by content. Asked on a miss only.
     *
     * @param key the masked key of a call
     * @return the same or another key
     * @throws io.github.twatcache.error.KeyException when it cannot work as a key
     */
    Object settled(Object key);

    /**
     * Names a key in messages without showing it.
     *
     * @param key the masked key
     * @return the first characters of its digest
     */
    String digest(Object key);
}
