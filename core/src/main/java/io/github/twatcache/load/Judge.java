package io.github.twatcache.load;

import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/** Decides on what terms a value is kept. Runs functions of the user's, outside all locks. */
public interface Judge {
    /** Keeps everything, on no terms of its own. */
    Judge PLAIN = new Judge() {};

    /**
     * Judges a value that a load has computed.
     *
     * @param key the masked key
     * @param value the value
     * @return the terms
     * @throws Unfit when it is not to be stored
     */
    default Terms loaded(Object key, @Nullable Object value) throws Unfit {
        return Terms.PLAIN;
    }

    /**
     * Judges a value that somebody puts.
     *
     * @param key the masked key
     * @param value the value
     * @param asked the terms that were asked for
     * @return the terms
     * @throws Unfit when it is not to be stored
     */
    default Terms put(Object key, @Nullable Object value, Terms asked) throws Unfit {
        return asked;
    }
}
