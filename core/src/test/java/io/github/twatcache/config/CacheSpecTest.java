package io.github.twatcache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings written out as properties, and read back. */
class CacheSpecTest {
    private static final long SEED = Long.getLong("twat.seed", 20_261_125L);
    private static final Vocabulary WORDS = new Vocabulary(
            List.of(), List.of("memory", "heap", "null"), List.of("caffeine"), List.of("LOCKS", "MULTI_PROCESS"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users",
                "com.acme.Weather.fetch",
                "a*b",
                "back\\slash",
                "x=y:z",
                "naïve ☃",
                "two words",
                "e\u0301",
                "#1",
                ""
            })
    void toProperties_throughAFile_isReadBackEqual(String name) throws Exception {
        CacheSpec spec = CacheSpec.of(name, "heap")
                .with(Settings.MAXIMUM_BYTES, 64L << 20, "code")
                .with(Settings.POLICY, Policy.LFU, "code")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofMillis(90_061_001), "code")
                .with(Settings.EXPIRY_JITTER, 0.1, "code")
                .with(Settings.MODE, Mode.READ_ONLY, "code")
                .with(Settings.STATISTICS, true, "code");
        StringWriter file = new StringWriter();
        spec.toProperties().store(file, null);
        Properties read = new Properties();
        read.load(new StringReader(file.toString()));
        assertThat(CacheSpec.ofProperties(name, read, WORDS)).isEqualTo(spec);
    }

    @Test
    void word_withBlanksAround_isRefusedInCode_sinceAConfigurationWouldReadAnother() {
        CacheSpec spec = CacheSpec.of("users", "heap");
        assertThatThrownBy(() -> spec.with(Settings.VERSION, " v1 ", "code"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("version must be", "(from code); take away the blanks around ' v1 '");
        assertThat(spec.with(Settings.VERSION, "v 1", "code").get(Settings.VERSION))
                .isEqualTo("v 1");
    }

    @Test
    void name_inWhateverForm_isTheSame() {
        assertThat(CacheSpec.of("e\u0301", "heap")).isEqualTo(CacheSpec.of("\u00e9", "heap"));
        assertThat(CacheSpec.of("", "heap").named("e\u0301").name()).isEqualTo("\u00e9");
    }

    @Test
    void toProperties_randomSpecs_areReadBackEqual() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            CacheSpec spec = CacheSpec.of("cache-" + i, random.nextBoolean() ? "heap" : "caffeine");
            for (Setting<?> setting : Settings.ALL) {
                if (random.nextBoolean()) {
                    spec = withRandom(spec, setting, random);
                }
            }
            assertThat(CacheSpec.ofProperties(spec.name(), spec.toProperties(), WORDS))
                    .as("seed %d", SEED)
                    .isEqualTo(spec);
        }
    }

    private static <T> CacheSpec withRandom(CacheSpec spec, Setting<T> setting, Random random) {
        Object value;
        if (setting.type() == Long.class) {
            value = 1 + (random.nextLong() >>> (1 + random.nextInt(60)));
        } else if (setting.type() == Duration.class) {
            value = Duration.ofSeconds(random.nextInt(1_000_000), 1 + random.nextInt(999_999_999));
        } else if (setting.type() == Double.class) {
            value = 1e-6 + random.nextDouble() / 2;
        } else if (setting.type() == Boolean.class) {
            value = random.nextBoolean();
        } else if (setting.type().isEnum()) {
            value = setting.type()
                    .getEnumConstants()[random.nextInt(setting.type().getEnumConstants().length)];
        } else if (setting.type() == Requirements.class) {
            value = new Requirements(random.nextBoolean() ? Set.of("LOCKS") : Set.of("LOCKS", "MULTI_PROCESS"));
        } else if (setting.kind().equals("word")) {
            value = random.nextBoolean() ? "heap" : "memory";
        } else {
            return spec;
        }
        T typed = setting.type().cast(value);
        boolean excluded = setting.group().isPresent()
                && spec.given().stream().anyMatch(other -> other.group().equals(setting.group()));
        return excluded || !setting.accepts(typed) ? spec : spec.with(setting, typed, "code");
    }

    @Test
    void ofProperties_faults_areToldTogether() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.caches.a.maximum-size", "0");
        properties.setProperty("twat.cache.caches.a.policy", "best");
        assertThatThrownBy(() -> CacheSpec.ofProperties("a", properties, WORDS))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        thrown -> assertThat(thrown.faults()).hasSize(2));
    }

    @Test
    void setting_everyOneOfCore_readsItsOwnDefault() {
        for (Setting<?> setting : Settings.ALL) {
            setting.byDefault()
                    .ifPresent(
                            value -> assertThat(setting.parse(setting.unset())).isEqualTo(value));
            assertThat(setting.sentence()).endsWith(".");
            assertThat(setting.key()).matches("[a-z]+(-[a-z]+)*");
        }
    }
}
