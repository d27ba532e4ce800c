package io.github.twatcache.load;

import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.Unstored;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a function has said of the value that it is computing, and was told of the one that there is. Written and read by the
 * thread that runs it.
 */
final class Said {
    private boolean told;
    private @Nullable Kept kept;
    private long freshNanos = Terms.UNSET;
    private boolean unstored;
    private @Nullable String version;
    private final Set<String> tags = new HashSet<>();

    /** What was kept when it first asked. */
    @Nullable Kept of(Supplier<? extends @Nullable Kept> now) {
        if (!told) {
            kept = now.get();
            told = true;
        }
        return kept;
    }

    void lasting(long nanos) {
        freshNanos = nanos;
    }

    void unstored() {
        unstored = true;
    }

    void tagged(Set<String> more) {
        tags.addAll(more);
    }

    void versioned(@Nullable String of) {
        version = of;
    }

    /** The terms with what was said; it comes after all rules of the cache's. */
    Terms on(Terms terms) throws Unfit {
        if (unstored) {
            throw new Unfit(Unstored.CONDITION);
        }
        if (freshNanos != Terms.UNSET && freshNanos <= 0) {
            throw new Unfit(Unstored.EXPIRED);
        }
        Terms said = freshNanos == Terms.UNSET ? terms : terms.lasting(freshNanos);
        if (!tags.isEmpty()) {
            Set<String> all = new HashSet<>(said.tags());
            all.addAll(tags);
            said = said.tagged(all);
        }
        return version == null ? said : said.versioned(version);
    }
}
