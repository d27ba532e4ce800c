package io.github.twatcache;

import io.github.twatcache.error.ValueException;
import io.github.twatcache.load.Unfit;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Large values of a cache as streams, never whole on the heap. Thread-safe.
 *
 * <p>What is written so is an ordinary entry: {@code get} returns it as one array, and what was put as an array can be read
 * as a stream. A value is stored whole or not at all; who reads it reads what it was when it was opened.
 *
 * <pre>{@code
 * Cache<String, byte[]> films = twat.disk("films").types(String.class, byte[].class).build();
 * try (InputStream in = Files.newInputStream(path)) {
 *     Streams.of(films).put("metropolis", in);
 * }
 * }</pre>
 *
 * @param <K> the type of the keys
 */
public final class Streams<K> {
    /** Writes a value. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes all of it, once.
         *
         * @param out where to; need not be closed
         * @throws IOException when it cannot; then nothing is stored
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private final DataCache<K, byte[]> cache;
    private final Ability<StreamStore<Object>> ability;

    private Streams(Cache<K, byte[]> cache) {
        this.cache = Ability.face(cache);
        this.ability = Ability.of(cache, StreamStore.class, Trait.STREAMS);
    }

    /**
     * The streams of a cache. Cheap; may be asked for each time.
     *
     * @param <K> the type of the keys
     * @param cache a cache of {@code byte[]}
     * @return its streams
     * @throws io.github.twatcache.error.ConfigurationException when the engine has no streams, naming those that have
     * @throws IllegalStateException when the cache is closed
     */
    public static <K> Streams<K> of(Cache<K, byte[]> cache) {
        return new Streams<>(cache);
    }

    /**
     * Stores what a stream holds, to its end, in the place of what was there. Does not close the stream.
     *
     * @param key the key, not null
     * @param value the stream
     * @throws IOException when the stream cannot be read; what was there stays
     * @throws ValueException when the value is larger than the cache may be; what was there stays
     * @throws IllegalStateException when the cache is closed
     */
    public void put(K key, InputStream value) throws IOException {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        write(key, value::transferTo);
    }

    /**
     * Stores what a writer writes, in the place of what was there. It takes effect when the writer has returned.
     *
     * @param key the key, not null
     * @param writer writes the value; runs once, on this thread, outside all locks
     * @throws IOException what the writer throws; what was there stays
     * @throws ValueException when the value is larger than the cache may be; what was there stays
     * @throws IllegalStateException when the cache is closed
     */
    public void write(K key, Writer writer) throws IOException {
        stored(key, writer, Terms.PLAIN, Guard.ANY);
    }

    /**
     * The same on terms of its own.
     *
     * @param key the key, not null
     * @param writer writes the value
     * @param keep how long, under which tags
     * @throws IOException what the writer throws; what was there stays
     * @throws io.github.twatcache.error.ConfigurationException when the cache was not built for such terms
     */
    public void write(K key, Writer writer, Keep keep) throws IOException {
        stored(key, writer, cache.terms(keep), Guard.ANY);
    }

    /**
     * Stores what a writer writes where nothing is. Atomic: of many who write, one stores.
     *
     * @param key the key, not null
     * @param writer writes the value; may run although something is there, or comes meanwhile
     * @return whether it was stored
     * @throws IOException what the writer throws; nothing is stored
     */
    public boolean writeIfAbsent(K key, Writer writer) throws IOException {
        return stored(key, writer, Terms.PLAIN, Guard.ABSENT) == Outcome.STORED;
    }

    /**
     * Opens a value for reading. Counts as a use.
     *
     * @param key the key, not null
     * @return the stream, to be closed; empty where there is no value. Damage that is found while reading is thrown by the
     *     stream before its end is reached
     * @throws IOException when the value cannot be read
     * @throws IllegalStateException when the cache is closed
     */
    public Optional<InputStream> open(K key) throws IOException {
        CacheCore core = ability.core();
        Object settled = core.keys.settled(cache.keyOf(key));
        core.tell("reading of a stream", settled);
        InputStream in = ability.open().open(settled);
        if (in == null) {
            core.tally.miss(settled);
        } else if (core.tally.full()) {
            core.tally.hit();
        }
        return Optional.ofNullable(in);
    }

    private Outcome stored(K key, Writer writer, Terms asked, Guard guard) throws IOException {
        Objects.requireNonNull(writer, "writer");
        CacheCore core = ability.core();
        Object settled = core.keys.settled(cache.keyOf(key));
        core.tell("write of a stream", settled);
        Terms terms;
        try {
            // No rule can look at a value that nobody holds: it sees an empty one.
            terms = cache.judge(key).put(settled, new byte[0], asked);
        } catch (Unfit unfit) {
            core.tally.unstored(unfit.reason());
            core.changes.remove(settled, guard);
            return Outcome.REFUSED;
        }
        Outcome outcome = ability.change(settled, () -> ability.store().put(settled, writer::writeTo, terms, guard));
        switch (outcome) {
            case STORED -> core.tally.put();
            case REFUSED -> {}
            case FULL, TOO_HEAVY -> {
                core.tally.unstored(outcome == Outcome.FULL ? Unstored.FULL : Unstored.TOO_HEAVY);
                throw new ValueException("the stream does not fit into cache '" + core.name() + "': " + core.limit()
                        + "; raise the maximum, or store less");
            }
        }
        return outcome;
    }
}
