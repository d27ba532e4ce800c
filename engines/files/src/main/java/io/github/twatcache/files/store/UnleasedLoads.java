package io.github.twatcache.files.store;

import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads where processes do not agree on who computes: each that asks may, and nobody waits. What is late is refused all the
 * same: before a value is computed it is noted how many {@link Invalidations} there were, and its commit looks for the key
 * among those that came since. A load elsewhere is none of them: of several that compute the same value the first is stored.
 */
final class UnleasedLoads<K> implements Leases<K> {
    private final Desk<K> desk;
    private final Reading<K> reading;
    private final Writing<K> writing;
    private final Catalog<K> catalog;
    private final BooleanSupplier closed;

    UnleasedLoads(Desk<K> desk, Reading<K> reading, Writing<K> writing, Catalog<K> catalog, BooleanSupplier closed) {
        this.desk = desk;
        this.reading = reading;
        this.writing = writing;
        this.catalog = catalog;
        this.closed = closed;
    }

    /**
     * What tells whether a value is late.
     *
     * @param since how many invalidations there were before it was computed
     * @param passes see {@link Permit}
     */
    private record Begun(Journal.Position since, @Nullable String passes) {}

    @Override
    public Claim acquire(K key) {
        try {
            return claim(key, catalog.invalidations().now());
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    @Override
    public Map<K, Claim> acquireAll(Collection<? extends K> keys) {
        try {
            Journal.Position now = catalog.invalidations().now();
            Map<K, Claim> claims = new LinkedHashMap<>();
            for (K key : keys) {
                claims.put(key, claim(key, now));
            }
            return claims;
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    /** The entry is looked at after the invalidations were counted: what changes it from here on comes later than those. */
    private Claim claim(K key, Journal.Position now) throws IOException {
        String passes = null;
        if (desk.clock().keeps()) {
            // What look-ups do not find because it is due is replaced, though it lives.
            Head head = catalog.head(desk.coded(key).digest());
            passes = head == null || reading.finds(head, desk.clock().now()) ? null : head.value();
        }
        return new Mine(new Begun(now, passes));
    }

    @Override
    public Claim seize(K key) {
        return acquire(key);
    }

    @Override
    public Outcome commit(K key, Object token, Object value, Terms terms) {
        Begun begun = (Begun) token;
        return closed.getAsBoolean()
                ? Outcome.REFUSED
                : writing.commit(key, value, terms, new Permit(begun.passes, false, digest -> !late(begun, digest)));
    }

    private boolean late(Begun begun, String digest) throws IOException {
        return catalog.invalidations().came(begun.since, digest);
    }

    @Override
    public void release(K key, Object token) {
        // Nobody waits for it.
    }

    @Override
    public boolean holds(K key, Object token) {
        try {
            return closed.getAsBoolean() || !late((Begun) token, desk.coded(key).digest());
        } catch (IOException trouble) {
            throw catalog.trouble(trouble);
        }
    }

    @Override
    public void awaitChange(K key, Theirs theirs, Duration atMost) {
        // Nobody has another's.
    }
}
