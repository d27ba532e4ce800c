/** An engine whose values the garbage collector may take. Nothing is exported: the engine is found by its name. */
module com.example.soft {
    requires io.github.twatcache.core;
    requires static org.jspecify;

    provides io.github.twatcache.spi.Engine with
            com.example.soft.SoftEngine;
}
