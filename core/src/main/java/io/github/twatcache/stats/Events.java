package io.github.twatcache.stats;

import io.github.twatcache.stats.CacheEvent.FellBack;
import io.github.twatcache.stats.CacheEvent.LoadFailed;
import io.github.twatcache.stats.CacheEvent.Loaded;
import io.github.twatcache.stats.CacheEvent.Removed;
import io.github.twatcache.stats.CacheEvent.StaleServed;
import io.github.twatcache.stats.CacheEvent.TimedOut;
import io.github.twatcache.stats.CacheEvent.Waited;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in one cache: a listener, and the JDK's Flight Recorder while a recording has asked for it.
 *
 * <p>Where nobody listens nothing is made and nothing is digested: a miss reads two fields that are not volatile, a hit none.
 */
public final class Events {
    /** The events of a cache that nobody can listen to. */
    static final Events NONE = new Events("", key -> "", () -> 0, null);

    private static final boolean FLIGHT = recorderThere();

    private final String cache;
    private final Function<Object, String> digest;
    private final LongSupplier clock;
    private final @Nullable Consumer<CacheEvent> listener;

    /**
     * Creates the events of a cache.
     *
     * @param cache the cache's name
     * @param digest names a masked key without showing it
     * @param clock tells the time in nanoseconds, by which loads and waits are measured
     * @param listener is told of each event, where nothing is held that others may wait for, and must not throw;
     *     {@code null} for nobody
     */
    public Events(
            String cache,
            Function<Object, String> digest,
            LongSupplier clock,
            @Nullable Consumer<CacheEvent> listener) {
        this.cache = cache;
        this.digest = digest;
        this.clock = clock;
        this.listener = listener;
    }

    /** A run-time image may leave the module {@code jdk.jfr} out. */
    private static boolean recorderThere() {
        try {
            Class.forName("jdk.jfr.Event", false, Events.class.getClassLoader());
            return Flight.works();
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }

    /**
     * Whether code of the user's listens.
     *
     * @return whether there is a listener
     */
    public boolean listens() {
        return listener != null;
    }

    /**
     * Whether anybody wants to know of entries that leave, right now.
     *
     * @return whether {@link #removed} would tell anybody
     */
    public boolean removals() {
        return listener != null || (FLIGHT && Flight.removals());
    }

    /**
     * Tells that an entry has left.
     *
     * @param key the masked key
     * @param cause why
     */
    public void removed(Object key, RemovalCause cause) {
        boolean recorded = FLIGHT && Flight.removals();
        if (listener != null || recorded) {
            String name = digest.apply(key);
            if (recorded) {
                Flight.removed(cache, name, cause);
            }
            tell(new Removed(cache, name, cause));
        }
    }

    /**
     * Tells that a call is answered with a value past its freshness.
     *
     * @param key the masked key
     */
    public void stale(Object key) {
        boolean recorded = FLIGHT && Flight.stale();
        if (listener != null || recorded) {
            String name = digest.apply(key);
            if (recorded) {
                Flight.stale(cache, name);
            }
            tell(new StaleServed(cache, name));
        }
    }

    /**
     * Tells that a time limit has ended a call.
     *
     * @param key the masked key
     */
    public void timedOut(Object key) {
        if (listener != null) {
            tell(new TimedOut(cache, digest.apply(key)));
        }
    }

    /**
     * Tells that another engine has taken over.
     *
     * @param engine its name
     */
    public void fellBack(String engine) {
        if (FLIGHT) {
            Flight.fellBack(cache, engine);
        }
        tell(new FellBack(cache, engine));
    }

    private void tell(CacheEvent event) {
        if (listener != null) {
            listener.accept(event);
        }
    }

    /**
     * A function is about to run.
     *
     * @return what is to be told how that ends; {@code null} where nobody wants to know
     */
    public @Nullable Span load() {
        return span(FLIGHT && Flight.loads() ? Flight.load() : null);
    }

    /**
     * A call is about to wait for another's load.
     *
     * @return what is to be told of the end; {@code null} where nobody wants to know
     */
    public @Nullable Span await() {
        return span(FLIGHT && Flight.waits() ? Flight.await() : null);
    }

    private @Nullable Span span(@Nullable Object recorded) {
        return listener == null && recorded == null ? null : new Span(recorded);
    }

    /** Something that takes time, from when it was made. */
    public final class Span {
        private final long start = clock.getAsLong();
        private final @Nullable Object recorded;

        private Span(@Nullable Object recorded) {
            this.recorded = recorded;
        }

        /** Ends it: what is told later took no longer than until now. */
        private Duration over() {
            if (recorded != null) {
                Flight.over(recorded);
            }
            return Duration.ofNanos(clock.getAsLong() - start);
        }

        /**
         * The function has returned, or its stage has ended with a value.
         *
         * @param keys the masked keys
         * @param refresh whether it has computed what was there
         * @return tells of it: to be run once nobody waits for this thread
         */
        public Runnable loaded(Collection<?> keys, boolean refresh) {
            Duration took = over();
            return () -> {
                List<String> names = names(keys);
                if (recorded != null) {
                    Flight.loaded(recorded, cache, names, refresh, null);
                }
                tell(new Loaded(cache, names, took, refresh));
            };
        }

        /**
         * The function has thrown, or its stage has failed.
         *
         * @param keys the masked keys
         * @param refresh whether it was to compute what was there
         * @param thrown the failure
         * @return tells of it: to be run once nobody waits for this thread
         */
        public Runnable failed(Collection<?> keys, boolean refresh, Throwable thrown) {
            Duration took = over();
            String failure = thrown.getClass().getName();
            return () -> {
                List<String> names = names(keys);
                if (recorded != null) {
                    Flight.loaded(recorded, cache, names, refresh, failure);
                }
                tell(new LoadFailed(cache, names, took, refresh, failure));
            };
        }

        /**
         * The wait is over.
         *
         * @param key the masked key
         */
        public void waited(Object key) {
            over(key).run();
        }

        /**
         * The wait is over, where others may still wait for this thread.
         *
         * @param key the masked key
         * @return tells of it: to be run once nobody does
         */
        public Runnable over(Object key) {
            Duration took = over();
            return () -> {
                String name = digest.apply(key);
                if (recorded != null) {
                    Flight.waited(recorded, cache, name);
                }
                tell(new Waited(cache, name, took));
            };
        }

        private List<String> names(Collection<?> keys) {
            return keys.stream().map(key -> digest.apply(key)).toList();
        }
    }
}
