package io.github.twatcache.wrap;

import java.util.List;

/**
 * What a wrapped object is made of, beside its target.
 *
 * @param memoized for each cached method of the plan the memoized function, of the function type of its arity; of one array
 *     where the arguments are packed
 * @param changes for each changing method of the plan what it does
 */
public record Parts(List<Object> memoized, List<Call> changes) {
    /** Copies the lists. */
    public Parts {
        memoized = List.copyOf(memoized);
        changes = List.copyOf(changes);
    }
}
