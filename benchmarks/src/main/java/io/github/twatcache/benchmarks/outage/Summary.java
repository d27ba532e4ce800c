package io.github.twatcache.benchmarks.outage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the lines of one strategy come to.
 *
 * @param name the strategy
 * @param calls how many calls there were
 * @param errors how many of them ended with an exception
 * @param stale how many were answered with a value that was older than its lifetime
 * @param p50 what half of the calls took at most, in milliseconds, errors included
 * @param p99 what 99 of 100 took at most
 * @param sourceCalls how often the source was asked
 */
record Summary(String name, int calls, int errors, int stale, double p50, double p99, int sourceCalls) {
    /** The summaries of all strategies, in the order of the lines. */
    static List<Summary> of(List<Line> lines) {
        Map<String, List<Line>> strategies = new LinkedHashMap<>();
        lines.forEach(line -> strategies
                .computeIfAbsent(line.strategy(), name -> new ArrayList<>())
                .add(line));
        return strategies.entrySet().stream()
                .map(each -> of(each.getKey(), each.getValue()))
                .toList();
    }

    private static Summary of(String name, List<Line> lines) {
        double[] sorted = lines.stream().mapToDouble(Line::millis).sorted().toArray();
        return new Summary(
                name,
                lines.size(),
                count(lines, Line.Outcome.ERROR),
                count(lines, Line.Outcome.STALE),
                percentile(sorted, 50),
                percentile(sorted, 99),
                Math.toIntExact(
                        lines.stream().filter(line -> line.asked() != null).count()));
    }

    private static int count(List<Line> lines, Line.Outcome outcome) {
        return Math.toIntExact(
                lines.stream().filter(line -> line.outcome() == outcome).count());
    }

    /** The least of the values that so many percent of all are at most; values in ascending order, at least one. */
    static double percentile(double[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    /** The part of calls that ended with an exception, in percent. */
    double errorPercent() {
        return 100.0 * errors / calls;
    }

    /** What programs are told. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("calls", calls);
        json.put("errors", errors);
        json.put("p50Millis", p50);
        json.put("p99Millis", p99);
        json.put("sourceCalls", sourceCalls);
        return json;
    }
}
