package io.github.twatcache.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several processes did to the same few keys, and whether that may be. Times are those of one machine's monotonic
 * clock, which its processes share.
 *
 * <p>Two rules: a call that begins after a change has returned is given nothing that was computed from before the change;
 * and no two compute one key at the same time, unless a change has come between them.
 */
final class LateHistory {
    /** Who puts, removes or clears. */
    static final int CHANGE = 0;
    /** Who computes: from when the function began to when it ended. */
    static final int COMPUTED = 1;
    /** Who was given a value. */
    static final int GIVEN = 2;
    /** Who removes what has a tag: nothing that is stored has it, and what is being computed might. */
    static final int TAG = 3;

    /**
     * One thing that was done.
     *
     * @param kind what
     * @param key to which key; -1 for all
     * @param value the value, which nothing else has; 0 for none
     * @param called when the call began
     * @param begin when it began
     * @param end when it had ended
     */
    record Event(int kind, int key, long value, long called, long begin, long end) {}

    private final List<Event> changes = new ArrayList<>();
    private final List<Event> endings = new ArrayList<>();
    private final Map<Long, Event> computed = new TreeMap<>();
    private final List<Event> given = new ArrayList<>();

    void add(Event event) {
        switch (event.kind) {
            case CHANGE -> {
                changes.add(event);
                endings.add(event);
            }
            case TAG -> endings.add(event);
            case COMPUTED -> computed.put(event.value, event);
            default -> given.add(event);
        }
    }

    int computations() {
        return computed.size();
    }

    /** How many were given what another thread or process had computed. */
    long shared() {
        return given.stream()
                .filter(one -> {
                    Event load = computed.get(one.value);
                    return load != null && load.called != one.called;
                })
                .count();
    }

    /** Who was given a value that was computed from before a change which was over when they asked. */
    List<String> late() {
        List<String> faults = new ArrayList<>();
        for (Event one : given) {
            Event load = computed.get(one.value);
            if (load != null && changedBetween(one.key, load.begin, one.begin)) {
                faults.add("late: " + one + " was computed by " + load);
            }
        }
        return faults;
    }

    /** Who computed a key while another did, though no change had come between them. */
    List<String> twice() {
        List<String> faults = new ArrayList<>();
        List<Event> loads = new ArrayList<>(computed.values());
        for (Event one : loads) {
            for (Event other : loads) {
                boolean together = one.key == other.key
                        && one.value != other.value
                        && one.begin < other.begin
                        && other.begin < one.end;
                // Either may have been the first to be let compute.
                if (together && !changeAround(one.key, Math.min(one.called, other.called), other.begin)) {
                    faults.add("twice: " + one + " and " + other);
                }
            }
        }
        return faults;
    }

    /** Whether a change began and ended between two times. */
    private boolean changedBetween(int key, long from, long to) {
        return changes.stream().anyMatch(change -> concerns(change, key) && change.begin > from && change.end < to);
    }

    /** Whether a change, or what might be one, may have taken effect between two times. */
    private boolean changeAround(int key, long from, long to) {
        return endings.stream().anyMatch(change -> concerns(change, key) && change.end > from && change.begin < to);
    }

    private static boolean concerns(Event change, int key) {
        return change.key < 0 || change.key == key;
    }
}
