package io.github.twatcache;

import io.github.twatcache.load.AsyncComputation;
import io.github.twatcache.load.Judge;
import io.github.twatcache.spi.Nil;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a cache of lists, whose caller takes the list element by element: subscribes to the source where the list is
 * missing, and reads along where another call does. To the cache it is a load like any other, and joined by callers that want
 * the whole list.
 *
 * <p>A subscriber that was given an element stays with the run of the source that it came from. Before that it goes over: to the
 * next attempt where one has failed, to a value that is kept where the source fails or is slow.
 *
 * @param <T> the type of the elements
 */
final class Flowing<T> implements AsyncComputation {
    private final String cache;
    private final Source<T> source;
    private final @Nullable RelayReader<T> reader;

    /** What the run brings that is under way, or is to be. */
    private volatile Relay<T> relay = new Relay<>();

    private boolean begun;

    /** Makes the publisher of what is missing. */
    @FunctionalInterface
    interface Source<T> {
        /** Makes it; {@code null}, which it must not be, is told to the subscriber. */
        Flow.@Nullable Publisher<T> open() throws Exception;
    }

    /** A call that nobody reads element by element has no reader. */
    private Flowing(String cache, Source<T> source, @Nullable RelayReader<T> reader) {
        this.cache = cache;
        this.source = source;
        this.reader = reader;
    }

    /**
     * A publisher of the elements of a list. Nothing is looked up before somebody subscribes, and no key made: the source is
     * given the arguments as they are then.
     */
    static <T> Flow.Publisher<T> publisher(
            CacheCore core, Supplier<Object> key, Supplier<Judge> judge, Source<T> source) {
        return subscriber -> subscribe(core, key, judge, source, Objects.requireNonNull(subscriber, "subscriber"));
    }

    /** Computes a list anew, element by element, though for nobody in particular. */
    @SuppressWarnings("unchecked") // the cache holds lists of such elements
    static <T> CompletableFuture<List<T>> refresh(CacheCore core, Object key, Judge judge, Source<T> source) {
        return (CompletableFuture<List<T>>) core.refreshAsync(key, new Flowing<>(core.name(), source, null), judge);
    }

    private static <T> void subscribe(
            CacheCore core,
            Supplier<Object> key,
            Supplier<Judge> judge,
            Source<T> source,
            Flow.Subscriber<? super T> to) {
        RelayReader<T> reader = new RelayReader<>(to);
        to.onSubscribe(reader);
        if (!reader.cancelled()) {
            CompletableFuture<List<T>> unused =
                    ask(core, key, judge, source, reader).whenComplete(reader::settle);
        }
    }

    @SuppressWarnings("unchecked") // the cache holds lists of such elements
    private static <T> CompletableFuture<List<T>> ask(
            CacheCore core, Supplier<Object> key, Supplier<Judge> judge, Source<T> source, RelayReader<T> reader) {
        try {
            Object raw = key.get();
            Object value = core.blocks ? null : core.store.get(raw);
            Watch watch = core.watch;
            if (value != null && watch == null) {
                if (core.hits != null) {
                    core.hits.increment();
                }
                return CompletableFuture.completedFuture(Cast.to(Nil.unmask(value)));
            } else if (value != null && watch != null && !watch.blind()) {
                return CompletableFuture.completedFuture(Cast.to(watch.hit(value)));
            }
            return (CompletableFuture<List<T>>)
                    core.loadAsync(raw, new Flowing<>(core.name(), source, reader), judge.get());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<List<T>> begin() throws Exception {
        Relay<T> mine = run();
        Flow.Publisher<T> publisher = source.open();
        if (publisher == null) {
            throw new NullPointerException("the function of cache '" + cache
                    + "' returned null in the place of a publisher; return one that completes at once where there are no"
                    + " elements");
        }
        try {
            publisher.subscribe(mine);
        } catch (Throwable thrown) {
            mine.onError(thrown);
        }
        return mine.stage;
    }

    /** The relay of this run; to a run after the first those go over who were given nothing. */
    private Relay<T> run() {
        Relay<T> before = relay;
        Relay<T> mine = begun ? new Relay<>() : before;
        // Until all have seen whether they go over to it.
        mine.expects();
        if (begun) {
            relay = mine;
            before.handOver(mine);
        }
        begun = true;
        if (reader == null) {
            mine.all();
        } else {
            reader.reads(mine);
        }
        mine.came();
        return mine;
    }

    @Override
    public void called(Future<?> call) {
        if (reader != null) {
            reader.called(call);
        }
    }

    /** A source that brings its elements before it returns must hear of it at once. */
    @Override
    public void abandoned() {
        relay.stage.cancel(true);
    }

    /** Reads along, from the first element on. */
    @Override
    @SuppressWarnings("unchecked") // one key has elements of one type
    public void joins(AsyncComputation running) {
        if (reader != null && running instanceof Flowing<?> others) {
            reader.reads(((Flowing<T>) others).relay);
        }
    }

    @Override
    public AsyncComputation inBackground() {
        return new Flowing<>(cache, source, null);
    }
}
