package io.github.twatcache.config;

import io.github.twatcache.text.CacheNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    /** What stands before, between and after the stars. */
    private final List<String> parts;

    NamePattern(String written) {
        List<String> between = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '*') {
                between.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (c == '\\' && i + 1 < written.length() && "*\\".indexOf(written.charAt(i + 1)) >= 0) {
                c = written.charAt(++i);
            }
            plain.append(c);
            part.append(c);
        }
        between.add(part.toString());
        this.parts = List.copyOf(between);
        this.stars = parts.size() - 1;
        this.literals = plain.length();
        this.name = plain.toString();
        // One text for all ways to write the same: a lone backslash is one, and so are two.
        this.text = parts.stream().map(NamePattern::escaped).collect(Collectors.joining("*"));
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

    /** Whether it is for that cache. Each part is looked for once, where it can first be: no star is ever taken back. */
    boolean matches(String other) {
        if (exact()) {
            return name.equals(other);
        }
        String last = parts.get(stars);
        int at = parts.get(0).length();
        int end = other.length() - last.length();
        if (at > end || !other.startsWith(parts.get(0)) || !other.endsWith(last)) {
            return false;
        }
        for (String part : parts.subList(1, stars)) {
            int found = other.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return at <= end;
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
