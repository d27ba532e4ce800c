package io.github.twatcache.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, each column as wide as its widest cell. Lines end with {@code \n}, and not with spaces. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> titles = new ArrayList<>();
    private final List<Boolean> rightAligned = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    Table words(String title) {
        return column(title, false);
    }

    /** Adds a column of numbers, aligned to the right. */
    Table numbers(String title) {
        return column(title, true);
    }

    private Table column(String title, boolean right) {
        titles.add(title);
        rightAligned.add(right);
        return this;
    }

    /** Adds a row, a cell for each column. */
    void row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The table in lines of their own width. */
    String text() {
        return text(Integer.MAX_VALUE);
    }

    /** The table, the last column broken between words where lines would be longer than that. */
    String text(int columns) {
        int last = titles.size() - 1;
        int[] widths = new int[titles.size()];
        int before = 0;
        for (int column = 0; column <= last; column++) {
            int at = column;
            widths[column] = Math.max(
                    titles.get(column).length(),
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
            before += column == last ? 0 : widths[column] + GAP.length();
        }
        widths[last] = Math.min(
                widths[last], Math.max(columns - before, titles.get(last).length() + 12));
        StringBuilder text = new StringBuilder(256);
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        line(text, titles, widths);
        line(text, rules, widths);
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            for (String part : Text.lines(row.get(last), widths[last])) {
                cells.set(last, part);
                line(text, cells, widths);
                cells.replaceAll(cell -> "");
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(column == 0 ? "" : GAP);
            line.append(
                    rightAligned.get(column)
                            ? Text.right(cells.get(column), widths[column])
                            : Text.left(cells.get(column), widths[column]));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
