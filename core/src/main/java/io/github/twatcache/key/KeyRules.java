package io.github.twatcache.key;

import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What of a call becomes part of its key: which arguments count, and to how many digits.
 *
 * <p>Immutable; each method returns another set of rules. Rules that one function cannot keep (a name it does not have,
 * an index beyond its last argument) are refused by {@link CallKeys#of}.
 */
public final class KeyRules {
    /** Every argument counts, to the last bit. */
    public static final KeyRules ALL = new KeyRules(List.of(), List.of(), OptionalInt.empty(), false);

    /** Beyond these a double has no digits left to round to: 2^-1074 is its smallest step, 2^1023 its largest. */
    private static final int MOST_DIGITS = 1_074;

    private static final int LEAST_DIGITS = -308;

    private final List<String> ignoredNames;
    private final List<Integer> ignoredIndexes;
    private final OptionalInt digits;
    private final boolean deep;

    private KeyRules(List<String> ignoredNames, List<Integer> ignoredIndexes, OptionalInt digits, boolean deep) {
        this.ignoredNames = ignoredNames;
        this.ignoredIndexes = ignoredIndexes;
        this.digits = digits;
        this.deep = deep;
    }

    /**
     * Leaves arguments out of the key by the name of their parameter. The receiver of an unbound reference such as
     * {@code UserApi::fetchUser} is called {@code this}.
     *
     * @param names the names, none of them named before
     * @return the rules
     * @throws ConfigurationException when there is no name, or one is repeated
     */
    public KeyRules ignore(String... names) {
        if (names.length == 0) {
            throw new ConfigurationException("ignore() names no parameter; name at least one");
        }
        List<String> all = new ArrayList<>(ignoredNames);
        for (String name : names) {
            if (all.contains(name)) {
                throw new ConfigurationException("ignore(\"" + name + "\") is repeated; name each parameter once");
            }
            all.add(name);
        }
        return new KeyRules(List.copyOf(all), ignoredIndexes, digits, deep);
    }

    /**
     * Leaves arguments out of the key by their place.
     *
     * @param indexes the places, the first is 0; none of them given before
     * @return the rules
     * @throws ConfigurationException when there is no index, or one is repeated or negative
     */
    public KeyRules ignore(int... indexes) {
        if (indexes.length == 0) {
            throw new ConfigurationException("ignore() names no parameter; name at least one");
        }
        List<Integer> all = new ArrayList<>(ignoredIndexes);
        for (int index : indexes) {
            if (index < 0) {
                throw new ConfigurationException(
                        "ignore(" + index + ") is not the place of a parameter; the first is 0");
            }
            if (all.contains(index)) {
                throw new ConfigurationException("ignore(" + index + ") is repeated; name each parameter once");
            }
            all.add(index);
        }
        return new KeyRules(ignoredNames, List.copyOf(all), digits, deep);
    }

    /**
     * Rounds floating-point arguments for the key only; the function gets what it was called with. Touches
     * {@code float} and {@code double} arguments and the elements of arrays and collections that are arguments, no
     * deeper: {@code tolerance(2)} makes 3.14159 and 3.14 one key.
     *
     * <p>Rounds the exact value half to even, as Python's {@code round}; {@code -0.0} becomes {@code 0.0}, infinities
     * and NaN stay.
     *
     * @param decimals how many decimals to keep, -308 to 1074; below zero rounds before the point: -2 to hundreds
     * @return the rules
     * @throws ConfigurationException when a tolerance was set before, or the number is out of range
     */
    public KeyRules tolerance(int decimals) {
        return rounding("tolerance", decimals, false);
    }

    /**
     * As {@link #tolerance}, at any depth of arrays, collections, maps, optionals and records.
     *
     * @param decimals how many decimals to keep, -308 to 1074
     * @return the rules
     * @throws ConfigurationException when a tolerance was set before, or the number is out of range
     */
    public KeyRules deepTolerance(int decimals) {
        return rounding("deepTolerance", decimals, true);
    }

    private KeyRules rounding(String setter, int decimals, boolean deeply) {
        if (digits.isPresent()) {
            throw new ConfigurationException((deep ? "deepTolerance(" : "tolerance(") + digits.getAsInt()
                    + ") was already set; remove it or " + setter + "(" + decimals + ")");
        }
        if (decimals < LEAST_DIGITS || decimals > MOST_DIGITS) {
            throw new ConfigurationException(
                    setter + "(" + decimals + ") is out of range; allowed are " + LEAST_DIGITS + " to " + MOST_DIGITS);
        }
        return new KeyRules(ignoredNames, ignoredIndexes, OptionalInt.of(decimals), deeply);
    }

    List<String> ignoredNames() {
        return ignoredNames;
    }

    List<Integer> ignoredIndexes() {
        return ignoredIndexes;
    }

    OptionalInt digits() {
        return digits;
    }

    boolean deep() {
        return deep;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRules that
                && ignoredNames.equals(that.ignoredNames)
                && ignoredIndexes.equals(that.ignoredIndexes)
                && digits.equals(that.digits)
                && deep == that.deep;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ignoredNames, ignoredIndexes, digits, deep);
    }

    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ", "[", "]");
        ignoredNames.forEach(name -> words.add("ignore " + name));
        ignoredIndexes.forEach(index -> words.add("ignore " + index));
        digits.ifPresent(decimals -> words.add((deep ? "deepTolerance " : "tolerance ") + decimals));
        return words.toString();
    }
}
