package io.github.twatcache.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line that is to be measured.
 *
 * @param name the case
 * @param ours what is measured of ours
 * @param peer who it is compared with
 * @param theirs what is measured of the peer
 * @param unit of both
 * @param goal what the ratio must not exceed, or null
 */
public record Spec(
        String name,
        Quantity ours,
        String peer,
        Quantity theirs,
        String unit,
        @Nullable Double goal) {
    private static final String NANOS = "ns";

    /** A comparison of times. */
    public static Spec nanos(String name, Cell ours, String peer, Cell theirs, @Nullable Double goal) {
        return new Spec(name, new Quantity.Nanos(ours), peer, new Quantity.Nanos(theirs), NANOS, goal);
    }

    List<Cell> cells() {
        return Stream.of(ours, theirs)
                .flatMap(quantity -> quantity.cells().stream())
                .toList();
    }

    Row row(Map<Cell, Samples> measured, boolean judged) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("ours", ours.raw(measured));
        raw.put("theirs", theirs.raw(measured));
        return new Row(name, ours.of(measured), peer, theirs.of(measured), unit, goal, judged, raw);
    }
}
