/** The command line, {@code ./twat-cache}. */
module io.github.twatcache.cli {
    requires info.picocli;
    requires io.github.twatcache.core;
    requires io.github.twatcache.files;
    requires static org.jspecify;

    // picocli sets the fields of the commands by reflection
    opens io.github.twatcache.cli to
            info.picocli;
}
