package io.github.twatcache.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the names that somebody who mistyped may have meant. */
final class Nearest {
    private static final int SHOWN = 5;

    private Nearest() {}

    /** The nearest of the known names, the best first; those that hold what was typed before all others. */
    static List<String> to(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> near(typed, name))
                .sorted(Comparator.comparing((String name) -> !name.contains(typed))
                        .thenComparing(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static boolean near(String typed, String name) {
        return (typed.length() > 2 && name.contains(typed)) || distance(typed, name) <= Math.max(2, typed.length() / 3);
    }

    /** How many letters must be added, dropped or changed (V. Levenshtein, 1965). */
    static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
