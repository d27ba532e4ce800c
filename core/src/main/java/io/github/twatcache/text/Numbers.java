package io.github.twatcache.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Whole numbers and fractions as people write them: {@code 10_000}, {@code 0.1}. */
public final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:_+\\d+)*");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");

    private Numbers() {}

    /**
     * Reads a whole number.
     *
     * @param text digits, with {@code _} between them where that helps the eye
     * @return the number
     * @throws IllegalArgumentException when it is none, with what is wrong
     */
    public static long parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(text.isEmpty() ? "nothing is written there" : "that is no whole number");
        }
        try {
            return new BigInteger(text.replace("_", "")).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("that is more than can be counted", e);
        }
    }

    /**
     * Reads a decimal fraction.
     *
     * @param text such as {@code 0.1}
     * @return the number
     * @throws IllegalArgumentException when it is none, with what is wrong
     */
    public static double parseDecimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    text.isEmpty() ? "nothing is written there" : "that is no decimal number");
        }
        return new BigDecimal(text).doubleValue();
    }
}
