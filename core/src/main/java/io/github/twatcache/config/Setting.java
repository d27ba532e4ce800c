package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.text.ByteSizes;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A setting as data: its key, type, range, syntax, default and meaning. Each is a constant, compared by identity. The one
 * place where it is defined serves the builder, configurations, the metadata that editors read, and the documentation.
 *
 * <p>An engine declares its own in the same way:
 *
 * <pre>{@code
 * static final Setting<Long> LEVEL =
 *         Setting.count("compression-level", 1, 22, "Compresses harder the higher it is.").otherwise(3L);
 * }</pre>
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {
    private final String key;
    private final Class<T> type;
    private final Syntax<T> syntax;
    private final String allowed;
    private final String sentence;
    private final Predicate<? super T> range;
    private final Optional<String> group;
    private final Optional<String> needs;
    private final Predicate<? super CacheSpec> has;
    private final Optional<T> byDefault;
    private final String unset;

    private Setting(
            String key,
            Class<T> type,
            Syntax<T> syntax,
            String allowed,
            String sentence,
            Predicate<? super T> range,
            Optional<String> group,
            Optional<String> needs,
            Predicate<? super CacheSpec> has,
            Optional<T> byDefault,
            String unset) {
        this.key = key;
        this.type = type;
        this.syntax = syntax;
        this.allowed = allowed;
        this.sentence = sentence;
        this.range = range;
        this.group = group;
        this.needs = needs;
        this.has = has;
        this.byDefault = byDefault;
        this.unset = unset;
    }

    private static <T> Setting<T> of(
            String key, Class<T> type, Syntax<T> syntax, String allowed, String sentence, Predicate<? super T> range) {
        return new Setting<>(
                key,
                type,
                syntax,
                allowed,
                sentence,
                range,
                Optional.empty(),
                Optional.empty(),
                spec -> true,
                Optional.empty(),
                "none");
    }

    /**
     * A whole number, written {@code 10_000} or {@code 10000}.
     *
     * @param key the key, such as {@code "maximum-size"}
     * @param least the least value allowed
     * @param most the greatest value allowed
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Long> count(String key, long least, long most, String sentence) {
        String allowed = "a whole number";
        if (least > Long.MIN_VALUE) {
            allowed += most == Long.MAX_VALUE ? " of " + least + " or more" : " from " + least + " to " + most;
        }
        return of(key, Long.class, Syntax.COUNT, allowed, sentence, n -> n >= least && n <= most);
    }

    /**
     * A number of bytes, written {@code 64MiB}, {@code 1GB} or {@code 4096}.
     *
     * @param key the key
     * @param least the least value allowed
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Long> bytes(String key, long least, String sentence) {
        return of(
                key,
                Long.class,
                Syntax.BYTES,
                "a size of " + least + " byte" + (least == 1 ? "" : "s") + " or more, " + ByteSizes.ALLOWED,
                sentence,
                n -> n >= least);
    }

    /**
     * A duration longer than zero, written {@code 5m}, {@code 1h30m}, {@code 100ms} or {@code PT5M}.
     *
     * @param key the key
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Duration> duration(String key, String sentence) {
        return of(
                key,
                Duration.class,
                Syntax.DURATION,
                "a duration longer than zero, " + Durations.ALLOWED,
                sentence,
                d -> !d.isNegative() && !d.isZero());
    }

    /**
     * A fraction from 0, excluded, to 1, excluded.
     *
     * @param key the key
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Double> fraction(String key, String sentence) {
        return of(
                key,
                Double.class,
                Syntax.DECIMAL,
                "a fraction greater than 0 and less than 1",
                sentence,
                f -> f > 0 && f < 1);
    }

    /**
     * A number greater than 0.
     *
     * @param key the key
     * @param most the greatest value allowed
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Double> decimal(String key, double most, String sentence) {
        return of(
                key,
                Double.class,
                Syntax.DECIMAL,
                "a number greater than 0, at most " + Syntax.DECIMAL.format().apply(most),
                sentence,
                n -> n > 0 && n <= most);
    }

    /**
     * A switch, on or off; off where it is not given.
     *
     * @param key the key
     * @param sentence what it does when on, in one sentence
     * @return the setting
     */
    public static Setting<Boolean> flag(String key, String sentence) {
        return of(key, Boolean.class, Syntax.SWITCH, "true or false", sentence, f -> true)
                .otherwise(false);
    }

    /**
     * One of a few words, written in any case, with {@code -} or {@code _} between their parts.
     *
     * @param <E> the type of the words
     * @param key the key
     * @param type the type of the words
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type, String sentence) {
        return of(key, type, Syntax.choice(type), "one of " + Syntax.words(type), sentence, e -> true);
    }

    /**
     * A text, taken as it stands; none with blanks around it, which do not count in a configuration.
     *
     * @param key the key
     * @param allowed what is allowed, in words
     * @param range whether a text is allowed
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<String> word(String key, String allowed, Predicate<String> range, String sentence) {
        return of(key, String.class, Syntax.WORD, allowed, sentence, text -> !padded(text) && range.test(text));
    }

    /** The names of what an engine must be able to do, with commas between them. */
    static Setting<Requirements> traits(String key, String sentence) {
        return of(
                key,
                Requirements.class,
                Syntax.TRAITS,
                "traits of an engine with commas between them, such as counters, multi-process",
                sentence,
                requirements -> true);
    }

    /**
     * Bytes that are never shown, written in Base64.
     *
     * @param key the key
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Secret> secret(String key, String sentence) {
        return of(
                key,
                Secret.class,
                Syntax.SECRET,
                Secret.FEWEST_BYTES + " bytes or more in Base64; never shown",
                sentence,
                secret -> true);
    }

    /**
     * An object that only code can give.
     *
     * @param <T> the type of the object
     * @param key the key
     * @param type the type of the object
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static <T> Setting<T> object(String key, Class<T> type, String sentence) {
        return of(key, type, Syntax.none(), "a " + type.getSimpleName(), sentence, o -> true);
    }

    /**
     * The same setting as a member of a group of which at most one may be given.
     *
     * @param name the group's name
     * @return the setting
     */
    public Setting<T> in(String name) {
        return new Setting<>(
                key, type, syntax, allowed, sentence, range, Optional.of(name), needs, has, byDefault, unset);
    }

    /**
     * The same setting, which does nothing without something else.
     *
     * @param what what else is needed, in words that end a sentence: {@code "a maximum"}
     * @return the setting
     */
    public Setting<T> needing(String what) {
        return needing(what, has);
    }

    /**
     * The same setting, which does nothing without something else that can be told from the other settings of a cache.
     *
     * @param what what else is needed, in words that end a sentence: {@code "compress"}
     * @param given whether a cache's settings have that
     * @return the setting
     */
    public Setting<T> needing(String what, Predicate<? super CacheSpec> given) {
        return new Setting<>(
                key, type, syntax, allowed, sentence, range, group, Optional.of(what), given, byDefault, unset);
    }

    /**
     * The same setting with a default.
     *
     * @param value the value where it is not given
     * @return the setting
     */
    public Setting<T> otherwise(T value) {
        return new Setting<>(
                key,
                type,
                syntax,
                allowed,
                sentence,
                range,
                group,
                needs,
                has,
                Optional.of(value),
                syntax.format().apply(value));
    }

    /**
     * The same setting without a default, with what that means.
     *
     * @param words what holds where it is not given, such as {@code "no limit"}
     * @return the setting
     */
    public Setting<T> unset(String words) {
        return new Setting<>(key, type, syntax, allowed, sentence, range, group, needs, has, Optional.empty(), words);
    }

    /**
     * Reads a value as it is written in a configuration.
     *
     * @param text the value; spaces around it do not count
     * @return the value, which may be out of range: {@link #accepts} says
     * @throws IllegalArgumentException when it cannot be read, with what is wrong
     */
    public T parse(String text) {
        return syntax.parse().apply(text.strip());
    }

    /**
     * Writes a value so that {@link #parse} reads it back equal.
     *
     * @param value the value
     * @return the text; {@value Secret#HIDDEN} for a secret, which is not read back
     */
    public String format(T value) {
        return syntax.format().apply(value);
    }

    /**
     * Writes a value of which only the setting knows the type.
     *
     * @param value the value
     * @return the text
     * @throws ClassCastException when it is not of this setting's type
     */
    public String formatted(Object value) {
        return format(type.cast(value));
    }

    /**
     * Writes a value for a message: a size or a duration as a configuration would say it, anything else as it says itself.
     *
     * @param value the value, of this setting's type
     * @return the words
     * @throws ClassCastException when it is not of this setting's type
     */
    public String shown(Object value) {
        return kind().equals(Syntax.BYTES.name()) || type == Duration.class ? formatted(value) : value.toString();
    }

    /**
     * Whether it can be written in a configuration; an object of the user's cannot.
     *
     * @return whether it can
     */
    public boolean written() {
        return !"object".equals(syntax.name());
    }

    /**
     * Whether its value is never shown, neither in explanations nor in faults.
     *
     * @return whether it is a secret
     */
    public boolean hidden() {
        return type == Secret.class;
    }

    /**
     * Whether a value is in range.
     *
     * @param value the value
     * @return whether it is
     */
    public boolean accepts(T value) {
        return range.test(value);
    }

    /**
     * Refuses a value out of range.
     *
     * @param value the value
     * @param source where it comes from
     * @return the value
     * @throws ConfigurationException naming the key, the value, what is allowed and the source
     */
    public T checked(T value, String source) {
        if (!range.test(value)) {
            throw new ConfigurationException(key + " must be " + allowed + ", but was " + shown(value) + " (from "
                    + source + ")" + advice(value));
        }
        return value;
    }

    private static boolean padded(String text) {
        return !text.equals(text.strip());
    }

    /** What to do instead of giving a value that is out of range. */
    String advice(Object value) {
        if (value instanceof String text && padded(text) && !text.isBlank()) {
            return "; take away the blanks around '" + text + "', which do not count in a configuration";
        }
        boolean nothing = "0".equals(value.toString()) || Duration.ZERO.equals(value);
        boolean stores = key.startsWith("maximum-") || key.startsWith("expire-after-");
        return nothing && stores ? "; to store nothing use the engine \"null\"" : "; leave it out for " + unset;
    }

    /**
     * The key.
     *
     * @return lower-case words with dashes
     */
    public String key() {
        return key;
    }

    /**
     * The type of its values.
     *
     * @return the class
     */
    public Class<T> type() {
        return type;
    }

    /**
     * The kind of its values.
     *
     * @return one of number, size, duration, decimal, switch, choice, word, secret, list, object
     */
    public String kind() {
        return syntax.name();
    }

    /**
     * What is allowed, in words.
     *
     * @return such as {@code "a whole number of 1 or more"}
     */
    public String allowed() {
        return allowed;
    }

    /**
     * What it does.
     *
     * @return one sentence
     */
    public String sentence() {
        return sentence;
    }

    /**
     * The group of which at most one setting may be given.
     *
     * @return the group's name, or empty
     */
    public Optional<String> group() {
        return group;
    }

    /**
     * What else is needed for it to do something.
     *
     * @return words such as {@code "a maximum"}, or empty
     */
    public Optional<String> needs() {
        return needs;
    }

    /**
     * Whether a cache's settings have what this one needs to do something, as far as they tell.
     *
     * @param spec the settings
     * @return whether it does something in a cache that has them
     */
    public boolean works(CacheSpec spec) {
        return has.test(spec);
    }

    /**
     * The value where it is not given.
     *
     * @return the default, or empty where there is none
     */
    public Optional<T> byDefault() {
        return byDefault;
    }

    /**
     * What holds where it is not given, in words.
     *
     * @return the default as it would be written, or words such as {@code "no limit"}
     */
    public String unset() {
        return unset;
    }

    @Override
    public String toString() {
        return key;
    }
}
