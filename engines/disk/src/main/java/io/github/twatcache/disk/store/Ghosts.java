package io.github.twatcache.disk.store;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What left last, by what finds its key, each with a number. Of this process.
 *
 * <p>A ring of the last evictions, and a hash table with linear probing that finds them: 24 to 48 bytes for each.
 */
final class Ghosts {
    /** In the place of a number. */
    static final long NONE = 0;

    private static final int LEAST = 64;
    private static final int MOST = 1 << 18;

    /** So that nobody can choose keys that crowd the table. */
    private final long salt = ThreadLocalRandom.current().nextLong() | 1;

    private long[] finds = new long[LEAST];

    /** Beside them: {@link #NONE} for those that have come back. */
    private long[] numbers = new long[LEAST];

    /** Where in the ring one is, and one more; 0 for none. Twice as long as the ring. */
    private int[] table = new int[2 * LEAST];

    private long first;
    private long next;

    /**
     * Remembers one.
     *
     * @param find what finds its key
     * @param number not {@link #NONE}
     * @param most how many evictions back to remember, at most about a quarter of a million
     */
    synchronized void add(long find, long number, long most) {
        take(find);
        long bound = Math.max(1, Math.min(MOST, most));
        while (next - first >= bound) {
            forgetFirst();
        }
        if (next - first == finds.length) {
            grow();
        }
        int place = place(next++);
        finds[place] = find;
        numbers[place] = number;
        link(place);
    }

    /** The number of one, which is forgotten; {@link #NONE} where it is not known. */
    synchronized long take(long find) {
        int slot = slot(find);
        if (table[slot] == 0) {
            return NONE;
        }
        int place = table[slot] - 1;
        long number = numbers[place];
        numbers[place] = NONE;
        unlink(slot);
        return number;
    }

    private void forgetFirst() {
        int place = place(first++);
        if (numbers[place] != NONE) {
            unlink(slot(finds[place]));
        }
    }

    private void grow() {
        int size = finds.length;
        long[] oldFinds = finds;
        long[] oldNumbers = numbers;
        finds = new long[2 * size];
        numbers = new long[2 * size];
        table = new int[4 * size];
        for (long one = first; one < next; one++) {
            int old = (int) (one & (size - 1));
            int place = place(one);
            finds[place] = oldFinds[old];
            numbers[place] = oldNumbers[old];
            if (numbers[place] != NONE) {
                link(place);
            }
        }
    }

    private int place(long one) {
        return (int) (one & (finds.length - 1));
    }

    private void link(int place) {
        table[slot(finds[place])] = place + 1;
    }

    /** Where in the table one is, or would be. */
    private int slot(long find) {
        int slot = home(find);
        while (table[slot] != 0 && finds[table[slot] - 1] != find) {
            slot = after(slot);
        }
        return slot;
    }

    private int home(long find) {
        return (int) ((find * salt) >>> (Long.numberOfLeadingZeros(table.length) + 1));
    }

    private int after(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    /** Empties a slot, and moves up those behind it that would not be found any more. */
    private void unlink(int slot) {
        int hole = slot;
        for (int at = after(slot); table[at] != 0; at = after(at)) {
            int distance = (at - home(finds[table[at] - 1])) & (table.length - 1);
            if (distance >= ((at - hole) & (table.length - 1))) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }
}
