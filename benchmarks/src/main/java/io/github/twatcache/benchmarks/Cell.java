package io.github.twatcache.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/**
 * One thing to be measured: a JMH method with its parameters.
 *
 * @param type the class of the method
 * @param method its name
 * @param parameters JMH's parameters by name
 * @param threads how many threads run it
 */
public record Cell(Class<?> type, String method, Map<String, String> parameters, int threads) {
    /** A cell of one thread without parameters. */
    public static Cell of(Class<?> type, String method) {
        return new Cell(type, method, Map.of(), 1);
    }

    /** This with one parameter more. */
    public Cell with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value.toString());
        return new Cell(type, method, Map.copyOf(more), threads);
    }

    /** This on several threads. */
    public Cell threads(int count) {
        return new Cell(type, method, parameters, count);
    }

    /** Matches the name that JMH has for the method, and no other. */
    String pattern() {
        return "^" + type.getName().replace(".", "\\.") + "\\." + method + "$";
    }

    /** What was measured of a cell. */
    static Samples in(Map<Cell, Samples> measured, Cell cell) {
        Samples samples = measured.get(cell);
        if (samples == null) {
            throw new IllegalStateException("not measured: " + cell);
        }
        return samples;
    }

    @Override
    public String toString() {
        return type.getSimpleName() + "." + method + (parameters.isEmpty() ? "" : " " + new TreeMap<>(parameters))
                + (threads == 1 ? "" : " " + threads + " threads");
    }
}
