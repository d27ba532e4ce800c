package io.github.twatcache.benchmarks.outage;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The calls of one strategy over time, drawn as cells: where a call began and how long it took, on a scale of powers of ten,
 * the darker the more.
 */
final class Panel {
    static final int LEFT = 64;
    static final int WIDTH = 880;
    static final int HEIGHT = 120;

    /** The shortest time that is told apart, in milliseconds, and how many powers of ten there are above it. */
    private static final double LEAST = 1;

    private static final int DECADES = 4;
    private static final int COLUMNS = 120;
    private static final int ROWS = 10 * DECADES;
    private static final int SHADES = 3;

    private final double end;
    private final int top;

    /** A panel at a height of the picture, for so many milliseconds. */
    Panel(double end, int top) {
        this.end = end;
        this.top = top;
    }

    /** What is drawn together: the same color in the same shade. Errors come last, since they must be seen. */
    private record Ink(Line.Outcome outcome, int shade) {
        static final Comparator<Ink> ORDER = Comparator.comparing(Ink::outcome).thenComparing(Ink::shade);
    }

    /** A place on the panel. */
    private record Cell(Line.Outcome outcome, int column, int row) {}

    /** The cells, as elements of the picture. */
    String cells(List<Line> lines) {
        Map<Cell, Long> counts = lines.stream()
                .map(this::cell)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double most = Math.log1p(
                counts.values().stream().mapToDouble(Long::doubleValue).max().orElse(1));
        Map<Ink, StringBuilder> paths = new TreeMap<>(Ink.ORDER);
        counts.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<Cell, Long> each) -> each.getKey().column())
                        .thenComparing(each -> each.getKey().row()))
                .forEach(each -> {
                    int shade = Math.min(SHADES - 1, (int) (SHADES * Math.log1p(each.getValue()) / most));
                    paths.computeIfAbsent(new Ink(each.getKey().outcome(), shade), ink -> new StringBuilder())
                            .append(square(each.getKey()));
                });
        StringBuilder svg = new StringBuilder();
        paths.forEach((ink, path) -> svg.append("  <path class=\"%s s%d\" d=\"%s\"/>%n"
                .formatted(ink.outcome().word(), ink.shade(), path)
                .replace(System.lineSeparator(), "\n")));
        return svg.toString();
    }

    private Cell cell(Line line) {
        int column = (int) (COLUMNS * line.start() / end);
        int row = (int) (ROWS * Math.log10(Math.max(LEAST, line.millis()) / LEAST) / DECADES);
        return new Cell(line.outcome(), Math.min(COLUMNS - 1, column), Math.min(ROWS - 1, row));
    }

    private String square(Cell cell) {
        double width = (double) WIDTH / COLUMNS;
        double height = (double) HEIGHT / ROWS;
        return String.format(
                Locale.ROOT,
                "M%.1f %.1fh%.1fv%.1fh-%.1fz",
                LEFT + cell.column() * width,
                top + HEIGHT - (cell.row() + 1) * height,
                width,
                height,
                width);
    }

    /** Where a time of the run lies. */
    double x(double millis) {
        return LEFT + WIDTH * millis / end;
    }

    /** Where a duration lies. */
    double y(double millis) {
        return top + HEIGHT - HEIGHT * Math.log10(Math.max(LEAST, millis) / LEAST) / DECADES;
    }
}
