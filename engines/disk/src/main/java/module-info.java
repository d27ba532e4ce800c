/** The engine that keeps entries in one SQLite database, which processes share. */
module io.github.twatcache.disk {
    requires com.dynatrace.hash4j;
    requires transitive io.github.twatcache.core;
    requires java.sql;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;

    exports io.github.twatcache.disk;

    provides io.github.twatcache.spi.Engine with
            io.github.twatcache.disk.DiskEngine;
}
