package io.github.twatcache.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A figure that is taken from the samples of one or more cells. */
public sealed interface Quantity {
    /** The cells it is taken from. */
    List<Cell> cells();

    /** The figure. */
    double of(Map<Cell, Samples> measured);

    /** The samples behind it, as JSON. */
    Object raw(Map<Cell, Samples> measured);

    /** The shortest time: what the code takes when nothing disturbs it. */
    record Nanos(Cell cell) implements Quantity {
        @Override
        public List<Cell> cells() {
            return List.of(cell);
        }

        @Override
        public double of(Map<Cell, Samples> measured) {
            return Collections.min(Cell.in(measured, cell).nanos());
        }

        @Override
        public Object raw(Map<Cell, Samples> measured) {
            return Cell.in(measured, cell).nanos();
        }
    }

    /**
     * The bytes that one operation allocates, and what somebody else is known to add. The harness allocates some at the end
     * of a fork, an operation in every iteration: hence the median, and tenths.
     */
    record Bytes(Cell cell, long more) implements Quantity {
        @Override
        public List<Cell> cells() {
            return List.of(cell);
        }

        @Override
        public double of(Map<Cell, Samples> measured) {
            List<Double> sorted =
                    Cell.in(measured, cell).bytes().stream().sorted().toList();
            return more + Math.round(sorted.get(sorted.size() / 2) * 10) / 10.0;
        }

        @Override
        public Object raw(Map<Cell, Samples> measured) {
            return Cell.in(measured, cell).bytes();
        }
    }

    /** How many times longer the one takes than the other. */
    record Growth(Cell large, Cell small) implements Quantity {
        @Override
        public List<Cell> cells() {
            return List.of(small, large);
        }

        @Override
        public double of(Map<Cell, Samples> measured) {
            return new Nanos(large).of(measured) / new Nanos(small).of(measured);
        }

        @Override
        public Object raw(Map<Cell, Samples> measured) {
            Map<String, Object> raw = new LinkedHashMap<>();
            cells().forEach(cell -> raw.put(cell.toString(), new Nanos(cell).raw(measured)));
            return raw;
        }
    }
}
