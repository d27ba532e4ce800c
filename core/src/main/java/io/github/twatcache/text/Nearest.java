package io.github.twatcache.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody who mistyped one probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The nearest of the words.
     *
     * @param typed what was typed
     * @param words what could have been meant
     * @return the nearest, if it is no further away than a third of the letters
     */
    public static Optional<String> of(String typed, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .filter(word -> distance(typed, word) <= Math.max(1, typed.length() / 3));
    }

    /** Letters to insert, drop or replace, and neighbours to swap: the distance of Damerau, 1964, and Levenshtein, 1966. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] above = before;
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            before = above;
            above = row;
            row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], above[j]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], 1 + before[j - 2]);
                }
            }
        }
        return row[other.length()];
    }
}
