package io.github.twatcache.path;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One process's turn, see {@link Turns}.
 *
 * @param process what the process is known by in its directory
 * @param number tells this turn from all others of that process
 * @param pid the number that the operating system has given to the process, for messages
 * @param since when it began, as whoever took it says: nanoseconds since 1970
 */
public record Turn(String process, long number, long pid, long since) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final int PARTS = 4;
    private static final int SHORT = 8;

    /**
     * Who has it, for messages.
     *
     * @return such as {@code "process 4711 (1f0c3b2a)"}
     */
    public String words() {
        int from = ProcessFolder.PREFIX.length();
        return "process " + pid + " (" + process.substring(from, from + SHORT) + ")";
    }

    /** As it stands in a file. */
    String written() {
        return process + " " + number + " " + pid + " " + since + "\n";
    }

    /** What stands in a file; null where that is not whole. */
    static @Nullable Turn read(String text) {
        if (!text.endsWith("\n")) {
            return null;
        }
        List<String> parts = List.of(text.strip().split(" ", -1));
        if (parts.size() != PARTS
                || !ProcessFolder.known(parts.get(0))
                || !parts.stream().skip(1).allMatch(part -> NUMBER.matcher(part).matches())) {
            return null;
        }
        try {
            return new Turn(
                    parts.get(0),
                    Long.parseLong(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    Long.parseLong(parts.get(3)));
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }
}
