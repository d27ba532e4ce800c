package io.github.twatcache.failure;

import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Leases with interceptors round them, who see what becomes of entries: a value that is stored under a lease, and one that is
 * found where a lease was asked for. Who may compute is between core and the engine, and they see it with no other engine.
 */
record InterceptedLeases(Intercepted store, Leases<Object> leases) implements Leases<Object> {
    @Override
    public Claim acquire(Object key) {
        return shown(key, leases.acquire(key));
    }

    @Override
    public Claim seize(Object key) {
        return shown(key, leases.seize(key));
    }

    private Claim shown(Object key, Claim claim) {
        return claim instanceof Found ? store.around(Operation.GET, key, () -> claim) : claim;
    }

    @Override
    public Map<Object, Claim> acquireAll(Collection<? extends Object> keys) {
        Map<Object, Claim> claims = leases.acquireAll(keys);
        List<?> found =
                keys.stream().filter(key -> claims.get(key) instanceof Found).toList();
        boolean shown = false;
        try {
            Map<Object, Claim> all = found.isEmpty() ? claims : store.aroundEach(Operation.GET, found, () -> claims);
            shown = true;
            return all;
        } finally {
            if (!shown) {
                letGo(claims);
            }
        }
    }

    /** Where one is refused, none is given. */
    private void letGo(Map<Object, Claim> claims) {
        claims.forEach((key, claim) -> {
            if (claim instanceof Mine mine) {
                leases.release(key, mine.token());
            }
        });
    }

    @Override
    public Outcome commit(Object key, Object token, Object value, Terms terms) {
        return store.around(Operation.PUT, key, () -> leases.commit(key, token, value, terms));
    }

    @Override
    public List<Outcome> commitAll(List<Commit<Object>> commits) {
        return store.aroundEach(
                Operation.PUT, commits.stream().map(Commit::key).toList(), () -> leases.commitAll(commits));
    }

    @Override
    public void release(Object key, Object token) {
        leases.release(key, token);
    }

    @Override
    public boolean releaseLost(Object key) {
        return leases.releaseLost(key);
    }

    @Override
    public boolean holds(Object key, Object token) {
        return leases.holds(key, token);
    }

    @Override
    public void awaitChange(Object key, Theirs theirs, Duration atMost) throws InterruptedException {
        leases.awaitChange(key, theirs, atMost);
    }
}
