package io.github.twatcache.cli;

import java.io.PrintWriter;

/**
 * One line on a terminal that is written over as work goes on; nothing where nobody watches. Written at most every 50 ms,
 * so that what is measured meanwhile is not the bar. For one thread.
 */
final class ProgressBar {
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int LABEL = 24;
    private static final int REST = LABEL + 10; // label, brackets, percent, and a column that no terminal wraps at
    private static final int LONGEST = 60;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final Terminal terminal;
    private final long steps;
    private final int length;
    private String label = "";
    private long done;
    private long shownAt;

    ProgressBar(Screen screen, long steps) {
        this.err = screen.err();
        this.terminal = screen.terminal();
        this.steps = Math.max(1, steps);
        this.length = Math.max(4, Math.min(LONGEST, terminal.columns() - REST));
    }

    /** Says what begins now. */
    void begin(String what) {
        label = what;
        show();
    }

    void step() {
        done++;
        if (terminal.live() && (done & 0xF) == 0 && System.nanoTime() - shownAt > PAUSE_NANOS) {
            show();
        }
    }

    /** Takes the bar away. */
    void end() {
        if (terminal.live()) {
            err.print(ERASE);
            err.flush();
        }
    }

    private void show() {
        if (!terminal.live()) {
            return;
        }
        shownAt = System.nanoTime();
        double part = Math.min(1.0, (double) done / steps);
        int filled = (int) (part * length);
        String name = label.length() > LABEL ? label.substring(0, LABEL) : label + " ".repeat(LABEL - label.length());
        String bar = color("#".repeat(filled)) + ".".repeat(length - filled);
        err.print("\r" + name + " [" + bar + "] " + Text.right(Math.round(part * 100) + "%", 4));
        err.flush();
    }

    private String color(String filled) {
        return terminal.color() ? "\u001b[36m" + filled + "\u001b[0m" : filled;
    }
}
