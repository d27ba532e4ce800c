package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A setting as data: its key, type, range and meaning. Each is a constant, compared by identity.
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {
    private final String key;
    private final Class<T> type;
    private final String allowed;
    private final String sentence;
    private final Optional<String> group;
    private final Predicate<? super T> range;

    private Setting(
            String key,
            Class<T> type,
            String allowed,
            String sentence,
            Optional<String> group,
            Predicate<? super T> range) {
        this.key = key;
        this.type = type;
        this.allowed = allowed;
        this.sentence = sentence;
        this.group = group;
        this.range = range;
    }

    /**
     * A whole number.
     *
     * @param key the key, such as {@code "maximum-size"}
     * @param least the least value allowed
     * @param most the greatest value allowed
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Long> count(String key, long least, long most, String sentence) {
        String allowed = most == Long.MAX_VALUE
                ? "a whole number of " + least + " or more"
                : "a whole number from " + least + " to " + most;
        return new Setting<>(key, Long.class, allowed, sentence, Optional.empty(), n -> n >= least && n <= most);
    }

    /**
     * A duration longer than zero.
     *
     * @param key the key
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static Setting<Duration> duration(String key, String sentence) {
        return new Setting<>(
                key,
                Duration.class,
                "a duration longer than zero",
                sentence,
                Optional.empty(),
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
        return new Setting<>(
                key,
                Double.class,
                "a fraction greater than 0 and less than 1",
                sentence,
                Optional.empty(),
                f -> f > 0 && f < 1);
    }

    /**
     * A switch, on or off.
     *
     * @param key the key
     * @param sentence what it does when on, in one sentence
     * @return the setting
     */
    public static Setting<Boolean> flag(String key, String sentence) {
        return new Setting<>(key, Boolean.class, "true or false", sentence, Optional.empty(), f -> true);
    }

    /**
     * One of a few words.
     *
     * @param <E> the type of the words
     * @param key the key
     * @param type the type of the words
     * @param sentence what it does, in one sentence
     * @return the setting
     */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type, String sentence) {
        return new Setting<>(
                key, type, "one of " + Arrays.toString(type.getEnumConstants()), sentence, Optional.empty(), e -> true);
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
        return new Setting<>(key, type, "a " + type.getSimpleName(), sentence, Optional.empty(), o -> true);
    }

    /**
     * The same setting as a member of a group of which at most one may be given.
     *
     * @param name the group's name
     * @return the setting
     */
    public Setting<T> in(String name) {
        return new Setting<>(key, type, allowed, sentence, Optional.of(name), range);
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
            boolean nothing = "0".equals(value.toString()) || Duration.ZERO.equals(value);
            boolean stores = key.startsWith("maximum-") || key.startsWith("expire-after-");
            String hint = nothing && stores ? "; to store nothing use the engine \"null\"" : "; leave it out for none";
            throw new ConfigurationException(
                    key + " must be " + allowed + ", but was " + value + " (from " + source + ")" + hint);
        }
        return value;
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

    @Override
    public String toString() {
        return key;
    }
}
