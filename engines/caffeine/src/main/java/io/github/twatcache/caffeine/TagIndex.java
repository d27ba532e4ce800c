package io.github.twatcache.caffeine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** From a tag to the envelopes that carry it. Envelopes are told apart by identity. Holds no tag that nothing carries. */
final class TagIndex {
    private final ConcurrentMap<String, Set<Envelope>> carriers = new ConcurrentHashMap<>();

    void add(Envelope envelope) {
        for (String tag : envelope.tags) {
            carriers.compute(tag, (same, set) -> {
                Set<Envelope> grown = set == null ? ConcurrentHashMap.newKeySet() : set;
                grown.add(envelope);
                return grown;
            });
        }
    }

    void withdraw(Envelope envelope) {
        for (String tag : envelope.tags) {
            carriers.computeIfPresent(tag, (same, set) -> {
                set.remove(envelope);
                return set.isEmpty() ? null : set;
            });
        }
    }

    /** The envelopes that carry a tag; may be changed while it is walked over. */
    Set<Envelope> carrying(String tag) {
        return carriers.getOrDefault(tag, Set.of());
    }

    /** How many tags are carried by anything. */
    int tags() {
        return carriers.size();
    }
}
