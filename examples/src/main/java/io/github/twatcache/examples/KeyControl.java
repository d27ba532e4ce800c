package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.key.Encoders;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Which arguments count, to how many digits, and what if a class cannot be a key? */
public final class KeyControl {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private KeyControl() {}

    static String report(String name, boolean verbose) {
        return name + CALLS.incrementAndGet();
    }

    static double area(double radius) {
        CALLS.incrementAndGet();
        return Math.PI * radius * radius;
    }

    static int words(String text) {
        return CALLS.incrementAndGet();
    }

    /** A class without equals: two of the same content are different objects. */
    static final class Money {
        final long cents;

        Money(long cents) {
            this.cents = cents;
        }
    }

    static String tax(Money money) {
        return "tax on " + money.cents + ", call " + CALLS.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        Encoders encoders =
                Encoders.standard().register(Money.class, "money", money -> money.cents, cents -> new Money(cents));
        try (TwatCache twat = TwatCache.builder().encoders(encoders).open();
                TwatCache plain = TwatCache.open()) {
            var report = twat.memory("reports").ignore("verbose").memoize(KeyControl::report);
            Claim.that("ignored by name", report.apply("a", true).equals(report.apply("a", false)));

            var area = twat.memory("areas").tolerance(2).memoize(KeyControl::area);
            Claim.that("rounded to two decimals", area.apply(1.001).equals(area.apply(1.0009)));

            var words = twat.memory("words").memoize(KeyControl::words, o -> o.keyBy(t -> t.toLowerCase(Locale.ROOT)));
            Claim.that("a key of your own", words.apply("Tea").equals(words.apply("tea")));

            var tax = twat.memory("taxes").memoize(KeyControl::tax);
            Claim.that("an encoder tells equal ones", tax.apply(new Money(5)).equals(tax.apply(new Money(5))));
            try {
                plain.memory("taxes").memoize(KeyControl::tax);
                throw new IllegalStateException("Money must have been refused");
            } catch (KeyException e) {
                Claim.that("without one it is refused at once: " + e.getMessage(), true);
            }

            var sum = twat.memory("sums").memoize((List<int[]> rows) -> CALLS.incrementAndGet());
            int first = sum.apply(List.of(new int[] {1, 2}));
            Claim.that("content counts, however deep", first == sum.apply(List.of(new int[] {1, 2})));
        }
    }
}
