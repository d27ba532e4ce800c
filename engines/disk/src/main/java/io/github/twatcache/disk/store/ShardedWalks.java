package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.OrderedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all shards at once: whichever of their walks stands on the next entry goes on. In insertion order entries come
 * by their numbers, which in a sharded cache follow the clock.
 */
final class ShardedWalks<K> implements OrderedStore<K> {
    private final Routes<K> routes;
    private final List<SteadyStore<K>> shards;

    ShardedWalks(Routes<K> routes, List<SteadyStore<K>> shards) {
        this.routes = routes;
        this.shards = shards;
    }

    @Override
    public Cursor<K> entries(Order order, boolean descending, @Nullable K beyond) {
        List<EntryCursor<K>> walks = order == Order.KEY
                ? each(shard -> shard.walks().entries(Order.KEY, descending, beyond))
                : numbered(descending, beyond);
        Comparator<Head<K>> forwards =
                order == Order.KEY ? Comparator.comparing(head -> head.sort, Arrays::compareUnsigned) : byNumber();
        return new Merged<>(walks, order == Order.KEY ? routes : null, descending ? forwards.reversed() : forwards);
    }

    private List<EntryCursor<K>> numbered(boolean descending, @Nullable K beyond) {
        if (beyond == null) {
            return each(shard -> shard.walks().numbered(descending, 0));
        }
        long number = shards.get(routes.of(beyond)).on(shard -> shard.walks().numberOf(beyond));
        return number == 0 ? List.of() : each(shard -> shard.walks().numbered(descending, number));
    }

    private static <K> Comparator<Head<K>> byNumber() {
        return Comparator.<Head<K>>comparingLong(head -> head.number).thenComparingInt(head -> head.shard);
    }

    private List<EntryCursor<K>> each(Function<DiskStore<K>, EntryCursor<K>> begin) {
        List<EntryCursor<K>> walks = new ArrayList<>();
        for (SteadyStore<K> shard : shards) {
            walks.add(shard.on(begin));
        }
        return walks;
    }

    /** A walk over one shard, and where it stands. */
    private static final class Head<K> {
        final int shard;
        final EntryCursor<K> walk;
        long number;
        byte[] sort = {};

        Head(int shard, EntryCursor<K> walk) {
            this.shard = shard;
            this.walk = walk;
        }

        /** Moves on; says whether there is one more. */
        boolean advance(@Nullable Routes<K> byKey) {
            if (!walk.advance()) {
                return false;
            }
            number = walk.id();
            if (byKey != null) {
                sort = byKey.sortable(walk.key());
            }
            return true;
        }
    }

    /** Walks as one. For one thread. */
    private static final class Merged<K> implements Cursor<K> {
        private final List<Head<K>> heads = new ArrayList<>();
        private final @Nullable Routes<K> byKey;
        private final PriorityQueue<Head<K>> next;
        private @Nullable Head<K> current;
        private boolean begun;

        Merged(List<EntryCursor<K>> walks, @Nullable Routes<K> byKey, Comparator<Head<K>> order) {
            for (EntryCursor<K> walk : walks) {
                heads.add(new Head<>(heads.size(), walk));
            }
            this.byKey = byKey;
            this.next = new PriorityQueue<>(order);
        }

        @Override
        public boolean advance() {
            if (!begun) {
                begun = true;
                heads.forEach(this::go);
            } else if (current != null) {
                go(current);
            }
            current = next.poll();
            // What has gone while another shard's turn was on is no entry any more.
            while (current != null && !current.walk.stands()) {
                go(current);
                current = next.poll();
            }
            return current != null;
        }

        private void go(Head<K> head) {
            if (head.advance(byKey)) {
                next.add(head);
            }
        }

        private Head<K> current() {
            return Cursor.standing(current);
        }

        @Override
        public K key() {
            return current().walk.key();
        }

        @Override
        public @Nullable Object value() {
            return current().walk.value();
        }

        @Override
        public void close() {
            current = null;
            begun = true;
            next.clear();
            heads.forEach(head -> head.walk.close());
        }
    }
}
