package io.github.twatcache.disk.store;

import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many entries, in one step for each shard. */
record ShardedBulk<K>(Routes<K> routes, List<BulkStore<K>> shards) implements BulkStore<K> {
    @Override
    public Map<K, Object> getAll(Collection<? extends K> keys) {
        Map<K, Object> found = new HashMap<>(2 * keys.size());
        List<List<K>> apart = routes.apart(keys, key -> key);
        for (int i = 0; i < shards.size(); i++) {
            if (!apart.get(i).isEmpty()) {
                found.putAll(shards.get(i).getAll(apart.get(i)));
            }
        }
        return found;
    }

    @Override
    public List<Outcome> putAll(List<Put<K>> puts) {
        Map<K, Outcome> outcomes = new HashMap<>(2 * puts.size());
        List<List<Put<K>>> apart = routes.apart(puts, Put::key);
        for (int i = 0; i < shards.size(); i++) {
            List<Put<K>> some = apart.get(i);
            List<Outcome> of = some.isEmpty() ? List.of() : shards.get(i).putAll(some);
            for (int j = 0; j < some.size(); j++) {
                outcomes.put(some.get(j).key(), of.get(j));
            }
        }
        List<Outcome> all = new ArrayList<>();
        puts.forEach(put -> all.add(outcomes.getOrDefault(put.key(), Outcome.REFUSED)));
        return all;
    }
}
