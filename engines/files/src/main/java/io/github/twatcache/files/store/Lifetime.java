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
 */
record Lifetime(long fresh, long kept) {
    private static final long SECOND = 1_000_000_000L;

    /**
     * Gives entries their lifetimes. Where the clock is set back, entries live longer by as much.
     *
     * @param clock the wall's, which all processes share
     * @param standard how long an entry lives of which nothing else is said
     * @param own whether entries may have lifetimes of their own
     */
    record Clock(InstantSource clock, long standard, boolean own) {
        static Clock of(CacheSpec spec, InstantSource clock) {
            Duration standard = spec.get(Settings.EXPIRE_AFTER_WRITE);
            return new Clock(clock, nanos(standard), spec.on(Settings.PER_ENTRY_EXPIRY));
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
            if (own && (terms.freshNanos() != Terms.UNSET || terms.keptNanos() != Terms.UNSET)) {
                long fresh = terms.freshNanos() == Terms.UNSET ? terms.keptNanos() : terms.freshNanos();
                long kept = terms.keptNanos() == Terms.UNSET ? fresh : Math.max(fresh, terms.keptNanos());
                return new Lifetime(end(now, fresh), end(now, kept));
            }
            return lasting(standard, now);
        }

        Lifetime lasting(long nanos, long now) {
            long end = end(now, nanos);
            return new Lifetime(end, end);
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
