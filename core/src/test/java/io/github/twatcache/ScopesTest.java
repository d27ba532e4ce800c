package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scopes: what depends on no engine. What holds for each, every engine is asked in the testkit. */
class ScopesTest {
    private final TwatCache twat =
            TwatCache.builder().configuration(Sources.none()).open();

    @AfterEach
    void close() {
        twat.close();
    }

    private static String shout(String word) {
        return word + "!";
    }

    private String engine(String name) {
        return twat.memory(name).memoize(ScopesTest::shout).explain().engine();
    }

    @Test
    void scope_functionThatReturnsNull_isRefusedInWords() {
        try (TwatCache twat = TwatCache.open()) {
            assertThatThrownBy(() -> twat.scope(c -> null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("let it return the builder");
        }
    }

    @Test
    void scope_null_cachesMadeInsideComputeAndThoseOutsideDoNot() {
        var before = twat.memory("a").memoize(ScopesTest::shout);
        try (Scope scope = twat.scope(c -> c.engine("null"))) {
            assertThat(scope.toString()).contains("engine=null");
            assertThat(engine("b")).isEqualTo("null");
        }
        before.apply("x");
        assertThat(before.isCached("x")).isTrue();
        assertThat(engine("c")).isEqualTo("heap");
    }

    @Test
    void scope_sameNameInsideAndOutside_areTwoCaches() {
        var outside = twat.memory("a").maximumSize(5).memoize(ScopesTest::shout);
        try (Scope scope = twat.scope(c -> c.maximumSize(1))) {
            var inside = twat.memory("a").maximumSize(5).memoize(ScopesTest::shout);
            assertThat(inside.explain().settings().get("maximum-size").toString())
                    .contains("value=1", "scope");
            inside.apply("x");
            assertThat(outside.isCached("x")).isFalse();
            assertThat(scope).isNotNull();
        }
        assertThat(twat.memory("a").maximumSize(5).memoize(ScopesTest::shout).explain())
                .isEqualTo(outside.explain());
    }

    @Test
    void scope_nested_inheritsAndTheInnerWins() {
        try (Scope outer = twat.scope(c -> c.maximumSize(1).statistics())) {
            try (Scope inner = twat.scope(c -> c.maximumBytes(2))) {
                var settings =
                        twat.memory("a").memoize(ScopesTest::shout).explain().settings();
                assertThat(settings.keySet()).containsExactlyInAnyOrder("statistics", "maximum-bytes");
                assertThat(inner).isNotSameAs(outer);
            }
            assertThat(twat.memory("b").memoize(ScopesTest::shout).explain().settings())
                    .containsKey("maximum-size");
        }
        assertThat(twat.memory("c").memoize(ScopesTest::shout).explain().settings())
                .isEmpty();
    }

    @Test
    void scope_settingsThatThrow_openNone() {
        assertThatThrownBy(() -> twat.scope(c -> c.maximumSize(0))).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> twat.scope(c -> c.named("x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a scope overrides");
        assertThat(twat.memory("a").memoize(ScopesTest::shout).explain().settings())
                .isEmpty();
    }

    @Test
    void scope_outerClosedFirst_endsTheInnerToo() {
        Scope outer = twat.scope(c -> c.engine("null"));
        Scope inner = twat.scope(c -> c.maximumSize(1));
        outer.close();
        assertThat(engine("a")).isEqualTo("heap");
        inner.close();
        outer.close();
        assertThat(engine("b")).isEqualTo("heap");
    }

    @Test
    void scope_settingThatAnEngineCannotHonour_isSkippedThere() {
        try (Scope scope = twat.scope(c -> c.set(io.github.twatcache.heap.HeapSettings.SEED, 1L))) {
            Explanation explanation =
                    twat.cache("a").engine("null").memoize(ScopesTest::shout).explain();
            assertThat(explanation.notes()).singleElement().asString().contains("seed = 1 (from scope) is skipped");
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void scope_beatsCodeAndGivesWayToOverride() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.override.policy", "fifo");
        try (TwatCache own = TwatCache.builder()
                        .configuration(Sources.none().systemProperties(properties))
                        .open();
                Scope scope = own.scope(c -> c.policy(Policy.LFU).maximumSize(3))) {
            var settings = own.memory("a")
                    .policy(Policy.MRU)
                    .maximumSize(9)
                    .memoize(ScopesTest::shout)
                    .explain()
                    .settings();
            assertThat(settings.get("policy").value()).isEqualTo(Policy.FIFO);
            assertThat(settings.get("maximum-size").value()).isEqualTo(3L);
            assertThat(scope).isNotNull();
        }
    }
}
