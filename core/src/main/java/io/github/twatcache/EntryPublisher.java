package io.github.twatcache;

import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.failure.Thrown;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a cache for subscribers that do not wait: each has a walk of his own, which goes as far as he has asked for,
 * where the engine may be asked.
 */
final class EntryPublisher<K, V extends @Nullable Object> implements Flow.Publisher<Map.Entry<K, V>> {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final Cache<K, V> cache;
    private final Elsewhere elsewhere;

    EntryPublisher(Cache<K, V> cache, Elsewhere elsewhere) {
        this.cache = cache;
        this.elsewhere = elsewhere;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Map.Entry<K, V>> subscriber) {
        Walk walk = new Walk(Objects.requireNonNull(subscriber, "subscriber"));
        subscriber.onSubscribe(walk);
    }

    /** One subscriber's walk. One thread at a time goes on with it; the others leave word. */
    private final class Walk implements Flow.Subscription {
        private final Flow.Subscriber<? super Map.Entry<K, V>> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger work = new AtomicInteger();
        private volatile boolean cancelled;
        private volatile @Nullable IllegalArgumentException refused;
        private @Nullable Stream<Map.Entry<K, V>> entries;
        private @Nullable Iterator<Map.Entry<K, V>> left;
        private boolean over;

        Walk(Flow.Subscriber<? super Map.Entry<K, V>> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                refused = new IllegalArgumentException(
                        "a subscriber requests 1 element or more (Reactive Streams 3.9), but requested " + n);
            } else {
                demand.updateAndGet(known -> known + n < 0 ? Long.MAX_VALUE : known + n);
            }
            goOn();
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                goOn();
            }
        }

        private void goOn() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            CompletableFuture<Boolean> unused = elsewhere
                    .run(() -> {
                        int done = work.get();
                        do {
                            step();
                            done = work.addAndGet(-done);
                        } while (done != 0);
                        return true;
                    })
                    .whenComplete((value, failed) -> {
                        // Nobody has taken the work back then, so nobody else goes on.
                        if (failed != null) {
                            end(failed);
                        }
                    });
        }

        private void step() {
            IllegalArgumentException wrong = refused;
            if (over) {
                return;
            } else if (wrong != null) {
                end(wrong);
            } else if (!cancelled) {
                walk();
            }
            if (cancelled) {
                over = true;
                close();
            }
        }

        private void walk() {
            Iterator<Map.Entry<K, V>> from = left;
            if (from == null) {
                Stream<Map.Entry<K, V>> opened = cache.entries();
                entries = opened;
                from = opened.iterator();
                left = from;
            }
            while (!cancelled && refused == null) {
                if (!from.hasNext()) {
                    over = true;
                    close();
                    subscriber.onComplete();
                    return;
                } else if (demand.get() == 0) {
                    return;
                }
                give(from.next());
            }
        }

        /** A subscriber that throws has cancelled (Reactive Streams 2.13). */
        private void give(Map.Entry<K, V> entry) {
            try {
                subscriber.onNext(entry);
            } catch (Throwable failed) {
                Thrown.passUnlessFailure(failed);
                cancelled = true;
                LOG.warn(
                        "a subscriber to the entries of cache '{}' failed, and is given no more of them: {}",
                        cache.name(),
                        FailureWords.of(failed));
            }
            demand.updateAndGet(known -> known == Long.MAX_VALUE ? known : known - 1);
        }

        private void end(Throwable failed) {
            if (!over) {
                over = true;
                close();
                if (!cancelled) {
                    subscriber.onError(failed);
                }
            }
        }

        private void close() {
            if (entries != null) {
                entries.close();
                entries = null;
            }
        }
    }
}
