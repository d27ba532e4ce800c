package io.github.twatcache.architecture.wrong.stats;

import io.github.twatcache.architecture.wrong.load.High;

/** Breaks the order on purpose: a lower room that knows a higher one. */
public final class Low {
    final High high = new High();
}
