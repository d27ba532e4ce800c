package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Terms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Gives entries their lifetimes, by the wall clock, which all processes share and which outlives them. Where the clock is
 * set back, entries live longer by as much.
 */
final class Lifetimes {
    private static final long SECOND = 1_000_000_000L;

    private final InstantSource clock;
    private final long hardNanos;
    private final boolean own;
    private final boolean keeps;

    Lifetimes(CacheSpec spec, InstantSource clock) {
        this.clock = clock;
        this.hardNanos = Limits.nanos(spec.get(Settings.EXPIRE_AFTER_WRITE));
        this.own = spec.on(Settings.PER_ENTRY_EXPIRY);
        this.keeps = spec.on(Settings.KEEP_STALE);
    }

    /** Whether entries may have lifetimes of their own. */
    boolean own() {
        return own;
    }

    /** Whether entries may outlive their freshness. */
    boolean keeps() {
        return keeps;
    }

    /** The time, in nanoseconds since 1970. */
    long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    /** The life that begins now. */
    Lifetime starting(Terms terms, long now, long idleNanos) {
        Lifetime lifetime = living(terms, now, idleNanos);
        if (!keeps || lifetime.renewed()) {
            return lifetime;
        }
        long due = terms.dueNanos() == Terms.UNSET
                ? lifetime.fresh()
                : Math.min(lifetime.fresh(), Lifetime.end(now, terms.dueNanos()));
        return due == lifetime.fresh() && lifetime.kept() == lifetime.fresh() && terms.version() == null
                ? lifetime
                : new Lifetime(
                        lifetime.fresh(),
                        lifetime.kept(),
                        Lifetime.FIXED,
                        new Lifetime.Late(due, false, terms.version()));
    }

    private Lifetime living(Terms terms, long now, long idleNanos) {
        if (own && (terms.freshNanos() != Terms.UNSET || terms.keptNanos() != Terms.UNSET)) {
            long fresh = terms.freshNanos() == Terms.UNSET ? terms.keptNanos() : terms.freshNanos();
            long kept = terms.keptNanos() == Terms.UNSET ? fresh : Math.max(fresh, terms.keptNanos());
            return new Lifetime(Lifetime.end(now, fresh), Lifetime.end(now, kept), Lifetime.FIXED);
        }
        long hard = Lifetime.end(now, hardNanos);
        if (idleNanos == Terms.FOREVER) {
            return hard == Terms.FOREVER ? Lifetime.ENDLESS : new Lifetime(hard, hard, Lifetime.FIXED);
        }
        long soft = Math.min(hard, Lifetime.end(now, idleNanos));
        return new Lifetime(soft, soft, hard);
    }

    /** The life that a touch gives. */
    Lifetime lasting(long nanos, long now) {
        long end = Lifetime.end(now, nanos);
        return new Lifetime(end, end, Lifetime.FIXED);
    }

    /** The terms on which an entry is kept, as they are seen from now; none of its ends lies before that. */
    static Terms terms(Row row, Lifetime lifetime, Set<String> tags, long now) {
        Lifetime.Late late = lifetime.late();
        long fresh = left(lifetime.fresh(), now);
        return new Terms(
                fresh,
                left(lifetime.kept(), now),
                tags,
                (int) Math.min(Integer.MAX_VALUE, row.weight()),
                row.cost(),
                late == null ? fresh : left(late.due(), now),
                late == null ? null : late.version());
    }

    private static long left(long end, long now) {
        return end == Terms.FOREVER ? Terms.FOREVER : Math.max(0, end - now);
    }
}
