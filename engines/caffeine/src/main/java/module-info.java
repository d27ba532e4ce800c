/** The heap engine on Caffeine. */
module io.github.twatcache.caffeine {
    requires com.github.benmanes.caffeine;
    requires transitive io.github.twatcache.core;
    requires static org.jspecify;

    exports io.github.twatcache.caffeine;

    provides io.github.twatcache.spi.Engine with
            io.github.twatcache.caffeine.CaffeineEngine;
}
