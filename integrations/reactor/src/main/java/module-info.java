/** {@code Mono} and {@code Flux} of Reactor over a cache. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // so named in their manifests
module io.github.twatcache.reactor {
    requires transitive io.github.twatcache.core;
    requires static org.jspecify;
    requires transitive org.reactivestreams;
    requires transitive reactor.core;

    exports io.github.twatcache.reactor;
}
