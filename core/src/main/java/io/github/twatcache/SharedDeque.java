package io.github.twatcache;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.QueueStore.Item;
import io.github.twatcache.spi.QueueStore.Side;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deque that outlives the process and is shared by all that open its cache: see {@link Queues}. Thread-safe; every method
 * but iteration and what is built on it ({@link #contains}, {@link #remove(Object)}, {@link #toArray()}) is one atomic step
 * over all processes. Items are not null, and compared by content where they are compared.
 *
 * <p>Iteration is weakly consistent: an item that is there all the while is seen exactly once, in its place. It never throws
 * for what others change.
 *
 * <p>After the cache is closed every method throws {@link IllegalStateException}.
 *
 * @param <V> the type of the items
 */
public final class SharedDeque<V> extends AbstractCollection<V> implements Deque<V> {
    private final CacheCore core;
    private final Ability<QueueStore> ability;
    private final String name;
    private final long maximum;

    SharedDeque(CacheCore core, Ability<QueueStore> ability, String name, long maximum) {
        this.core = core;
        this.ability = ability;
        this.name = Objects.requireNonNull(name, "name");
        this.maximum = maximum;
    }

    /**
     * The queue's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /** Asks the store; the queue's name, which may be made of arguments, is not told. */
    private QueueStore store(String operation) {
        return ability.open(operation);
    }

    private boolean push(Side side, V item, Terms terms) {
        Objects.requireNonNull(item, "item");
        store("queue: push").push(name, side, Nil.mask(core.copied(item)), terms, maximum);
        return true;
    }

    private @Nullable V value(@Nullable Item item) {
        return item == null ? null : Cast.to(core.handed(item.value()));
    }

    private static <T> T there(@Nullable T item, String queue) {
        if (item == null) {
            throw new NoSuchElementException("queue '" + queue + "' is empty; poll and peek return null instead");
        }
        return item;
    }

    private static Terms lasting(Duration lifetime) {
        Objects.requireNonNull(lifetime, "lifetime");
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("lifetime must be longer than zero, but was " + Durations.shown(lifetime)
                    + "; leave it out for an item that stays until it is taken");
        }
        return Terms.PLAIN.lasting(Nanos.of(lifetime));
    }

    @Override
    public void addFirst(V item) {
        push(Side.FRONT, item, Terms.PLAIN.lasting(Terms.FOREVER));
    }

    @Override
    public void addLast(V item) {
        push(Side.BACK, item, Terms.PLAIN.lasting(Terms.FOREVER));
    }

    /**
     * Adds an item in front that is gone after some time, taken or not.
     *
     * @param item the item
     * @param lifetime longer than zero
     */
    public void addFirst(V item, Duration lifetime) {
        push(Side.FRONT, item, lasting(lifetime));
    }

    /**
     * Adds an item behind that is gone after some time, taken or not.
     *
     * @param item the item
     * @param lifetime longer than zero
     */
    public void addLast(V item, Duration lifetime) {
        push(Side.BACK, item, lasting(lifetime));
    }

    /** Always {@code true}: a queue that is full lets an item go at the other end. */
    @Override
    public boolean offerFirst(V item) {
        return push(Side.FRONT, item, Terms.PLAIN.lasting(Terms.FOREVER));
    }

    /** Always {@code true}: a queue that is full lets an item go at the other end. */
    @Override
    public boolean offerLast(V item) {
        return push(Side.BACK, item, Terms.PLAIN.lasting(Terms.FOREVER));
    }

    @Override
    public V removeFirst() {
        return there(pollFirst(), name);
    }

    @Override
    public V removeLast() {
        return there(pollLast(), name);
    }

    @Override
    public @Nullable V pollFirst() {
        return value(store("queue: pull").pull(name, Side.FRONT));
    }

    @Override
    public @Nullable V pollLast() {
        return value(store("queue: pull").pull(name, Side.BACK));
    }

    @Override
    public V getFirst() {
        return there(peekFirst(), name);
    }

    @Override
    public V getLast() {
        return there(peekLast(), name);
    }

    @Override
    public @Nullable V peekFirst() {
        return value(store("queue: peek").peek(name, Side.FRONT));
    }

    @Override
    public @Nullable V peekLast() {
        return value(store("queue: peek").peek(name, Side.BACK));
    }

    @Override
    public boolean removeFirstOccurrence(@Nullable Object item) {
        return removeOccurrence(iterator(), item);
    }

    @Override
    public boolean removeLastOccurrence(@Nullable Object item) {
        return removeOccurrence(descendingIterator(), item);
    }

    private boolean removeOccurrence(Iterator<V> items, @Nullable Object item) {
        Walk walk = (Walk) items;
        while (walk.hasNext()) {
            if (Objects.deepEquals(walk.next(), item) && walk.take()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean remove(@Nullable Object item) {
        return removeFirstOccurrence(item);
    }

    @Override
    public boolean contains(@Nullable Object item) {
        for (V one : this) {
            if (Objects.deepEquals(one, item)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean add(V item) {
        return offerLast(item);
    }

    @Override
    public boolean offer(V item) {
        return offerLast(item);
    }

    @Override
    public V remove() {
        return removeFirst();
    }

    @Override
    public @Nullable V poll() {
        return pollFirst();
    }

    @Override
    public V element() {
        return getFirst();
    }

    @Override
    public @Nullable V peek() {
        return peekFirst();
    }

    @Override
    public void push(V item) {
        addFirst(item);
    }

    @Override
    public V pop() {
        return removeFirst();
    }

    /** The number of items; more than {@link Integer#MAX_VALUE} count as that many. */
    @Override
    public int size() {
        return (int) Math.min(store("queue: size").size(name), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return store("queue: peek").peek(name, Side.FRONT) == null;
    }

    /** Takes all items out, in one step. */
    @Override
    public void clear() {
        store("queue: clear").empty(name);
    }

    @Override
    public Iterator<V> iterator() {
        return new Walk(Side.FRONT);
    }

    @Override
    public Iterator<V> descendingIterator() {
        return new Walk(Side.BACK);
    }

    @Override
    public String toString() {
        return "queue '" + name + "' of cache '" + core.name() + "'";
    }

    /** Goes from number to number. */
    private final class Walk implements Iterator<V> {
        private final Side side;
        private @Nullable Item next;
        private @Nullable Item last;

        Walk(Side side) {
            this.side = side;
            this.next = store("queue: peek").peek(name, side);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public V next() {
            Item item = there(next, name);
            last = item;
            next = store("queue: walk").next(name, side, item.number());
            return there(value(item), name);
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("call next() before remove(), and remove() once");
            }
            take();
        }

        /** Takes the item out that was seen last; fails where another took it. */
        boolean take() {
            Item item = last;
            last = null;
            return item != null && store("queue: remove").remove(name, item.number());
        }
    }
}
