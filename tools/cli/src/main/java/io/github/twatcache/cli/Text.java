package io.github.twatcache.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and lines as people read them, the same in every locale. */
final class Text {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Text() {}

    /** With a comma between thousands: {@code 12,345}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Milliseconds: with decimals below 100. */
    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%,.0f", millis) + " ms";
    }

    /** A quotient: {@code 97x}, {@code 1.2x}. */
    static String times(double factor) {
        return String.format(Locale.ROOT, factor < 10 ? "%.1fx" : "%,.0fx", factor);
    }

    /** In the largest unit that leaves at least 1: {@code 9.7 MiB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", amount)) + " " + UNITS[unit];
    }

    /** A part of 1 in percent, with two decimals. */
    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part * 100);
    }

    /** Words in lines of at most so many characters, each after an indent; a longer word has its line. */
    static String wrapped(String words, int columns, String indent) {
        return indent + String.join("\n" + indent, lines(words, columns - indent.length()));
    }

    /** Words in lines of at most so many characters; a longer word has its line. */
    static List<String> lines(String words, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = words;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            int end = space <= 0 ? rest.indexOf(' ') : space;
            if (end <= 0) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
