package io.github.twatcache;

import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the two stores of a split keep past its freshness. A fresh entry goes before a stale one that has not left the other
 * store yet.
 *
 * @param <K> the type of the keys
 */
final class SplitStaleness<K> implements StaleStore<K> {
    private final SplitStore<K> split;
    private final Store<K> small;
    private final Store<K> large;
    private final StaleStore<K> ofSmall;
    private final StaleStore<K> ofLarge;

    SplitStaleness(SplitStore<K> split, Store<K> small, Store<K> large) {
        this.split = split;
        this.small = small;
        this.large = large;
        this.ofSmall = keeper(small);
        this.ofLarge = keeper(large);
    }

    @SuppressWarnings("unchecked") // a store's keys are those of its capabilities
    private static <K> StaleStore<K> keeper(Store<K> store) {
        return (StaleStore<K>) store.capability(StaleStore.class).orElseThrow();
    }

    /** Whether one of the two keeps an entry of a key. */
    boolean in(Store<K> store, K key) {
        return (store == small ? ofSmall : ofLarge).kept(key) != null;
    }

    @Override
    public @Nullable Kept kept(K key) {
        return split.seen(key, () -> either(key));
    }

    private @Nullable Kept either(K key) {
        Kept one = marked(small, ofSmall.kept(key));
        Kept other = one != null && one.fresh() ? null : marked(large, ofLarge.kept(key));
        return one == null || (other != null && other.fresh()) ? other : one;
    }

    private @Nullable Kept marked(Store<K> store, @Nullable Kept kept) {
        return kept == null ? null : new Kept(split.marked(store, kept.entry()), kept.staleNanos(), kept.aged());
    }

    @Override
    public boolean age(K key) {
        return either(key, keeper -> keeper.age(key));
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return either(key, keeper -> keeper.retime(key, terms));
    }

    private boolean either(K key, Predicate<StaleStore<K>> change) {
        return split.alone(key, () -> change.test(ofSmall) || change.test(ofLarge));
    }

    @Override
    public long ageTagged(String tag) {
        return split.alone(() -> ofSmall.ageTagged(tag) + ofLarge.ageTagged(tag));
    }

    @Override
    public long ageAll() {
        return split.alone(() -> ofSmall.ageAll() + ofLarge.ageAll());
    }
}
