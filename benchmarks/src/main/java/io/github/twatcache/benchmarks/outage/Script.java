package io.github.twatcache.benchmarks.outage;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the source does when, and how the caches are set up for it. Everything is laid out for {@value #SECONDS} s; a shorter
 * run plays it faster, every time of it shrunk alike.
 *
 * @param seconds how long it is played
 */
record Script(int seconds) {
    /** As long as it is meant to be: shorter runs show that it works, and decide nothing. */
    static final int SECONDS = 60;

    /** How many keys there are. */
    static final int KEYS = 50;

    private static final int LEAST_PAUSE = 250;
    private static final int LONGEST_PAUSE = 750;

    /**
     * A stretch of it.
     *
     * @param name how the plot calls it
     * @param from its begin, in milliseconds
     * @param to its end
     * @param takes how long an answer takes that is asked for in it, in milliseconds
     * @param down whether that is a failure
     */
    record Phase(String name, double from, double to, double takes, boolean down) {
        /** What the source does. */
        String words() {
            return down ? "fails after " + time(takes) : "answers after " + time(takes);
        }
    }

    /** The phases, without gaps. */
    List<Phase> phases() {
        return List.of(
                phase("up", 0, 12_000, 100, false),
                phase("slow", 12_000, 30_000, 5_000, false),
                phase("down", 30_000, 48_000, 100, true),
                phase("back", 48_000, 60_000, 100, false));
    }

    private Phase phase(String name, int from, int to, int takes, boolean down) {
        return new Phase(name, scaled(from), scaled(to), scaled(takes), down);
    }

    /** The phase at a time; the last one goes on for ever. */
    Phase at(double millis) {
        List<Phase> phases = phases();
        return phases.stream().filter(phase -> millis < phase.to()).findFirst().orElse(phases.get(phases.size() - 1));
    }

    /** When the callers stop, in milliseconds. */
    double end() {
        return scaled(SECONDS * 1_000);
    }

    /** For how long a value is fresh, in milliseconds. */
    double lifetime() {
        return scaled(2_000);
    }

    /** How long a caller waits where a stale value is kept, in milliseconds; of ours with fail-safe. */
    double softLimit() {
        return scaled(200);
    }

    /** For how long a key is left alone that has failed, in milliseconds; of ours with fail-safe. */
    double throttle() {
        return scaled(1_000);
    }

    /** How long a caller pauses between two calls, in milliseconds. */
    double pause(double chance) {
        return scaled(LEAST_PAUSE) + chance * scaled(LONGEST_PAUSE - LEAST_PAUSE);
    }

    /** Milliseconds as the caches want them. */
    static Duration duration(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    /** Milliseconds as people read them. */
    static String time(double millis) {
        return millis < 1000 && millis > 0
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, millis % 1000 == 0 ? "%.0f s" : "%.1f s", millis / 1000);
    }

    private double scaled(int millis) {
        return (double) millis * seconds / SECONDS;
    }
}
