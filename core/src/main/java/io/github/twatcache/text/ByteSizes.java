package io.github.twatcache.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 64MiB} of 1,024 × 1,024 bytes each, {@code 1GB} of 1,000 × 1,000 × 1,000. */
public final class ByteSizes {
    /** What is accepted, in words. */
    public static final String ALLOWED = "such as 64MiB (1,024 × 1,024 bytes each), 1GB (10⁹ bytes) or 4096";

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:_+\\d+)*(?:\\.\\d+)?)\\s*([A-Za-z]*)");
    private static final Map<String, BigInteger> UNITS = new LinkedHashMap<>();

    static {
        String[] names = {"k", "m", "g", "t", "p"};
        for (int i = names.length; i > 0; i--) {
            UNITS.put(names[i - 1] + "ib", BigInteger.valueOf(1_024).pow(i));
            UNITS.put(names[i - 1] + "b", BigInteger.valueOf(1_000).pow(i));
        }
        UNITS.put("b", BigInteger.ONE);
        UNITS.put("", BigInteger.ONE);
    }

    private ByteSizes() {}

    /**
     * Reads a size.
     *
     * @param text a number with {@code B}, {@code kB}, {@code KiB}, and so on to {@code PiB}, in any case; bytes where no
     *     unit is
     * @return the bytes
     * @throws IllegalArgumentException when it is none, with what is wrong
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(text.isEmpty() ? "nothing is written there" : "that is no size");
        }
        BigInteger unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            String letter = size.group(2).toUpperCase(Locale.ROOT);
            throw new IllegalArgumentException(
                    letter.length() == 1 && "KMGTP".contains(letter)
                            ? letter + " may mean two things: write " + letter + "iB or " + letter + "B"
                            : "the unit " + size.group(2) + " is unknown");
        }
        try {
            return new BigDecimal(size.group(1).replace("_", ""))
                    .multiply(new BigDecimal(unit))
                    .toBigIntegerExact()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    text.contains(".") ? "that is no whole number of bytes" : "that is more than can be counted", e);
        }
    }

    /**
     * Writes a size so that {@link #parse} reads it back equal.
     *
     * @param bytes the bytes
     * @return such as {@code 64MiB} or {@code 100kB}; where neither kind of unit fits, {@code 1_234_567}
     */
    public static String format(long bytes) {
        if (bytes > 0) {
            for (int power = 5; power > 0; power--) {
                long unit = 1L << (10 * power);
                if (bytes % unit == 0) {
                    return bytes / unit + "KMGTP".substring(power - 1, power) + "iB";
                }
            }
            long unit = 1_000_000_000_000_000L;
            for (int power = 5; power > 0; power--) {
                if (bytes % unit == 0) {
                    return bytes / unit + "kMGTP".substring(power - 1, power) + "B";
                }
                unit /= 1_000;
            }
        }
        return String.format(Locale.ROOT, "%,d", bytes).replace(',', '_');
    }
}
