package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.text.ByteSizes;
import io.github.twatcache.text.Durations;
import io.github.twatcache.text.Numbers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the values of a setting are written and read.
 *
 * @param name the kind in one word, for the documentation
 * @param parse reads a value; throws {@link IllegalArgumentException} with what is wrong
 * @param format writes a value so that it is read back equal; a secret is not written
 */
record Syntax<T>(String name, Function<String, T> parse, Function<T, String> format) {
    static final Syntax<Long> COUNT = new Syntax<>("number", Numbers::parse, n -> Long.toString(n));
    static final Syntax<Long> BYTES = new Syntax<>("size", ByteSizes::parse, ByteSizes::format);
    static final Syntax<Duration> DURATION = new Syntax<>("duration", Durations::parse, Durations::format);
    static final Syntax<Double> DECIMAL = new Syntax<>("decimal", Numbers::parseDecimal, f -> Double.toString(f));
    static final Syntax<Boolean> SWITCH = new Syntax<>("switch", Syntax::onOrOff, on -> Boolean.toString(on));
    static final Syntax<Requirements> TRAITS = new Syntax<>("list", Requirements::parse, Requirements::written);
    static final Syntax<Secret> SECRET = new Syntax<>("secret", Syntax::secret, Secret::toString);
    static final Syntax<String> WORD = new Syntax<>("word", text -> text, text -> text);

    private static Boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("that is neither");
        };
    }

    private static Secret secret(String text) {
        try {
            return Secret.ofBase64(text);
        } catch (ConfigurationException wrong) {
            throw new IllegalArgumentException("it is no such", wrong);
        }
    }

    static <E extends Enum<E>> Syntax<E> choice(Class<E> type) {
        return new Syntax<>("choice", text -> constant(type, text), Syntax::word);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word(text)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("that is none of them"));
    }

    /** A constant as it is written in a configuration. */
    static String word(Enum<?> constant) {
        return word(constant.name());
    }

    static String word(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Syntax::word).collect(Collectors.joining(", "));
    }

    /** What cannot be written. */
    static <T> Syntax<T> none() {
        return new Syntax<>(
                "object",
                text -> {
                    throw new IllegalArgumentException("it can be given in code only");
                },
                String::valueOf);
    }
}
