package io.github.twatcache.benchmarks.traces;

import io.github.twatcache.benchmarks.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recorded accesses at four sizes through the disk engine's default policy, Caffeine, and plain LRU. */
public final class Traces {
    private static final List<Integer> PERCENTS = List.of(5, 10, 20, 40);

    /** Below Caffeine by at most this is as good. */
    private static final double NEAR = 3;

    /** Below plain LRU by this never. */
    private static final double FAR = 5;

    /** How many share the cache where it is shared. */
    private static final int SHARERS = 4;

    private final List<Line> lines = new ArrayList<>();

    private Traces() {}

    /**
     * One trace at one size; hits of a hundred accesses.
     *
     * @param trace the trace
     * @param size how many entries the caches hold
     * @param ours what the disk engine's default policy answered
     * @param shared the same where several share the cache
     * @param caffeine what Caffeine answered
     * @param lru what plain LRU answered
     */
    private record Line(String trace, long size, double ours, double shared, double caffeine, double lru) {
        boolean near() {
            return ours >= caffeine - NEAR;
        }

        boolean farBelowLru() {
            return ours <= lru - FAR;
        }
    }

    /**
     * Replays all traces; some of the sizes when in a hurry.
     *
     * @param quick whether to play three traces at one size only
     * @param progress is told what is being played
     */
    public static Traces played(boolean quick, PrintStream progress) throws IOException {
        Traces traces = new Traces();
        for (String name : quick ? TraceFile.NAMES.subList(1, 4) : TraceFile.NAMES) {
            TraceFile trace = TraceFile.read(name);
            long distinct = trace.distinct();
            for (int percent : quick ? List.of(10) : PERCENTS) {
                long size = Math.max(10, distinct * percent / 100);
                progress.println("trace " + name + ", " + trace.keys().length + " accesses, " + size + " entries");
                traces.lines.add(new Line(
                        name,
                        size,
                        Replay.ours(trace, size, 1),
                        Replay.ours(trace, size, SHARERS),
                        Replay.caffeine(trace, size),
                        Replay.lru(trace, size)));
            }
        }
        return traces;
    }

    private boolean ok() {
        return 2 * lines.stream().filter(Line::near).count() > lines.size()
                && lines.stream().noneMatch(Line::farBelowLru);
    }

    /** The lines in columns, and whether the goals are reached. */
    public String table() {
        Table table = new Table(
                "trace",
                " entries",
                " disk",
                " Caffeine",
                " LRU",
                "within 3 of Caffeine",
                "5 below LRU",
                " disk, shared by " + SHARERS);
        for (Line line : lines) {
            table.add(
                    line.trace,
                    Long.toString(line.size),
                    percent(line.ours),
                    percent(line.caffeine),
                    percent(line.lru),
                    line.near() ? "yes" : "NO",
                    line.farBelowLru() ? "YES" : "no",
                    percent(line.shared));
        }
        return table + "Hits of a hundred accesses. "
                + lines.stream().filter(Line::near).count() + " of " + lines.size()
                + " within 3 points of Caffeine (goal: most), "
                + lines.stream().filter(Line::farBelowLru).count() + " 5 points or more below LRU (goal: none): "
                + (ok() ? "ok" : "NOT ok");
    }

    private static String percent(double hits) {
        return String.format(Locale.ROOT, "%.2f", hits);
    }

    /** The same for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bench", "traces");
        json.put("ok", ok());
        json.put(
                "cases",
                lines.stream()
                        .map(line -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("name", line.trace + ", " + line.size + " entries");
                            one.put("ours", line.ours);
                            one.put("oursShared", line.shared);
                            one.put("caffeine", line.caffeine);
                            one.put("lru", line.lru);
                            one.put("unit", "%");
                            one.put("nearCaffeine", line.near());
                            one.put("farBelowLru", line.farBelowLru());
                            return one;
                        })
                        .toList());
        return json;
    }
}
