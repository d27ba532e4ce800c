package io.github.twatcache.spi;

/**
 * The condition under which a store changes an entry, tested and acted upon in one atomic step.
 *
 * <p>All of put-if-absent, replace, compare-and-set and the refusal of late loads are made of these three.
 */
public sealed interface Guard {
    /** Always. */
    Guard ANY = new Any();

    /** Only where no live entry is. */
    Guard ABSENT = new Absent();

    /**
     * Only while the entry is the one that was seen.
     *
     * @param mark the {@link Entry#mark()} that was seen
     * @return the guard
     */
    static Guard seen(Object mark) {
        return new Seen(mark);
    }

    /** Always. */
    record Any() implements Guard {}

    /** Only where no live entry is. */
    record Absent() implements Guard {}

    /**
     * Only while the entry is the one that was seen.
     *
     * @param mark what was seen
     */
    record Seen(Object mark) implements Guard {}
}
