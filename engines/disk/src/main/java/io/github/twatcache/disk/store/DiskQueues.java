package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.Terms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues in tables of their own, each step one transaction. Numbers come from the database's sequence, negative ones in
 * front, so that none is ever given to a second item.
 *
 * <p>An item is decoded before it is taken out: one that this process cannot read, because another version wrote it, is
 * left to those that can. One that is damaged is set aside.
 */
final class DiskQueues<K> implements QueueStore {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final byte[] SIGNED_AS = "queue\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SWEPT = 4;
    private static final int STEP = 256;

    private final Desk<K> desk;
    private final Storing<K> storing;

    DiskQueues(Desk<K> desk, Storing<K> storing) {
        this.desk = desk;
        this.storing = storing;
    }

    /** What was found at a place: an item, or why there is none. */
    private record Answer(@Nullable Item item, @Nullable SerializationException unreadable) {
        static final Answer NOTHING = new Answer(null, null);

        @Nullable Item orThrow() {
            if (unreadable != null) {
                throw unreadable;
            }
            return item;
        }
    }

    /** The name's UTF-16 code units: any string is one name, and no other's. */
    private static byte[] bytes(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * name.length());
        bytes.asCharBuffer().put(name);
        return bytes.array();
    }

    /** What an item is signed with, so that it is no entry's value, and none of another queue. */
    private static byte[] key(byte[] name) {
        return ByteBuffer.allocate(SIGNED_AS.length + name.length)
                .put(SIGNED_AS)
                .put(name)
                .array();
    }

    @Override
    public long push(String queue, Side side, Object value, Terms terms, long most) {
        desk.requireOpen();
        byte[] name = bytes(queue);
        byte[] bytes = desk.values.encode(key(name), value);
        long file = storing.filed(bytes);
        NamedFiles named = new NamedFiles();
        boolean stored = false;
        try {
            long number = desk.change(link -> {
                named.add(link, file);
                return pushed(link, name, side, bytes, file, terms, most);
            });
            stored = true;
            return number;
        } finally {
            if (!stored) {
                storing.discard(file, named);
            }
        }
    }

    private long pushed(Link link, byte[] name, Side side, byte[] bytes, long file, Terms terms, long most)
            throws SQLException {
        long now = desk.lifetimes.now();
        sweep(link, now);
        Items.Queue queue = Items.queue(link, desk.space.id(), name);
        if (queue == null) {
            queue = Items.begin(link, desk.space.id(), name);
        }
        long serial = Serial.next(link);
        long number = side == Side.FRONT ? -serial : serial;
        long nanos = terms.keptNanos();
        long fresh = nanos == Terms.UNSET ? Terms.FOREVER : Lifetime.end(now, nanos);
        int mode = desk.values.mode();
        Items.insert(
                link,
                new Items.Item(
                        number,
                        queue.id(),
                        fresh,
                        mode,
                        Items.Item.sum(name, number, queue.id(), fresh, mode, bytes),
                        file,
                        file == 0 ? 0 : bytes.length,
                        file == 0 ? bytes : null));
        long items = queue.items() + 1;
        long left = items > most ? makeRoom(link, queue.id(), side.other(), items - most, now) : 0;
        Items.count(link, queue.id(), 1 - left);
        return number;
    }

    /** Takes items away that are too many: the expired first, then those at an end. */
    private long makeRoom(Link link, long queue, Side end, long many, long now) throws SQLException {
        long left = 0;
        while (left < many) {
            List<Items.Item> expired = Items.expired(link, queue, now, STEP);
            for (Items.Item item : expired) {
                Items.delete(link, item, desk.folder.numbers());
                left++;
            }
            if (expired.isEmpty()) {
                Items.Item last = Items.beyond(link, queue, end, outside(end), now);
                if (last == null) {
                    break;
                }
                Items.delete(link, last, desk.folder.numbers());
                left++;
            }
        }
        return left;
    }

    /** A number beyond all that a walk from an end comes to. */
    private static long outside(Side side) {
        return side == Side.FRONT ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Takes a bounded part of the expired items away, of whichever queue. */
    private void sweep(Link link, long now) throws SQLException {
        for (Items.Item item : Items.expired(link, now, SWEPT)) {
            Items.delete(link, item, desk.folder.numbers());
            Items.count(link, item.queue(), -1);
        }
    }

    @Override
    public @Nullable Item pull(String queue, Side side) {
        byte[] name = bytes(queue);
        desk.requireOpen();
        // An empty queue is seen without the lock that writers wait for.
        if (!desk.database().within() && at(name, side, outside(side)) == null) {
            return null;
        }
        return desk.change(link -> {
                    long now = desk.lifetimes.now();
                    sweep(link, now);
                    Items.Queue from = Items.queue(link, desk.space.id(), name);
                    while (from != null) {
                        Items.Item item = Items.beyond(link, from.id(), side, outside(side), now);
                        if (item == null) {
                            break;
                        }
                        Answer answer = answer(name, item);
                        if (answer.item == null && answer.unreadable == null) {
                            setAside(link, name, item);
                            continue;
                        }
                        if (answer.item != null) {
                            Items.delete(link, item, desk.folder.numbers());
                            Items.count(link, from.id(), -1);
                        }
                        return answer;
                    }
                    return Answer.NOTHING;
                })
                .orThrow();
    }

    /** Decodes an item; neither the item nor a reason where it is damaged. */
    private Answer answer(byte[] name, Items.Item item) {
        if (!desk.values.reads(item.mode())) {
            return new Answer(null, unreadable(name, item, null));
        }
        byte[] bytes = item.file() == 0 ? item.value() : desk.folder.files().read(item.file());
        if (bytes == null || !item.sealed(name, bytes)) {
            return Answer.NOTHING;
        }
        try {
            return new Answer(new Item(item.number(), desk.values.decode(item.mode(), key(name), bytes)), null);
        } catch (RuntimeException changed) {
            return new Answer(null, unreadable(name, item, changed));
        }
    }

    private static SerializationException unreadable(byte[] name, Items.Item item, @Nullable RuntimeException cause) {
        return new SerializationException(
                "item " + item.number() + " of queue '"
                        + ByteBuffer.wrap(name).asCharBuffer()
                        + "' was written by another codec, key or version of its class; it stays there: take it with what"
                        + " wrote it, or empty the queue",
                cause);
    }

    private void setAside(Link link, byte[] name, Items.Item item) throws SQLException {
        Items.setAside(link, name, item, desk.folder);
        link.afterCommit(() -> LOG.warn(
                "an item of a queue of {} is damaged; it is set aside in its table 'damaged'", desk.database()));
    }

    @Override
    public @Nullable Item peek(String queue, Side side) {
        return next(queue, side, outside(side));
    }

    @Override
    public @Nullable Item next(String queue, Side side, long beyond) {
        desk.requireOpen();
        byte[] name = bytes(queue);
        long from = beyond;
        while (true) {
            Items.Item item = at(name, side, from);
            if (item == null) {
                return null;
            }
            Answer answer = answer(name, item);
            if (answer.item != null || answer.unreadable != null) {
                return answer.orThrow();
            }
            desk.change(link -> {
                // It may have been taken between the look and the reading of its file.
                Items.Item there = Items.one(link, item.number());
                if (there != null && answer(name, there).equals(Answer.NOTHING)) {
                    setAside(link, name, there);
                }
                return true;
            });
            from = item.number();
        }
    }

    private Items.@Nullable Item at(byte[] name, Side side, long beyond) {
        return desk.read(link -> {
            Items.Queue queue = Items.queue(link, desk.space.id(), name);
            return queue == null ? null : Items.beyond(link, queue.id(), side, beyond, desk.lifetimes.now());
        });
    }

    @Override
    public boolean remove(String queue, long number) {
        byte[] name = bytes(queue);
        return desk.change(link -> {
            Items.Queue from = Items.queue(link, desk.space.id(), name);
            Items.Item item = from == null ? null : Items.one(link, number);
            if (from == null || item == null || item.queue() != from.id()) {
                return false;
            }
            Items.delete(link, item, desk.folder.numbers());
            Items.count(link, from.id(), -1);
            return item.fresh() > desk.lifetimes.now();
        });
    }

    @Override
    public long size(String queue) {
        desk.requireOpen();
        byte[] name = bytes(queue);
        return desk.database().readAtOnce(link -> {
            Items.Queue of = Items.queue(link, desk.space.id(), name);
            return of == null ? 0L : of.items() - Items.countExpired(link, of.id(), desk.lifetimes.now());
        });
    }

    @Override
    public void empty(String queue) {
        byte[] name = bytes(queue);
        desk.change(link -> {
            Items.Queue all = Items.queue(link, desk.space.id(), name);
            for (List<Items.Item> some = all == null ? List.of() : Items.all(link, all.id(), STEP);
                    !some.isEmpty() && all != null;
                    some = Items.all(link, all.id(), STEP)) {
                for (Items.Item item : some) {
                    Items.delete(link, item, desk.folder.numbers());
                }
                Items.count(link, all.id(), -some.size());
            }
            return true;
        });
    }
}
