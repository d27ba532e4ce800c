package io.github.twatcache.spi;

/** A store that finds entries by their tags. */
public interface TagStore {
    /**
     * Removes all entries that carry a tag; the cost grows with their number, not with that of all entries.
     *
     * @param tag the tag
     * @return how many live entries were removed
     */
    long removeTagged(String tag);
}
