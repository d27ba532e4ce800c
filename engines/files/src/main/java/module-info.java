/** The engine that keeps results in plain files: arrays as NumPy's, everything else as bytes. */
module io.github.twatcache.files {
    requires com.dynatrace.hash4j;
    requires transitive io.github.twatcache.core;
    requires static org.jspecify;
    requires org.slf4j;

    exports io.github.twatcache.files;
    exports io.github.twatcache.files.npy;

    provides io.github.twatcache.spi.Engine with
            io.github.twatcache.files.FilesEngine;
}
