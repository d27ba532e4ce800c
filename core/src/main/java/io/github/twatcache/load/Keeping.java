package io.github.twatcache.load;

import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.stats.Unstored;
import org.jspecify.annotations.Nullable;

/** Stores what loads have computed, and counts what is not stored, and why. */
final class Keeping {
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Tally tally;
    private final Warnings warnings;

    Keeping(InFlight inFlight, Store<Object> store) {
        this.inFlight = inFlight;
        this.store = store;
        this.tally = inFlight.tally();
        this.warnings = new Warnings(inFlight.cache(), InFlight.LOG);
    }

    /**
     * Stores what a load has computed, unless somebody has detached it. Never throws but for errors of the JVM.
     *
     * @param mine the load
     * @param here what its thread works on: the load itself, or the bulk that it is part of
     * @param value what was computed
     * @param judge decides on what terms it is kept
     * @param guard the condition
     * @return whether it is stored
     */
    boolean keep(Load mine, Load here, @Nullable Object value, Judge judge, Guard guard) {
        // Whoever has seen the value must not get an older failure when the value is gone.
        inFlight.failures().forget(mine.key);
        try {
            Terms terms = judge.loaded(mine.key, value);
            if (inFlight.closed()) {
                tally.unstored(Unstored.CLOSED);
            } else if (!inFlight.mode().stores()) {
                tally.unstored(Unstored.SWITCHED_OFF);
            } else if (!mine.commit()) {
                tally.unstored(Unstored.LATE);
            } else {
                try {
                    here.storing = true;
                    Outcome outcome = store.put(mine.key, Nil.mask(value), terms, guard);
                    if (outcome == Outcome.REFUSED && guard != Guard.ABSENT) {
                        // What was to be replaced has been evicted or has expired meanwhile.
                        outcome = store.put(mine.key, Nil.mask(value), terms, Guard.ABSENT);
                    }
                    count(outcome);
                    return outcome == Outcome.STORED;
                } finally {
                    here.storing = false;
                }
            }
        } catch (Unfit unfit) {
            tally.unstored(unfit.reason());
            if (unfit.getCause() != null) {
                warnings.unstored(unfit.reason(), unfit.getCause());
            }
        } catch (RuntimeException failed) {
            if (inFlight.closed()) {
                tally.unstored(Unstored.CLOSED);
                return false;
            }
            tally.unstored(Unstored.ENGINE_FAILED);
            warnings.unstored(Unstored.ENGINE_FAILED, failed);
        }
        return false;
    }

    /** Removes the value that a refresh could not replace: whoever has seen the new one must not get the old one again. */
    void drop(Load mine, Guard guard) {
        try {
            mine.storing = true;
            store.remove(mine.key, guard);
        } catch (RuntimeException failed) {
            warnings.unstored(Unstored.ENGINE_FAILED, failed);
        } finally {
            mine.storing = false;
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case STORED -> tally.put();
            case REFUSED -> tally.unstored(Unstored.LATE);
            case FULL -> tally.unstored(Unstored.FULL);
            case TOO_HEAVY -> tally.unstored(Unstored.TOO_HEAVY);
        }
    }
}
