/** Programs that show the library at work. */
module io.github.twatcache.examples {
    requires io.github.twatcache.all;
    requires io.github.twatcache.files;
    requires io.github.twatcache.reactor;
}
