/** Zstandard, LZ4 and gzip for stored values. */
@SuppressWarnings("requires-automatic") // lz4-java names no module
module io.github.twatcache.compress {
    requires com.github.luben.zstd_jni;
    requires transitive io.github.twatcache.core;
    requires org.lz4.java;
    requires static org.jspecify;

    exports io.github.twatcache.compress;

    provides io.github.twatcache.spi.Compressor with
            io.github.twatcache.compress.Zstandard,
            io.github.twatcache.compress.Lz4,
            io.github.twatcache.compress.Gzip;
}
