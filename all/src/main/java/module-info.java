/** Core and every engine: one module to require. */
module io.github.twatcache.all {
    requires transitive io.github.twatcache.caffeine;
    requires transitive io.github.twatcache.core;
    requires transitive io.github.twatcache.disk;
    requires transitive io.github.twatcache.files;
}
