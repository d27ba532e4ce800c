package io.github.twatcache.load;

import io.github.twatcache.spi.Terms;

/**
 * How long what is stored is found, fresh and kept, as the settings of one cache say. All times in nanoseconds. Immutable.
 *
 * @param lifeNanos the lifetime of entries that have none of their own; {@link Terms#FOREVER} for no end
 * @param keeps whether entries may be kept past their freshness at all
 * @param refreshNanos for how long look-ups find an entry; {@link Terms#FOREVER} for as long as it is fresh
 * @param ahead for which fraction of its lifetime look-ups find an entry; 1 for all of it
 * @param beta how eager early recomputation is; 0 for none
 * @param staleNanos for how long an entry is kept when it is no longer fresh
 * @param failover whether look-ups find nothing, so that each call computes
 * @param slowerNanos how long a computation must take at least for its value to be stored
 */
public record Freshness(
        long lifeNanos,
        boolean keeps,
        long refreshNanos,
        double ahead,
        double beta,
        long staleNanos,
        boolean failover,
        long slowerNanos) {
    /**
     * Before an entry is so near its end that this many times its computing takes longer, chance recomputes it in fewer than
     * one of a billion calls: until then look-ups need not ask.
     */
    private static final double WINDOW = 21;

    /** What holds where nothing was asked for. */
    public static final Freshness PLAIN = new Freshness(Terms.FOREVER, false, Terms.FOREVER, 1, 0, 0, false, 0);

    /** Whether it must be measured how long values take to compute. */
    boolean measures() {
        return beta > 0 || slowerNanos > 0;
    }

    /** The same where the store cannot keep anything past its freshness. */
    Freshness withoutKeeping() {
        return new Freshness(lifeNanos, false, Terms.FOREVER, 1, 0, 0, false, slowerNanos);
    }

    /** Whether a value that took so long to compute is to be stored. */
    boolean slowEnough(long costNanos) {
        return costNanos >= slowerNanos;
    }

    /**
     * Completes the terms of an entry that is to be stored.
     *
     * @param judged its terms, whose lifetime is that for which it is fresh
     * @return the terms with all three ends
     */
    public Terms terms(Terms judged) {
        if (!keeps) {
            return judged;
        }
        long life = judged.freshNanos() == Terms.UNSET ? lifeNanos : judged.freshNanos();
        long kept = Math.max(saturated(life, staleNanos), judged.keptNanos());
        return judged.lasting(due(life, judged.costNanos()), life, kept);
    }

    private long due(long life, long costNanos) {
        if (failover) {
            return 0;
        }
        long due = Math.min(life, refreshNanos);
        if (life != Terms.FOREVER) {
            due = ahead < 1 ? Math.min(due, (long) ((double) life * ahead)) : due;
            due = beta > 0
                    ? Math.min(due, life - (long) Math.min((double) life, (double) costNanos * beta * WINDOW))
                    : due;
        }
        return due;
    }

    /**
     * Whether chance has it that a value is computed anew now, though it is fresh: with the probability e^(-left / (cost *
     * beta)), as in "Optimal Probabilistic Cache Stampede Prevention" (Vattani, Chierichetti, Lowenstein, 2015).
     *
     * @param leftNanos for how long it is fresh
     * @param costNanos how long it took to compute
     * @param chance drawn evenly, at least 0 and less than 1
     */
    boolean early(long leftNanos, long costNanos, double chance) {
        return beta == 0 || -(double) costNanos * beta * Math.log(1 - chance) >= (double) leftNanos;
    }

    private static long saturated(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Terms.FOREVER : sum;
    }
}
