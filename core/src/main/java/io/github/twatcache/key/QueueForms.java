package io.github.twatcache.key;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** How queues are written: in the order of their iterators, for keys, too, since they define no equality. */
final class QueueForms {
    static final int ARRAY = 0;
    static final int LINKED = 1;
    static final int LINKED_DEQUE = 2;
    static final int BLOCKING = 3;
    static final int BLOCKING_DEQUE = 4;

    static final int PRIORITY = 0;
    static final int BLOCKING_PRIORITY = 1;

    private static final Map<Class<?>, Integer> QUEUES = Map.of(
            ArrayDeque.class, ARRAY,
            ConcurrentLinkedQueue.class, LINKED,
            ConcurrentLinkedDeque.class, LINKED_DEQUE,
            LinkedBlockingQueue.class, BLOCKING,
            LinkedBlockingDeque.class, BLOCKING_DEQUE);

    private QueueForms() {}

    static Form queue(Class<?> type) {
        if (type == PriorityQueue.class) {
            return (writer, o) -> priority(writer, (Queue<?>) o, ((PriorityQueue<?>) o).comparator(), PRIORITY);
        }
        if (type == PriorityBlockingQueue.class) {
            return (writer, o) ->
                    priority(writer, (Queue<?>) o, ((PriorityBlockingQueue<?>) o).comparator(), BLOCKING_PRIORITY);
        }
        Integer kind = QUEUES.get(type);
        if (kind == null) {
            return Forms.unknown(type, "is a queue that hands over rather than holds");
        }
        return (writer, o) -> {
            Queue<?> queue = (Queue<?>) o;
            writer.enter(queue);
            CollectionForms.kind(writer, Tag.QUEUE, kind, type);
            Object[] elements = queue.toArray();
            if (!writer.isKey() && kind >= BLOCKING) {
                int room = ((BlockingQueue<?>) queue).remainingCapacity();
                writer.out().length((int) Math.min(Integer.MAX_VALUE, (long) room + elements.length));
            }
            CollectionForms.elements(writer, elements);
            writer.leave();
        };
    }

    /** The comparator counts for keys, too: it is what the queue answers by. */
    private static void priority(CanonicalWriter writer, Queue<?> queue, @Nullable Comparator<?> comparator, int kind) {
        writer.enter(queue);
        CollectionForms.kind(writer, Tag.PRIORITY_QUEUE, kind, queue.getClass());
        writer.out().u8(Comparators.code(comparator, queue.getClass()));
        CollectionForms.elements(writer, queue.toArray());
        writer.leave();
    }
}
