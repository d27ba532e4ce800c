package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leases, each in the shard that its key belongs to; many of them in one step for each shard. */
record ShardedLeases<K>(Routes<K> routes, List<Leases<K>> shards) implements Leases<K> {
    private Leases<K> of(K key) {
        return shards.get(routes.of(key));
    }

    @Override
    public Claim acquire(K key) {
        return of(key).acquire(key);
    }

    @Override
    public Map<K, Claim> acquireAll(Collection<? extends K> keys) {
        Map<K, Claim> claims = new HashMap<>(2 * keys.size());
        List<List<K>> apart = routes.apart(keys, key -> key);
        try {
            for (int i = 0; i < shards.size(); i++) {
                if (!apart.get(i).isEmpty()) {
                    claims.putAll(shards.get(i).acquireAll(apart.get(i)));
                }
            }
        } catch (RuntimeException failed) {
            claims.forEach((key, claim) -> letGo(key, claim, failed));
            throw failed;
        }
        Map<K, Claim> inOrder = new LinkedHashMap<>();
        for (K key : keys) {
            Claim claim = claims.get(key);
            if (claim != null) {
                inOrder.put(key, claim);
            }
        }
        return inOrder;
    }

    private void letGo(K key, Claim claim, RuntimeException failed) {
        if (claim instanceof Mine mine) {
            try {
                release(key, mine.token());
            } catch (RuntimeException too) {
                failed.addSuppressed(too);
            }
        }
    }

    @Override
    public Claim seize(K key) {
        return of(key).seize(key);
    }

    @Override
    public Outcome commit(K key, Object token, Object value, Terms terms) {
        return of(key).commit(key, token, value, terms);
    }

    @Override
    public List<Outcome> commitAll(List<Commit<K>> commits) {
        Map<K, Outcome> outcomes = new HashMap<>(2 * commits.size());
        List<List<Commit<K>>> apart = routes.apart(commits, Commit::key);
        for (int i = 0; i < shards.size(); i++) {
            List<Commit<K>> some = apart.get(i);
            List<Outcome> of = some.isEmpty() ? List.of() : shards.get(i).commitAll(some);
            for (int j = 0; j < some.size(); j++) {
                outcomes.put(some.get(j).key(), of.get(j));
            }
        }
        List<Outcome> all = new ArrayList<>();
        commits.forEach(one -> all.add(outcomes.getOrDefault(one.key(), Outcome.REFUSED)));
        return all;
    }

    @Override
    public void release(K key, Object token) {
        of(key).release(key, token);
    }

    @Override
    public boolean releaseLost(K key) {
        return of(key).releaseLost(key);
    }

    @Override
    public boolean holds(K key, Object token) {
        return of(key).holds(key, token);
    }

    @Override
    public void awaitChange(K key, Theirs theirs, Duration atMost) throws InterruptedException {
        of(key).awaitChange(key, theirs, atMost);
    }
}
