package io.github.twatcache.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Columns of text, the first to the left, numbers to the right; in Markdown, which is as good to read on a terminal. */
public final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    /** A table with these headings; one that begins with a blank is over numbers. */
    public Table(String... headings) {
        lines.add(Arrays.asList(headings));
    }

    /** Adds a line. */
    public void add(String... cells) {
        lines.add(Arrays.asList(cells));
    }

    @Override
    public String toString() {
        List<String> headings = lines.get(0);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            for (int column = 0; column < headings.size(); column++) {
                boolean number = headings.get(column).startsWith(" ");
                String cell = lines.get(line).get(column).strip();
                String format = "| %" + (number ? "" : "-") + width(column) + "s ";
                text.append(String.format(Locale.ROOT, format, cell));
            }
            text.append("|\n");
            if (line == 0) {
                rule(text, headings);
            }
        }
        return text.toString();
    }

    private void rule(StringBuilder text, List<String> headings) {
        for (int column = 0; column < headings.size(); column++) {
            String dashes = "-".repeat(width(column) + 1);
            text.append(headings.get(column).startsWith(" ") ? "|" + dashes + ":" : "|-" + dashes);
        }
        text.append("|\n");
    }

    private int width(int column) {
        return lines.stream()
                .mapToInt(line -> line.get(column).strip().length())
                .max()
                .orElse(0);
    }
}
