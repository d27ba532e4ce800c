package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Values in envelopes, in a Caffeine cache; an entry's mark is its envelope. */
final class EnvelopeStore<K> implements Store<K>, TagStore, TouchStore<K>, StaleStore<K> {
    private final Cache<K, Envelope> cache;
    private final ConcurrentMap<K, Envelope> map;
    private final Policy<K, Envelope> policy;
    private final Lifetimes<K> lifetimes;
    private final boolean touchable;
    final @Nullable TagIndex tags;
    private final long weightLimit;

    EnvelopeStore(
            Cache<K, Envelope> cache,
            Lifetimes<K> lifetimes,
            boolean touchable,
            @Nullable TagIndex tags,
            long weightLimit) {
        this.cache = cache;
        this.map = cache.asMap();
        this.policy = cache.policy();
        this.lifetimes = lifetimes;
        this.touchable = touchable;
        this.tags = tags;
        this.weightLimit = weightLimit;
    }

    @Override
    public @Nullable Object get(K key) {
        Envelope envelope = map.get(key);
        if (envelope == null || !lifetimes.found(envelope)) {
            return null;
        }
        return !lifetimes.counts() || reads(key, (KeptEnvelope) envelope) ? envelope.value : null;
    }

    /** Counts a read; whether there was one left. */
    private boolean reads(K key, KeptEnvelope envelope) {
        int left = envelope.read();
        if (left == 1) {
            if (lifetimes.keeps()) {
                envelope.age(lifetimes.now(), false);
            } else {
                map.remove(key, envelope);
            }
        }
        return left > 0;
    }

    @Override
    public @Nullable Entry entry(K key) {
        Envelope envelope = policy.getIfPresentQuietly(key);
        if (envelope == null) {
            return null;
        }
        long left = lifetimes.left(envelope);
        if (left == 0) {
            return null;
        }
        return lifetimes.keeps()
                ? entry((KeptEnvelope) envelope, lifetimes.now())
                : new Entry(envelope.value, envelope, new Terms(left, left, envelope.tags, envelope.weight, 0));
    }

    private static Entry entry(KeptEnvelope envelope, long now) {
        return new Entry(
                envelope.value,
                envelope,
                new Terms(
                        Math.max(0, envelope.freshFor(now)),
                        Math.max(0, envelope.left(now, Terms.FOREVER)),
                        envelope.tags,
                        envelope.weight,
                        envelope.costNanos,
                        Math.max(0, envelope.dueIn(now)),
                        envelope.version));
    }

    @Override
    public @Nullable Kept kept(K key) {
        if (!(policy.getIfPresentQuietly(key) instanceof KeptEnvelope envelope)) {
            return null;
        }
        long now = lifetimes.now();
        long fresh = envelope.freshFor(now);
        return new Kept(entry(envelope, now), Math.max(0, -fresh), fresh <= 0 && envelope.aged());
    }

    @Override
    public boolean age(K key) {
        Envelope envelope = policy.getIfPresentQuietly(key);
        return envelope != null && age(envelope);
    }

    private boolean age(Envelope envelope) {
        boolean fresh = lifetimes.alive(envelope);
        if (fresh) {
            ((KeptEnvelope) envelope).age(lifetimes.now(), true);
        }
        return fresh;
    }

    @Override
    public long ageTagged(String tag) {
        return tags == null ? 0 : tags.carrying(tag).stream().filter(this::age).count();
    }

    @Override
    public long ageAll() {
        return map.values().stream().filter(this::age).count();
    }

    @Override
    public boolean retime(K key, Terms terms) {
        Envelope seen = policy.getIfPresentQuietly(key);
        KeptEnvelope.Freshness freshness = lifetimes.freshness(terms);
        if (seen == null || !lifetimes.alive(seen)) {
            return false;
        }
        boolean[] timed = new boolean[1];
        map.computeIfPresent(key, (same, envelope) -> {
            if (!lifetimes.alive(envelope)) {
                return null; // it has become stale this instant; to give it back would start its life anew
            }
            timed[0] = true;
            ((KeptEnvelope) envelope).divide(freshness);
            envelope.prolong(lifetimes.lifetime(terms));
            return envelope;
        });
        return timed[0];
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        if (terms.weight() > weightLimit) {
            return Outcome.TOO_HEAVY;
        }
        Envelope envelope = lifetimes.envelope(key, value, terms);
        if (tags == null) {
            return store(key, envelope, guard) ? Outcome.STORED : Outcome.REFUSED;
        }
        // In the index first: an entry that can be read can be invalidated by its tags.
        tags.add(envelope);
        boolean stored = false;
        try {
            stored = store(key, envelope, guard);
        } finally {
            if (!stored) {
                tags.withdraw(envelope);
            }
        }
        return stored ? Outcome.STORED : Outcome.REFUSED;
    }

    private boolean store(K key, Envelope envelope, Guard guard) {
        if (guard instanceof Guard.Seen seen) {
            return seen.mark() instanceof Envelope mark && lifetimes.alive(mark) && map.replace(key, mark, envelope);
        }
        if (guard instanceof Guard.Any) {
            map.put(key, envelope);
            return true;
        }
        while (true) {
            // putIfAbsent counts as a use when it refuses, hence the look before.
            Envelope present = policy.getIfPresentQuietly(key);
            if (present == null) {
                present = map.putIfAbsent(key, envelope);
            }
            if (present == null) {
                return true;
            }
            if (lifetimes.alive(present)) {
                return false;
            }
            // In one step: what is kept must be seen, until what comes in its place is.
            if (map.replace(key, present, envelope)) {
                return true;
            }
        }
    }

    @Override
    public boolean remove(K key, Guard guard) {
        if (guard instanceof Guard.Seen seen) {
            return seen.mark() instanceof Envelope mark && lifetimes.alive(mark) && map.remove(key, mark);
        }
        if (guard instanceof Guard.Absent) {
            return false;
        }
        Envelope removed = map.remove(key);
        return removed != null && lifetimes.alive(removed);
    }

    @Override
    public long removeTagged(String tag) {
        long removed = 0;
        for (Envelope envelope : tags == null ? Set.<Envelope>of() : tags.carrying(tag)) {
            boolean alive = lifetimes.alive(envelope);
            if (map.remove(envelope.key, envelope) && alive) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public boolean touch(K key, long nanos) {
        if (lifetimes.keeps()) {
            return retime(key, Terms.PLAIN.lasting(nanos));
        }
        boolean[] touched = new boolean[1];
        map.computeIfPresent(key, (same, envelope) -> {
            if (!lifetimes.alive(envelope)) {
                return null; // to give it back would start its life anew
            }
            touched[0] = true;
            envelope.prolong(nanos == Terms.UNSET ? lifetimes.lifetime(Terms.PLAIN) : nanos);
            return envelope;
        });
        return touched[0];
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public long size() {
        return sum(envelope -> 1);
    }

    @Override
    public long estimatedSize() {
        return cache.estimatedSize();
    }

    @Override
    public long weight() {
        return sum(envelope -> envelope.weight);
    }

    private long sum(ToLongFunction<Envelope> part) {
        cache.cleanUp();
        long sum = 0;
        for (Envelope envelope : map.values()) {
            if (lifetimes.alive(envelope)) {
                sum += part.applyAsLong(envelope);
            }
        }
        return sum;
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(map.keySet().iterator(), key -> {
            Envelope envelope = policy.getIfPresentQuietly(key);
            return envelope == null || !lifetimes.alive(envelope) ? null : envelope.value;
        });
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        boolean able = type == TagStore.class
                ? tags != null
                : type == StaleStore.class ? lifetimes.keeps() : type != TouchStore.class || touchable;
        return able ? Store.super.capability(type) : Optional.empty();
    }

    @Override
    public void close() {
        cache.invalidateAll();
        cache.cleanUp();
    }
}
