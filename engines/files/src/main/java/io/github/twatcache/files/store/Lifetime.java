package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * When an entry dies, in nanoseconds of the wall clock since 1970; {@link Terms#FOREVER} for never.
 *
 * @param fresh until when it lives
 * @param kept until when it is kept, alive or stale
 * @param late what more there is to say of an entry that may outlive its freshness; null for nothing
 */
record Lifetime(long fresh, long kept, @Nullable Late late) {
    private static final long SECOND = 1_000_000_000L;

    /**
     * What more there is to say of an entry that may outlive its freshness.
     *
     * @param due until when look-ups find it
     * @param aged whether somebody has made it stale
     * @param version what the source said of the value; null for nothing
     */
    record Late(long due, boolean aged, @Nullable String version) {
        /** The same where there is something to say; null where all look-ups find the entry as long as it is fresh. */
        @Nullable Late unless(long fresh) {
            return due == fresh && !aged && version == null ? null : this;
        }
    }

    /**
     * Gives entries their lifetimes. Where the clock is set back, entries live longer by as much.
     *
     * @param clock the wall's, which all processes share
     * @param standard how long an entry lives of which nothing else is said
     * @param own whether entries may have lifetimes of their own
     * @param keeps whether they may outlive their freshness
     */
    record Clock(InstantSource clock, long standard, boolean own, boolean keeps) {
        static Clock of(CacheSpec spec, InstantSource clock) {
            Duration standard = spec.get(Settings.EXPIRE_AFTER_WRITE);
            return new Clock(clock, nanos(standard), spec.on(Settings.PER_ENTRY_EXPIRY), spec.on(Settings.KEEP_STALE));
        }

        private static long nanos(@Nullable Duration duration) {
            try {
                return duration == null ? Terms.FOREVER : duration.toNanos();
            } catch (ArithmeticException longer) {
                return Terms.FOREVER;
            }
        }

        /** The time, in nanoseconds since 1970. */
        long now() {
            Instant now = clock.instant();
            return now.getEpochSecond() * SECOND + now.getNano();
        }

        /** Whether any entry may die. */
        boolean mortal() {
            return own || standard != Terms.FOREVER;
        }

        /** The life that begins now. */
        Lifetime starting(Terms terms, long now) {
            Lifetime life = living(terms, now);
            if (!keeps) {
                return life;
            }
            long due = terms.dueNanos() == Terms.UNSET ? life.fresh : Math.min(life.fresh, end(now, terms.dueNanos()));
            return new Lifetime(life.fresh, life.kept, new Late(due, false, terms.version()).unless(life.fresh));
        }

        private Lifetime living(Terms terms, long now) {
            if (own && (terms.freshNanos() != Terms.UNSET || terms.keptNanos() != Terms.UNSET)) {
                long fresh = terms.freshNanos() == Terms.UNSET ? terms.keptNanos() : terms.freshNanos();
                long kept = !keeps || terms.keptNanos() == Terms.UNSET ? fresh : Math.max(fresh, terms.keptNanos());
                return new Lifetime(end(now, fresh), end(now, kept), null);
            }
            return lasting(standard, now);
        }

        Lifetime lasting(long nanos, long now) {
            long end = end(now, nanos);
            return new Lifetime(end, end, null);
        }
    }

    private static long end(long now, long nanos) {
        if (nanos == Terms.FOREVER) {
            return Terms.FOREVER;
        }
        long end = now + nanos;
        return end < now && nanos >= 0 ? Terms.FOREVER : end;
    }
}
