package io.github.twatcache.config;

import io.github.twatcache.text.CacheNames;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cache's name, or a pattern for many: {@code *} stands for any characters, also for none. {@code \*} is a star and
 * {@code \\} a backslash in a name.
 *
 * <p>Of two patterns that fit, the one with more characters beside its stars is the more specific; among equals, the one
 * with fewer stars; then the later in the order of their characters.
 */
final class NamePattern implements Comparable<NamePattern> {
    private static final Comparator<NamePattern> BY_SPECIFICITY = Comparator.<NamePattern>comparingInt(p -> p.literals)
            .thenComparing(p -> p.stars, Comparator.reverseOrder())
            .thenComparing(p -> p.text);

    private final String text;
    private final String name;
    private final int literals;
    private final int stars;
    private final Pattern pattern;

    NamePattern(String text) {
        StringBuilder regex = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                count++;
                regex.append(".*");
                continue;
            }
            if (c == '\\' && i + 1 < text.length() && "*\\".indexOf(text.charAt(i + 1)) >= 0) {
                c = text.charAt(++i);
            }
            plain.append(c);
            regex.append(Pattern.quote(String.valueOf(c)));
        }
        this.text = text;
        this.stars = count;
        this.literals = plain.length();
        this.name = plain.toString();
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** A name as it is written so that it is read as that name and no pattern. */
    static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("*", "\\*");
    }

    /** Whether it is the name of one cache. */
    boolean exact() {
        return stars == 0;
    }

    /** What is wrong with it, in words: no cache can be named so. */
    Optional<String> fault() {
        return CacheNames.refused(exact() ? name : text);
    }

    /** The name, where it is one. */
    String name() {
        return name;
    }

    boolean matches(String other) {
        return exact() ? name.equals(other) : pattern.matcher(other).matches();
    }

    /** The less specific first; a name after all patterns. */
    @Override
    public int compareTo(NamePattern other) {
        return exact() == other.exact() ? BY_SPECIFICITY.compare(this, other) : exact() ? 1 : -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
