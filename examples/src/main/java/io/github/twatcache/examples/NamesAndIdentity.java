package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;

/** When do two calls of memoize share their results, and when are they refused? */
public final class NamesAndIdentity {
    private NamesAndIdentity() {}

    record Region(String code) {
        String price(String item) {
            return item + " in " + code;
        }
    }

    static String shout(String word) {
        return word.toUpperCase(java.util.Locale.ROOT);
    }

    static String whisper(String word) {
        return word.toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            twat.memory("shout").memoize(NamesAndIdentity::shout).apply("a");
            Cached1<String, String, RuntimeException> same =
                    twat.memory("shout").memoize(NamesAndIdentity::shout);
            Claim.that("the same function under the same name shares its results", same.isCached("a"));

            // What a function has captured is part of it: each receiver has results of its own.
            var europe = twat.memory("price").memoize(new Region("EU")::price);
            var america = twat.memory("price").memoize(new Region("US")::price);
            Claim.that("two receivers are kept apart", !europe.apply("tea").equals(america.apply("tea")));
            var europeAgain = twat.memory("price").memoize(new Region("EU")::price);
            Claim.that("an equal receiver finds them again", europeAgain.isCached("tea"));

            // Without a name, a cache takes the function's own.
            var unnamed = twat.memory().memoize(NamesAndIdentity::whisper);
            Claim.that("its own name", unnamed.name().equals(NamesAndIdentity.class.getName() + ".whisper"));

            Claim.that(
                    "another function under the name is refused",
                    refused(() -> twat.memory("shout").memoize(NamesAndIdentity::whisper)));
            Claim.that(
                    "other settings under the name are refused",
                    refused(() -> twat.memory("shout").maximumSize(10).memoize(NamesAndIdentity::shout)));
        }
    }

    private static boolean refused(Runnable attempt) {
        try {
            attempt.run();
            return false;
        } catch (ConfigurationException e) {
            System.out.println(e.getMessage());
            return true;
        }
    }
}
