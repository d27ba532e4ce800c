package io.github.twatcache.benchmarks.outage;

import io.github.twatcache.benchmarks.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What calls with fail-safe are held to.
 *
 * @param needlessErrors errors that reached a caller whose key had been loaded before
 * @param p99 what 99 of 100 calls took at most, in milliseconds
 * @param p99Limit what that must not exceed
 * @param hasty calls of the source that came sooner after the one before, of the same key, than the throttle lets them
 */
record Goals(long needlessErrors, double p99, double p99Limit, long hasty) {
    /** By how much of the soft limit a call may be late. */
    static final double SLACK = 1.2;

    /** What the lines of one strategy show. */
    static Goals of(List<Line> lines, Script script) {
        double[] sorted = lines.stream().mapToDouble(Line::millis).sorted().toArray();
        return new Goals(
                needlessErrors(lines),
                Summary.percentile(sorted, 99),
                SLACK * script.softLimit(),
                hasty(lines, script.throttle()));
    }

    private static long needlessErrors(List<Line> lines) {
        Map<Integer, Double> loaded = new TreeMap<>();
        for (Line line : lines) {
            Call.Asked asked = line.asked();
            if (asked != null && !asked.failed()) {
                loaded.merge(line.key(), asked.start() + asked.millis(), Math::min);
            }
        }
        return lines.stream()
                .filter(line -> line.outcome() == Line.Outcome.ERROR
                        && loaded.getOrDefault(line.key(), Double.POSITIVE_INFINITY) < line.end())
                .count();
    }

    private static long hasty(List<Line> lines, double throttle) {
        return lines.stream()
                .filter(line -> line.asked() != null)
                .collect(Collectors.groupingBy(Line::key))
                .values()
                .stream()
                .mapToLong(ofKey -> hastyOfKey(ofKey, throttle))
                .sum();
    }

    private static long hastyOfKey(List<Line> lines, double throttle) {
        List<Double> starts = lines.stream()
                .map(line -> Objects.requireNonNull(line.asked()).start())
                .sorted(Comparator.naturalOrder())
                .toList();
        long hasty = 0;
        for (int i = 1; i < starts.size(); i++) {
            hasty += starts.get(i) - starts.get(i - 1) < throttle ? 1 : 0;
        }
        return hasty;
    }

    /** The goals in Markdown; without a verdict where the run cannot give one. */
    String table(boolean judged) {
        Table table = new Table("goal of " + Strategies.FAIL_SAFE, " seen", " at most", "ok");
        table.add("errors where the key was ever loaded", "" + needlessErrors, "0", ok(judged, needlessErrors == 0));
        table.add(
                "p99, by the soft limit",
                OutageReplay.millis(p99),
                OutageReplay.millis(p99Limit),
                ok(judged, p99 <= p99Limit));
        table.add("source calls sooner than the throttle lets", "" + hasty, "0", ok(judged, hasty == 0));
        return table.toString();
    }

    private static String ok(boolean judged, boolean reached) {
        return judged ? reached ? "yes" : "NO" : "";
    }
}
