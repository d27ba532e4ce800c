/** The conformance suite that every engine passes. Open, because JUnit runs its tests by reflection. */
@SuppressWarnings("requires-automatic") // AssertJ and JUnit name their modules, some of what they need does not
open module io.github.twatcache.testkit {
    requires transitive io.github.twatcache.core;
    requires transitive org.junit.jupiter.api;
    requires java.compiler;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
    requires static org.jspecify;

    exports io.github.twatcache.testkit;
    exports io.github.twatcache.testkit.generate;
}
