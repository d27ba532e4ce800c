package io.github.twatcache.benchmarks.outage;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call as the file has it. Times in milliseconds since the begin, to a thousandth.
 *
 * @param strategy whose
 * @param caller which caller
 * @param key what was asked for
 * @param start when it began
 * @param millis how long it took
 * @param outcome what the caller got
 * @param age how old that was when the caller got it; {@code null} for an error
 * @param error the class of the exception; empty where there is none
 * @param asked the call of the source that this call caused, on whichever thread; {@code null} where it caused none
 */
record Line(
        String strategy,
        int caller,
        int key,
        double start,
        double millis,
        Outcome outcome,
        @Nullable Double age,
        String error,
        Call.@Nullable Asked asked) {

    /** The heading of the file. */
    static final String HEADING =
            "strategy,caller,key,start_ms,duration_ms,outcome,age_ms,error,source_start_ms,source_duration_ms,source_outcome";

    private static final int COLUMNS = HEADING.split(",").length;
    private static final String FAILED = "failed";
    private static final String ANSWERED = "answered";

    /** What a caller got. */
    enum Outcome {
        FRESH,
        STALE,
        ERROR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    double end() {
        return start + millis;
    }

    String csv() {
        return String.join(
                ",",
                List.of(
                        strategy,
                        Integer.toString(caller),
                        Integer.toString(key),
                        text(start),
                        text(millis),
                        outcome.word(),
                        text(age),
                        error,
                        text(asked == null ? null : asked.start()),
                        text(asked == null ? null : asked.millis()),
                        asked == null ? "" : asked.failed() ? FAILED : ANSWERED));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Line of(String csv) {
        String[] cells = csv.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(cells.length + " columns instead of " + COLUMNS + ": " + csv);
        }
        return new Line(
                cells[0],
                Integer.parseInt(cells[1]),
                Integer.parseInt(cells[2]),
                Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4]),
                Outcome.valueOf(cells[5].toUpperCase(Locale.ROOT)),
                cells[6].isEmpty() ? null : Double.valueOf(cells[6]),
                cells[7],
                cells[8].isEmpty()
                        ? null
                        : new Call.Asked(
                                Double.parseDouble(cells[8]), Double.parseDouble(cells[9]), cells[10].equals(FAILED)));
    }

    private static String text(@Nullable Double millis) {
        return millis == null ? "" : String.format(Locale.ROOT, "%.3f", millis);
    }
}
