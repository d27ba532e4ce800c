package io.github.twatcache.disk.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What several processes did to the same keys, and when, by a clock that they share: each operation with the time before it
 * began and the time after it had returned. One that never returned, since its process was killed, ends never.
 *
 * <p>The judge knows nothing of the cache. It holds that each operation took effect at one instant between its two times,
 * and calls a look-up wrong where no choice of instants explains its answer. What somebody has read was written by then.
 */
final class History {
    /** Nothing there. */
    static final long NOTHING = 0;

    /** The end of what never returned. */
    static final long NEVER = Long.MAX_VALUE;

    private final Map<Integer, List<Event>> byKey = new HashMap<>();

    /** What was done. A write of {@link #NOTHING} is a removal. */
    enum Kind {
        WRITE,
        READ
    }

    /**
     * One operation on one key.
     *
     * @param kind what was done
     * @param key to which key
     * @param value written or read; no value is written twice
     * @param begin before it began
     * @param end after it returned
     */
    record Event(Kind kind, int key, long value, long begin, long end) {
        /** The same, known to have taken effect by a time. */
        Event endingBy(long time) {
            return time < end ? new Event(kind, key, value, begin, time) : this;
        }

        boolean before(Event other) {
            return end < other.begin;
        }

        String words() {
            return kind + " key " + key + " = " + Long.toHexString(value) + " [" + begin + ", " + end + "]";
        }
    }

    void add(Event event) {
        byKey.computeIfAbsent(event.key, key -> new ArrayList<>()).add(event);
    }

    int reads() {
        return byKey.values().stream()
                .mapToInt(events -> (int)
                        events.stream().filter(event -> event.kind == Kind.READ).count())
                .sum();
    }

    /** The look-ups that nothing explains, in words. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        byKey.forEach((key, events) -> {
            Map<Long, Long> seen = new HashMap<>();
            events.stream()
                    .filter(event -> event.kind == Kind.READ)
                    .forEach(read -> seen.merge(read.value, read.end, Math::min));
            List<Event> writes = events.stream()
                    .filter(event -> event.kind == Kind.WRITE)
                    .map(write ->
                            write.value == NOTHING ? write : write.endingBy(seen.getOrDefault(write.value, NEVER)))
                    .toList();
            Map<Long, Event> byValue = new HashMap<>();
            writes.forEach(write -> byValue.put(write.value, write));
            for (Event event : events) {
                if (event.kind == Kind.READ) {
                    String fault = event.value == NOTHING
                            ? faultOfNothing(event, writes)
                            : faultOfValue(event, byValue.get(event.value), writes);
                    if (fault != null) {
                        faults.add(event.words() + ": " + fault);
                    }
                }
            }
        });
        return faults;
    }

    @SuppressWarnings("ReferenceEquality") // the very write, not one like it
    private static String faultOfValue(Event read, Event source, List<Event> writes) {
        if (source == null) {
            return "nobody wrote that";
        }
        if (read.before(source)) {
            return "written only later by " + source.words();
        }
        for (Event write : writes) {
            if (write != source && source.before(write) && write.before(read)) {
                return "stale: " + source.words() + " had been overwritten by " + write.words();
            }
        }
        return null;
    }

    private static String faultOfNothing(Event read, List<Event> writes) {
        for (Event put : writes) {
            if (put.value != NOTHING && put.before(read) && !removedMeanwhile(put, read, writes)) {
                return "lost: " + put.words();
            }
        }
        return null;
    }

    private static boolean removedMeanwhile(Event put, Event read, List<Event> writes) {
        for (Event removal : writes) {
            if (removal.value == NOTHING && !removal.before(put) && !read.before(removal)) {
                return true;
            }
        }
        return false;
    }
}
