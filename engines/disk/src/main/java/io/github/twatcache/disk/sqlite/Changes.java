package io.github.twatcache.disk.sqlite;

import java.util.Arrays;

/** What one transaction has changed: the marks that its works have noted, in words of their own. For one thread. */
public final class Changes {
    private long[] marks = new long[8];
    private int count;
    private boolean everything;

    Changes() {}

    /**
     * Notes that something has changed.
     *
     * @param mark what
     */
    public void note(long mark) {
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, count * 2);
        }
        marks[count++] = mark;
    }

    /** Notes that anything may have changed. */
    public void noteEverything() {
        everything = true;
    }

    /**
     * How many marks there are.
     *
     * @return the number, 0 or more
     */
    public int count() {
        return count;
    }

    /**
     * One of the marks.
     *
     * @param index which, from 0
     * @return the mark
     */
    public long mark(int index) {
        return marks[index];
    }

    /**
     * Whether anything may have changed.
     *
     * @return whether the marks do not say all
     */
    public boolean everything() {
        return everything;
    }

    /** Forgets what was noted after there were that many marks. */
    void shrink(int marks) {
        count = marks;
    }
}
