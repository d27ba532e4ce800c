package io.github.twatcache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one publisher, as far as they have come, for as many subscribers as like. Asks the publisher for as many as
 * the subscriber wants that wants most; where nobody reads any more, but somebody may wait for the list, for all. Thread-safe.
 *
 * @param <T> the type of the elements
 */
final class Relay<T> implements Flow.Subscriber<T> {
    /** Ends with all elements, or with what the publisher failed with; cancelling it cancels the subscription. */
    final CompletableFuture<List<T>> stage = new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                dropped();
            }
            return cancelled;
        }
    };

    private final List<RelayReader<T>> readers = new CopyOnWriteArrayList<>();
    private final AtomicInteger coming = new AtomicInteger();
    private final List<T> elements = new ArrayList<>();
    private volatile Flow.@Nullable Subscription upstream;
    private volatile int arrived;
    private volatile boolean over;
    private volatile @Nullable Relay<T> successor;
    private @Nullable Throwable failure;
    private long wanted;
    private long requested;

    /** A relay of elements that are all there. */
    static <T> Relay<T> of(@Nullable List<T> known) {
        Relay<T> relay = new Relay<>();
        if (known == null) {
            relay.failure = new NullPointerException(
                    "null is stored in the place of a list; remove it, and put an empty list for no elements");
        } else {
            relay.elements.addAll(known);
            relay.arrived = known.size();
        }
        relay.over = true;
        return relay;
    }

    /** What is kept of the elements of a publisher. */
    static <T> List<T> list(List<T> elements) {
        return Collections.unmodifiableList(new ArrayList<>(elements));
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
    void ask(long inAll) {
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

    /** Asks for all elements where nobody reads them, nor is about to: somebody may wait for the list. */
    void attend() {
        if (coming.get() == 0 && readers.isEmpty() && !over && !stage.isDone()) {
            all();
        }
    }

    /** Somebody has yet to see whether he reads from here: a reader enters on the thread that is giving it what has come. */
    void expects() {
        coming.incrementAndGet();
    }

    /** One who was expected has {@linkplain #enter entered}, or does not read from here. */
    void came() {
        coming.decrementAndGet();
        attend();
    }

    /** Asks for all elements. */
    void all() {
        ask(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T element) {
        if (element == null) {
            NullPointerException wrong = new NullPointerException(
                    "the publisher has brought null, which is no element (Reactive Streams 2.13); leave it out");
            end(wrong);
            cancelUpstream();
            throw wrong;
        }
        synchronized (elements) {
            if (over) {
                return;
            }
            elements.add(element);
            arrived = elements.size();
        }
        readers.forEach(RelayReader::drain);
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
            all = list(elements);
        }
        // It is stored before the last subscriber hears of the end.
        if (thrown == null) {
            stage.complete(all);
        } else {
            stage.completeExceptionally(thrown);
        }
        readers.forEach(RelayReader::drain);
    }

    /** Nobody wants the list any more. Who has joined in this very moment and was given an element cannot begin anew. */
    private void dropped() {
        synchronized (elements) {
            if (!over) {
                failure = new CancellationException("all others that read from the source have given up, and it was"
                        + " cancelled; subscribe again");
                over = true;
            }
        }
        cancelUpstream();
    }

    private void cancelUpstream() {
        Flow.Subscription given = upstream;
        if (given != null) {
            given.cancel();
        }
    }

    void enter(RelayReader<T> reader) {
        readers.add(reader);
    }

    void leave(RelayReader<T> reader) {
        readers.remove(reader);
    }

    /** How many elements have come. To be asked after {@link #over}: they are all then. */
    int arrived() {
        return arrived;
    }

    boolean over() {
        return over;
    }

    /** What it has ended with, once it is over. */
    @Nullable Throwable failure() {
        return failure;
    }

    T element(int index) {
        synchronized (elements) {
            return elements.get(index);
        }
    }

    /** Has all readers that were given nothing yet read from another, and those who come later. */
    void handOver(Relay<T> anew) {
        successor = anew;
        readers.forEach(reader -> reader.reads(anew));
    }

    /** What took this one's place, to be asked after {@link #enter}: who enters later is not told of it. */
    @Nullable Relay<T> successor() {
        return successor;
    }
}
