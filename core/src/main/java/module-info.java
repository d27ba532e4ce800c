/** The API, keys, loading, settings, what engines see, and the built-in heap engine. */
module io.github.twatcache.core {
    requires org.slf4j;
    requires org.objectweb.asm;
    requires com.dynatrace.hash4j;
    requires dev.failsafe.core;
    requires static jdk.jfr;
    requires static transitive org.jspecify;

    uses io.github.twatcache.spi.Compressor;
    uses io.github.twatcache.spi.Engine;
    uses io.github.twatcache.spi.ValueFormat;

    exports io.github.twatcache;
    exports io.github.twatcache.config;
    exports io.github.twatcache.error;
    exports io.github.twatcache.function;
    exports io.github.twatcache.heap;
    exports io.github.twatcache.key;
    exports io.github.twatcache.path;
    exports io.github.twatcache.shared;
    exports io.github.twatcache.spi;
    exports io.github.twatcache.stats;
    exports io.github.twatcache.wrap;

    provides io.github.twatcache.spi.Engine with
            io.github.twatcache.heap.HeapEngine,
            io.github.twatcache.heap.NullEngine;
}
