package io.github.twatcache;

import io.github.twatcache.failure.FailureWords;
import io.github.twatcache.failure.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's way through the elements of a {@link Relay}; made before it is known which relay there will be. Thread-safe.
 *
 * @param <T> the type of the elements
 */
final class RelayReader<T> implements Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(TwatCache.class);

    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final Queue<Relay<T>> expecting = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Relay<T> relay;
    private volatile @Nullable Relay<T> instead;
    private volatile boolean cancelled;
    private volatile @Nullable Future<?> call;
    private volatile @Nullable IllegalArgumentException refused;
    private volatile boolean settled;
    private volatile @Nullable Throwable unsettled;
    private int at;
    private boolean told;

    RelayReader(Flow.Subscriber<? super T> subscriber) {
        this.subscriber = subscriber;
    }

    /** Takes note of what is to be given up when the subscriber cancels. */
    void called(Future<?> held) {
        call = held;
        if (cancelled) {
            leave();
        }
    }

    /** Has it read from here, from the first element on, unless it was given an element of another run already. */
    void reads(Relay<T> source) {
        source.expects();
        turn(source);
        expecting.add(source);
        drain();
    }

    private synchronized void turn(Relay<T> source) {
        if (!settled) {
            instead = source;
        }
    }

    /**
     * Takes note of what the load has ended with. The subscriber hears of no end before that: who asks again then does not
     * join what is over. The list is not always what it reads: a value that is kept is the answer where the source fails, or
     * is slow.
     *
     * @param all the list, where there is one
     * @param thrown what the load ended with, as when it took too long; {@code null} where it has a list
     */
    void settle(@Nullable List<T> all, @Nullable Throwable thrown) {
        synchronized (this) {
            Relay<T> source = relay;
            if (thrown == null && (source == null || !source.over() || source.failure() != null)) {
                instead = Relay.of(all);
            }
            unsettled = thrown;
            settled = true;
        }
        drain();
    }

    boolean cancelled() {
        return cancelled;
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
            leave();
        }
    }

    /** Reads no more. What nobody reads then is given up, or goes on for those who wait for the list. */
    void leave() {
        Relay<T> source = relay;
        if (source != null) {
            source.leave(this);
        }
        Future<?> held = call;
        if (held != null) {
            held.cancel(true);
        }
        if (source != null) {
            source.attend();
        }
    }

    /** Gives the subscriber what has come and what it has asked for, one thread at a time. */
    void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        Relay<T> before = relay;
        int missed = 1;
        do {
            List<Relay<T>> known = expecting.isEmpty() ? List.of() : expecting();
            if (!told) {
                step();
            }
            known.forEach(Relay::came);
            missed = work.addAndGet(-missed);
        } while (missed != 0);
        // Not before: what a publisher brings to the thread that asks is to be handed on at once.
        Relay<T> now = relay;
        if (now != null && now != before) {
            now.ask(demand.get());
            if (before != null) {
                before.attend();
            }
        }
    }

    private List<Relay<T>> expecting() {
        List<Relay<T>> known = new ArrayList<>();
        for (Relay<T> one = expecting.poll(); one != null; one = expecting.poll()) {
            known.add(one);
        }
        return known;
    }

    private void step() {
        // Asked first: what it is to read instead is written before.
        boolean known = settled;
        change();
        Relay<T> source = relay;
        boolean ended = source != null && source.over();
        while (source != null && !cancelled && refused == null && at < source.arrived() && at < demand.get()) {
            give(source.element(at));
            at++;
        }
        IllegalArgumentException wrong = refused;
        if (cancelled) {
            told = true;
        } else if (wrong != null) {
            cancelled = true;
            tell(wrong);
            leave();
        } else if (known && ended && source != null && at == source.arrived()) {
            tell(source.failure());
        } else if (known && !ended && unsettled != null) {
            tell(unsettled);
            leave();
        }
    }

    /** A subscriber that throws has cancelled (Reactive Streams 2.13): it is nobody else's failure. */
    private void give(T element) {
        try {
            subscriber.onNext(element);
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            LOG.warn("a subscriber has failed, and is given no more elements: {}", FailureWords.of(failed));
            cancel();
        }
    }

    /** Goes over to what it is to read instead, while it was given nothing. */
    private void change() {
        Relay<T> before = relay;
        Relay<T> next = instead;
        while (next != null && next != before && at == 0) {
            relay = next;
            next.enter(this);
            if (before != null) {
                before.leave(this);
            }
            if (cancelled) {
                leave();
            }
            Relay<T> later = next.successor();
            if (later != null) {
                turn(later);
            }
            before = next;
            next = instead;
        }
    }

    private void tell(@Nullable Throwable thrown) {
        told = true;
        try {
            if (thrown == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(thrown);
            }
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            LOG.warn("a subscriber has failed when it was told of the end: {}", FailureWords.of(failed));
        }
    }
}
