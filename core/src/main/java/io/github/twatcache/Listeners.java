package io.github.twatcache;

import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.failure.Guarded;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.InFlight;
import io.github.twatcache.stats.CacheEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of one cache what happens in it: while the thread holds nothing that others may wait for. */
final class Listeners implements Consumer<CacheEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final List<Consumer<? super CacheEvent>> listeners;
    private @Nullable InFlight inFlight;
    private @Nullable Guarded guarded;

    private Listeners(List<Consumer<? super CacheEvent>> listeners) {
        this.listeners = listeners;
    }

    /** {@code null} where nobody listens. */
    static @Nullable Listeners of(List<Consumer<? super CacheEvent>> ofAll, List<Consumer<? super CacheEvent>> ofOne) {
        List<Consumer<? super CacheEvent>> listeners =
                Stream.concat(ofAll.stream(), ofOne.stream()).toList();
        return listeners.isEmpty() ? null : new Listeners(listeners);
    }

    /** Says what may be held, once the store is open. */
    void mind(InFlight loads, @Nullable Guarded guard) {
        this.inFlight = loads;
        this.guarded = guard;
    }

    @Override
    public void accept(CacheEvent event) {
        InFlight table = inFlight;
        Runnable telling = table == null ? () -> tell(event) : () -> table.afterwards(() -> tell(event));
        if (guarded == null || !guarded.takes(telling)) {
            telling.run();
        }
    }

    private void tell(CacheEvent event) {
        for (Consumer<? super CacheEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (Throwable failed) {
                Thrown.passUnlessFailure(failed);
                LOG.warn(
                        "a listener to events of cache '{}' failed; what it was told of is done: {}",
                        event.cache(),
                        FailureWords.of(failed));
            }
        }
    }
}
