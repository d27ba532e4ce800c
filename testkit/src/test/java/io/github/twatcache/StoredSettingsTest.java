package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Engine;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the settings of stored values do to caches; the engine that keeps bytes stands for the disk. */
class StoredSettingsTest {
    private static final String SHOWN =
            Base64.getEncoder().encodeToString("never shown, never logged".getBytes(StandardCharsets.US_ASCII));

    record User(String name) {}

    private static TwatCache open(Engine engine, String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put("TWAT_CACHE_" + environment[i], environment[i + 1]);
        }
        return TwatCache.builder()
                .engine(engine)
                .configuration(Sources.none().environment(variables))
                .open();
    }

    @Test
    void settings_ofStoredValues_onTheHeap_areRefusedWithWhoCan() {
        try (TwatCache twat = open(LastingEngine.disk())) {
            for (CacheBuilder builder : List.of(
                    twat.memory("c").codec("canonical"),
                    twat.memory("c").compress("none"),
                    twat.memory("c").allow(User.class),
                    twat.memory("c").hmacKey(Secret.ofBase64(SHOWN)))) {
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(
                                () -> builder.types(String.class, String.class).build())
                        .withMessageContaining("cannot honour")
                        .withMessageNotContaining(SHOWN);
            }
        }
    }

    @Test
    void settings_ofStoredValues_fromDefaults_areSkippedOnTheHeap() {
        try (TwatCache twat = open(LastingEngine.disk(), "DEFAULTS_COMPRESS", "zstd", "DEFAULTS_HMAC_KEY", SHOWN)) {
            Cache<String, String> cache =
                    twat.memory("c").types(String.class, String.class).build();
            cache.put("k", "v");
            assertThat(cache.getIfPresent("k")).isEqualTo("v");
            assertThat(cache.explain().toString())
                    .contains("compress = zstd")
                    .contains("hmac-key = (hidden)")
                    .contains("skipped")
                    .doesNotContain(SHOWN);
        }
    }

    @Test
    void key_ofAnother_isAMiss_countedAndComputedAnew() {
        LastingEngine disk = LastingEngine.disk();
        AtomicInteger loads = new AtomicInteger();
        int[] seeds = {1, 1, 2, 0};
        int[] expected = {1, 1, 2, 3};
        for (int i = 0; i < seeds.length; i++) {
            try (TwatCache twat = open(disk)) {
                byte[] secret = new byte[16];
                secret[0] = (byte) seeds[i];
                CacheBuilder builder = twat.disk("c");
                Cache<String, Integer> cache = (seeds[i] == 0 ? builder : builder.hmacKey(Secret.of(secret)))
                        .types(String.class, Integer.class)
                        .build();
                assertThat(cache.get("k", key -> loads.incrementAndGet())).isEqualTo(expected[i]);
                assertThat(cache.stats().missCount()).isEqualTo(i == 1 ? 0 : 1);
            }
        }
    }

    @Test
    void key_whereverSettingsAreShown_isHidden() {
        try (TwatCache twat = open(LastingEngine.disk(), "CACHES_C_HMAC_KEY", SHOWN, "CACHES_C_ENGINE", "disk")) {
            Cache<String, String> cache =
                    twat.cache("c").types(String.class, String.class).build();
            cache.put("k", "v");
            assertThat(List.of(
                            cache.explain().toString(),
                            cache.explain().settings().toString(),
                            twat.settings("c").toString(),
                            twat.configuration().toString(),
                            twat.disk("x").hmacKey(Secret.ofBase64(SHOWN)).toString()))
                    .noneMatch(text -> text.contains(SHOWN) || text.contains("never shown"))
                    .anyMatch(text -> text.contains("hmac-key"));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.cache("c")
                            .hmacKey(Secret.of(new byte[16]))
                            .types(String.class, String.class)
                            .build())
                    .withMessageContaining("hmac-key is (hidden) there")
                    .withMessageNotContaining(SHOWN);
        }
    }

    @Test
    void key_inAFault_isHidden_alsoUnderAMisspeltKey() {
        for (String variable : List.of("hmac-key", "hmac-kye", "hmackey", "hmac_key")) {
            Properties properties = new Properties();
            properties.setProperty("twat.cache.defaults." + variable, "too short!" + SHOWN);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> TwatCache.builder()
                            .configuration(Sources.none().systemProperties(properties))
                            .open())
                    .as(variable)
                    .withMessageContaining("(hidden)")
                    .withMessageNotContaining(SHOWN)
                    .satisfies(
                            refused -> assertThat(refused.faults().toString()).doesNotContain(SHOWN));
        }
    }

    @Test
    void memoize_ofWhatCannotBeStored_isRefusedAtOnce() {
        try (TwatCache twat = open(LastingEngine.disk())) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.disk("threads").memoize((String name) -> new Thread(name)))
                    .withMessageContaining("java.lang.Thread");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.disk("c").codec("nothing").memoize((String name) -> name))
                    .withMessageContaining("codec = nothing (from code)");
        }
    }

    @Test
    void type_thatTheCacheHadBefore_isAMiss() {
        LastingEngine disk = LastingEngine.disk();
        try (TwatCache twat = open(disk)) {
            twat.disk("c").types(String.class, String.class).build().put("k", "text");
        }
        try (TwatCache twat = open(disk)) {
            Cache<String, User> cache =
                    twat.disk("c").types(String.class, User.class).build();
            assertThat(cache.getIfPresent("k")).isNull();
            assertThat(cache.get("k", User::new)).isEqualTo(new User("k"));
        }
        try (TwatCache twat = open(disk)) {
            Cache<String, List<User>> cache = twat.disk("c")
                    .types(String.class, new TypeOf<List<User>>() {})
                    .build();
            assertThat(cache.getIfPresent("k")).isNull();
            cache.put("k", List.of(new User("a")));
            assertThat(cache.getIfPresent("k")).containsExactly(new User("a"));
        }
    }
}
