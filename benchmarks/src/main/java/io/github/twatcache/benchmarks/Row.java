package io.github.twatcache.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the result.
 *
 * @param name the case
 * @param ours our figure
 * @param peer who it is compared with, or what
 * @param theirs the peer's figure; null where the peer is absent
 * @param unit of both
 * @param goal what the ratio must not exceed; null where the line only stands beside others
 * @param judged whether the goal is decided by this run
 * @param raw the samples, as JSON
 */
public record Row(
        String name,
        double ours,
        String peer,
        @Nullable Double theirs,
        String unit,
        @Nullable Double goal,
        boolean judged,
        Object raw) {

    /** Ours by theirs; ours itself where theirs is nothing; null where the peer is absent. */
    @Nullable Double ratio() {
        if (theirs == null) {
            return null;
        }
        return theirs == 0 ? Double.valueOf(ours) : Double.valueOf(ours / theirs);
    }

    /** Whether the goal is reached; null where there is none, or a quick run cannot tell. False for an absent peer. */
    @Nullable Boolean ok() {
        Double ratio = ratio();
        if (ratio == null) {
            return false;
        }
        return (goal == null || !judged) ? null : Boolean.valueOf(ratio <= goal);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("ours", ours);
        json.put("peer", peer);
        json.put("theirs", theirs);
        json.put("unit", unit);
        json.put("ratio", ratio());
        json.put("goal", goal);
        json.put("ok", ok());
        json.put("raw", raw);
        return json;
    }
}
