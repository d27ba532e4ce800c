package io.github.twatcache.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hits that are noted without the lock, to be heard by whoever holds it.
 *
 * <p><b>The ring.</b> A word of it holds a number, and a place once one was noted. Who notes claims the first word that is
 * free by one compare-and-set, which publishes the place too: there are no gaps, and nobody is waited for. Hence a hit that
 * happened before another, on whichever thread, is heard before it. The number tells a free word from one that was free when
 * somebody looked and has been filled, heard and freed since. Numbers wrap and are compared by subtraction.
 *
 * <p><b>The crowd.</b> Threads that hit at the same time would take the words from each other, which costs them several
 * times as much as the hit. So when a thread sees another take the very word that it was about to, there is a crowd until the
 * next write: each thread notes in a {@link Queue} of its own. To join, a thread takes the lock once and hears all
 * that was noted before; so its hits come after those that it can know of. Only the order between the threads of a
 * crowd is lost, until a write ends it.
 *
 * <p><b>A thread on its own.</b> The compare-and-set is what a hit costs most. So a thread that has filled the ring with
 * nobody else noting in it gets leave to note in its {@link Solo}, until another thread hits: that one takes the lock, hears
 * all, and ends the leave. A note that the owner is adding just then is one that the other cannot know of; so it is heard
 * before whatever is noted from then on.
 *
 * @param words the ring
 * @param queues a queue for each thread, by its number, or for the first of those that share it
 * @param state what changes
 */
@SuppressWarnings(
        "ArrayRecordComponent") // nobody compares two; a record, like the store, so that its parts are constants
record UseLog(long[] words, Queue[] queues, State state) {
    private static final int SIZE = 128;
    private static final int MASK = SIZE - 1;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    /** How many threads may have a {@link Solo} at a time. */
    private static final int SOLOS = 8;

    private static final VarHandle CROWD;
    private static final VarHandle SOLO;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CROWD = lookup.findVarHandle(State.class, "crowd", int.class);
            SOLO = lookup.findVarHandle(State.class, "solo", Solo.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static UseLog empty() {
        long[] words = new long[SIZE];
        for (int number = 0; number < SIZE; number++) {
            words[number] = free(number);
        }
        Queue[] queues = new Queue[Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1)];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new Queue();
        }
        return new UseLog(words, queues, new State());
    }

    /**
     * Notes a hit, without the lock.
     *
     * @param place where; nothing is noted where it is less than 1
     * @return whether that is all; where not, the lock must be taken, all be heard, and {@link #join} called
     */
    boolean note(int place) {
        if (place < 1) {
            return true;
        }
        long thread = Thread.currentThread().getId();
        Solo solo = (Solo) SOLO.getOpaque(state);
        return solo == null ? noteAmongOthers(thread, place) : solo.thread == thread && solo.add(place);
    }

    private boolean noteAmongOthers(long thread, int place) {
        Queue queue = queues[(int) thread & (queues.length - 1)];
        int crowd = (int) CROWD.getOpaque(state);
        if ((crowd & 1) != 0) {
            return queue.crowd == crowd && queue.owner == thread && queue.add(place);
        }
        int number = queue.hint;
        long free = free(number);
        if (WORD.compareAndSet(words, number & MASK, free, free | place)) {
            queue.noted(number);
            return true;
        }
        return search(queue, place, crowd);
    }

    private boolean search(Queue queue, int place, int crowd) {
        int number = queue.hint;
        while (true) {
            long word = (long) WORD.getAcquire(words, number & MASK);
            long free = free(number);
            if (word == free) {
                if (WORD.compareAndSet(words, number & MASK, free, free | place)) {
                    queue.noted(number);
                    return true;
                }
                CROWD.compareAndSet(state, crowd, crowd + 1);
                return false;
            }
            int found = (int) (word >>> Integer.SIZE);
            if (found - number < 0) {
                return false;
            }
            // A word of a later lap says that all are taken up to its place in the lap before.
            number = Math.max(number, found - SIZE) + 1;
        }
    }

    /** Passes on all places that were noted; under the lock. */
    void hear(IntConsumer hits) {
        int crowd = state.crowd;
        Solo solo = state.solo;
        // First of all how far that goes which is noted in now: whoever was late to note elsewhere may note in it next.
        int solosEnd = solo == null ? 0 : solo.end();
        int end = state.heard;
        while (end - state.heard < SIZE && place(end) != 0) {
            end++;
        }
        for (Solo late : state.solos) {
            if (late != solo) {
                late.hear(hits, late.end());
            }
        }
        // A thread's queue comes after what it noted in the ring, unless it was late to note that a crowd has ended.
        for (Queue queue : queues) {
            if (queue.crowd != crowd) {
                queue.hear(hits);
            }
        }
        for (int number = state.heard; number != end; number++) {
            hits.accept(place(number));
            WORD.setRelease(words, number & MASK, free(number + SIZE));
        }
        state.full = end - state.heard == SIZE;
        state.heard = end;
        for (Queue queue : queues) {
            if (queue.crowd == crowd) {
                queue.hear(hits);
            }
        }
        if (solo != null) {
            solo.hear(hits, solosEnd);
        }
    }

    /** The place that was noted in a word, or 0; no word is ever ahead of the one that is heard next. */
    private int place(int number) {
        return (int) (long) WORD.getAcquire(words, number & MASK);
    }

    /**
     * Has the thread take part in the crowd, if there is one; ends another's being on its own; has it be on its own from now
     * on where it was up to now. Under the lock, after it has heard all.
     */
    void join() {
        long thread = Thread.currentThread().getId();
        Queue queue = queues[(int) thread & (queues.length - 1)];
        Solo solo = state.solo;
        if (solo != null && solo.thread != thread) {
            state.solo = null;
        }
        int crowd = state.crowd;
        if ((crowd & 1) == 0) {
            if (solo == null && state.full && queue.run == SIZE) {
                state.solo = state.soloOf(thread);
            }
            queue.run = 0;
        } else if (queue.crowd != crowd) {
            queue.owner = thread;
            queue.crowd = crowd;
        }
    }

    /** Ends a crowd; under the lock, after all was heard. */
    void calm() {
        int crowd = state.crowd;
        if ((crowd & 1) != 0) {
            state.crowd = crowd + 1;
        }
    }

    private static long free(int number) {
        return (long) number << Integer.SIZE;
    }

    /** What changes under the lock, but for the beginning of a crowd. */
    static final class State {
        /** Odd while there is a crowd; another number for each. */
        volatile int crowd;

        /** The number of the first word that was not heard. */
        int heard;

        /** Whether the ring was full when it was last heard. */
        boolean full;

        /** Where the thread notes that is on its own; {@code null} where none is. */
        volatile @Nullable Solo solo;

        /** Those of all threads that ever were, but for the dead whose place was needed. */
        Solo[] solos = {};

        private @Nullable Solo soloOf(long thread) {
            for (Solo known : solos) {
                if (known.thread == thread) {
                    return known;
                }
            }
            for (int i = 0; i < solos.length; i++) {
                if (solos[i].over()) {
                    solos[i] = Solo.ofThisThread();
                    return solos[i];
                }
            }
            if (solos.length == SOLOS) {
                return null;
            }
            solos = Arrays.copyOf(solos, solos.length + 1);
            solos[solos.length - 1] = Solo.ofThisThread();
            return solos[solos.length - 1];
        }
    }

    /** What one thread notes in a crowd: it alone adds, and whoever holds the lock takes. */
    static final class Queue {
        private static final int ROOM = 64;
        private static final VarHandle ADDED;
        private static final VarHandle TAKEN;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                ADDED = lookup.findVarHandle(Queue.class, "added", int.class);
                TAKEN = lookup.findVarHandle(Queue.class, "taken", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final int[] places = new int[ROOM];

        /** The thread that may add, and the crowd in which it may. */
        long owner;

        volatile int crowd;

        /** The number of a word of the ring before which all are taken; the search for a free one begins there. */
        int hint;

        /** How many words of the ring were filled from here since its thread last took the lock; near enough where two share it. */
        int run;

        @SuppressWarnings("unused") // through ADDED
        private int added;

        private int taken;

        @SuppressWarnings("unused") // keeps queues two cache lines apart
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11;

        /** Takes note of having filled a word of the ring. */
        void noted(int number) {
            hint = number + 1;
            run++;
        }

        boolean add(int place) {
            int at = (int) ADDED.getOpaque(this);
            if (at - (int) TAKEN.getAcquire(this) == ROOM) {
                return false;
            }
            places[at & (ROOM - 1)] = place;
            // Fails if the queue got a new owner while the old one stood here.
            return ADDED.compareAndSet(this, at, at + 1);
        }

        void hear(IntConsumer hits) {
            int end = (int) ADDED.getAcquire(this);
            for (int at = taken; at != end; at++) {
                hits.accept(places[at & (ROOM - 1)]);
            }
            TAKEN.setRelease(this, end);
        }
    }
}
