package io.github.twatcache;

import io.github.twatcache.load.Judge;
import io.github.twatcache.load.Unfit;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one put: how long, under which tags. Immutable.
 *
 * <pre>{@code
 * cache.put("a", value, Keep.lasting(ofMinutes(5)).tagged("user:1"));
 * }</pre>
 */
public final class Keep {
    private static final Keep PLAIN = new Keep(null, false, Set.of());

    private final @Nullable Duration lifetime;
    private final boolean forEver;
    private final Set<String> tags;

    private Keep(@Nullable Duration lifetime, boolean forEver, Set<String> tags) {
        this.lifetime = lifetime;
        this.forEver = forEver;
        this.tags = tags;
    }

    /**
     * For a lifetime of its own, counted from the put; needs {@code perEntryExpiry()} on the builder.
     *
     * @param lifetime longer than zero
     * @return the terms
     * @throws IllegalArgumentException when the lifetime is zero or negative
     */
    public static Keep lasting(Duration lifetime) {
        Objects.requireNonNull(lifetime, "lifetime");
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("lifetime must be longer than zero, but was " + Durations.shown(lifetime)
                    + "; to remove an entry use remove(key)");
        }
        return new Keep(lifetime, false, Set.of());
    }

    /**
     * Without end, whatever the cache's own lifetime is; needs {@code perEntryExpiry()} on the builder.
     *
     * @return the terms
     */
    public static Keep forEver() {
        return new Keep(null, true, Set.of());
    }

    /**
     * For the cache's own lifetime, under tags; needs {@code tags()} on the builder.
     *
     * @param tags the tags
     * @return the terms
     */
    public static Keep under(String... tags) {
        Objects.requireNonNull(tags, "tags");
        return PLAIN.tagged(tags);
    }

    /**
     * The same terms and more tags.
     *
     * @param more the tags
     * @return the terms
     */
    public Keep tagged(String... more) {
        Objects.requireNonNull(more, "more");
        Set<String> all = new LinkedHashSet<>(tags);
        all.addAll(List.of(more));
        return new Keep(lifetime, forEver, Set.copyOf(all));
    }

    boolean timed() {
        return forEver || lifetime != null;
    }

    boolean tagged() {
        return !tags.isEmpty();
    }

    Terms terms() {
        Terms terms = tags.isEmpty() ? Terms.PLAIN : Terms.PLAIN.tagged(tags);
        if (forEver) {
            return terms.lasting(Terms.FOREVER);
        }
        return lifetime == null ? terms : terms.lasting(Nanos.of(lifetime));
    }

    /** A judge that gives the value of a load these terms, after all that another judge decides. */
    Judge after(Judge rules, Terms asked) {
        return new Judge() {
            @Override
            public Terms loaded(Object key, @Nullable Object value) throws Unfit {
                Terms terms = rules.loaded(key, value);
                if (asked.freshNanos() != Terms.UNSET) {
                    terms = terms.lasting(asked.freshNanos());
                }
                if (asked.tags().isEmpty()) {
                    return terms;
                }
                Set<String> all = new LinkedHashSet<>(terms.tags());
                all.addAll(asked.tags());
                return terms.tagged(all);
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Keep that
                && Objects.equals(lifetime, that.lifetime)
                && forEver == that.forEver
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lifetime, forEver, tags);
    }

    @Override
    public String toString() {
        String time = forEver
                ? "for ever"
                : Optional.ofNullable(lifetime).map(Duration::toString).orElse("as set");
        return "keep " + time + (tags.isEmpty() ? "" : " under " + tags);
    }
}
