/** Stored values in the format of Apache Fory. */
@SuppressWarnings("requires-automatic") // Fory names its module in its manifest only
module io.github.twatcache.fory {
    requires transitive io.github.twatcache.core;
    requires org.apache.fory.core;
    requires static org.jspecify;

    exports io.github.twatcache.fory;

    provides io.github.twatcache.spi.ValueFormat with
            io.github.twatcache.fory.ForyFormat;
}
