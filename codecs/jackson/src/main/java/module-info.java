/** Stored values as JSON, by Jackson. */
module io.github.twatcache.jackson {
    requires transitive io.github.twatcache.core;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.github.twatcache.jackson;

    provides io.github.twatcache.spi.ValueFormat with
            io.github.twatcache.jackson.JacksonFormat;
}
