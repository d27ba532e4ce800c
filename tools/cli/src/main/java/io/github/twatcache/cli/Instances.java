package io.github.twatcache.cli;

import io.github.twatcache.TwatCacheBuilder;

/** Where a command gets its instances from: tests add engines of their own. */
@FunctionalInterface
interface Instances {
    TwatCacheBuilder start();
}
