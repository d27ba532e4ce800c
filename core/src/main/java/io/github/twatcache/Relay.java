package io.github.twatcache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one publisher, as far as they have come, for as many subscribers as like. Asks the publisher for as many as
 * the subscriber wants that wants most. Thread-safe.
 *
 * @param <T> the type of the elements
 */
final class Relay<T> implements Flow.Subscriber<T> {
    /** Ends with all elements, or with what the publisher failed with; cancelling it cancels the subscription. */
    final CompletableFuture<List<T>> stage = new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            Flow.Subscription given = upstream;
            if (cancelled && given != null) {
                given.cancel();
            }
            return cancelled;
        }
    };

    private final List<Reader<T>> readers = new CopyOnWriteArrayList<>();
    private final List<T> elements = new ArrayList<>();
    private volatile Flow.@Nullable Subscription upstream;
    private volatile int arrived;
    private volatile boolean over;
    private @Nullable Throwable failure;
    private long wanted;
    private long requested;

    /** A relay of elements that are all there. */
    static <T> Relay<T> of(List<T> known) {
        Relay<T> relay = new Relay<>();
        relay.elements.addAll(known);
        relay.arrived = known.size();
        relay.over = true;
        return relay;
    }

    /** A relay of no elements but a failure. */
    static <T> Relay<T> failed(Throwable thrown) {
        Relay<T> relay = new Relay<>();
        relay.failure = thrown;
        relay.over = true;
        return relay;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (upstream != null || stage.isDone()) {
            given.cancel();
            return;
        }
        upstream = given;
        if (stage.isCancelled()) {
            given.cancel();
        }
        ask(0);
    }

    /** Takes note of how many elements somebody wants in all, and asks the publisher for what is missing. */
    private void ask(long inAll) {
        long more;
        Flow.Subscription given;
        synchronized (elements) {
            wanted = Math.max(wanted, inAll);
            given = upstream;
            more = given == null ? 0 : wanted - requested;
            requested += more;
        }
        if (given != null && more > 0) {
            given.request(more);
        }
    }

    @Override
    public void onNext(T element) {
        synchronized (elements) {
            if (over) {
                return;
            }
            elements.add(element);
            arrived = elements.size();
        }
        readers.forEach(Reader::drain);
    }

    @Override
    public void onError(Throwable thrown) {
        end(thrown);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable thrown) {
        List<T> all;
        synchronized (elements) {
            if (over) {
                return;
            }
            failure = thrown;
            over = true;
            all = Collections.unmodifiableList(new ArrayList<>(elements));
        }
        // It is stored before the last subscriber hears of the end.
        if (thrown == null) {
            stage.complete(all);
        } else {
            stage.completeExceptionally(thrown);
        }
        readers.forEach(Reader::drain);
    }

    private T element(int index) {
        synchronized (elements) {
            return elements.get(index);
        }
    }

    /** Adds a reader, from the first element on. */
    void read(Reader<T> reader) {
        if (reader.takes(this)) {
            readers.add(reader);
            ask(reader.demand.get());
            reader.drain();
        }
    }

    /** One subscriber's way through the elements; made before it is known which relay there will be. */
    static final class Reader<T> implements Flow.Subscription {
        private final Flow.Subscriber<? super T> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger work = new AtomicInteger();
        private final Runnable givesUp;
        private volatile @Nullable Relay<T> relay;
        private volatile boolean cancelled;
        private volatile @Nullable IllegalArgumentException refused;
        private volatile boolean settled;
        private volatile @Nullable Throwable unsettled;
        private int at;
        private boolean told;

        /**
         * A subscriber's way.
         *
         * @param subscriber the subscriber
         * @param givesUp is run when it cancels
         */
        Reader(Flow.Subscriber<? super T> subscriber, Runnable givesUp) {
            this.subscriber = subscriber;
            this.givesUp = givesUp;
        }

        /**
         * Takes note that the load has ended. The subscriber hears of no end before that: who asks again then does not join
         * what is over.
         *
         * @param thrown what the load ended with, as when it took too long; {@code null} where it has a value
         */
        void settle(@Nullable Throwable thrown) {
            unsettled = thrown;
            settled = true;
            drain();
        }

        /** Whether it is known what it reads. */
        boolean reads() {
            return relay != null;
        }

        boolean cancelled() {
            return cancelled;
        }

        /** The first relay counts: on an engine that blocks the own load may begin after another's was seen. */
        private synchronized boolean takes(Relay<T> source) {
            if (relay != null) {
                return false;
            }
            relay = source;
            return true;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                refused = new IllegalArgumentException(
                        "a subscriber requests 1 element or more (Reactive Streams 3.9), but requested " + n);
            }
            long inAll = demand.updateAndGet(known -> n <= 0 ? known : known + n < 0 ? Long.MAX_VALUE : known + n);
            Relay<T> source = relay;
            if (source != null) {
                source.ask(inAll);
            }
            drain();
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                Relay<T> source = relay;
                if (source != null) {
                    source.readers.remove(this);
                }
                givesUp.run();
            }
        }

        /** Gives the subscriber what has come and what it has asked for, one thread at a time. */
        void drain() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                Relay<T> source = relay;
                if (source != null && !told) {
                    pass(source);
                } else if (refused != null && !told) {
                    fail(refused);
                }
                missed = work.addAndGet(-missed);
            } while (missed != 0);
        }

        private void pass(Relay<T> source) {
            boolean late = settled && unsettled != null && !source.over;
            boolean ended = settled && source.over;
            int there = source.arrived;
            while (!cancelled && refused == null && at < there && at < demand.get()) {
                subscriber.onNext(source.element(at));
                at++;
            }
            IllegalArgumentException wrong = refused;
            if (cancelled) {
                told = true;
            } else if (wrong != null) {
                fail(wrong);
            } else if (late || (ended && at == there)) {
                told = true;
                Throwable failure = late ? unsettled : source.failure;
                if (failure == null) {
                    subscriber.onComplete();
                } else {
                    subscriber.onError(failure);
                }
            }
        }

        private void fail(@Nullable IllegalArgumentException wrong) {
            told = true;
            cancelled = true;
            if (wrong != null) {
                subscriber.onError(wrong);
            }
            givesUp.run();
        }
    }
}
