package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Secret;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.Format;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.Trait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the format of diskcache cannot do is refused when the cache is built, with what to do. */
final class SharedRefusalsTest {
    @TempDir
    Path temporary;

    private TwatCache twat;

    @BeforeEach
    void open() {
        twat = Own.instance(temporary);
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private CacheBuilder shared() {
        return twat.disk("shared").with(DiskSettings.diskcache(temporary.resolve("shared")));
    }

    @ParameterizedTest
    @ValueSource(classes = {Integer.class, int.class, Double.class, Boolean.class, int[].class, Map.class})
    void build_keysThatPythonCannotName_refused(Class<?> keys) {
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> shared().types(keys, String.class).build())
                .withMessageContaining("String, Long or byte[]");
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Long.class, long.class, byte[].class, Object.class, Comparable.class})
    void build_keysThatItCan_accepted(Class<?> keys) {
        assertThat(shared().types(keys, String.class).build().size()).isZero();
    }

    @Test
    void put_keyThatPythonCannotName_refused() {
        Cache<Object, String> cache = shared().types(Object.class, String.class).build();
        for (Object key : new Object[] {5, 2.5, true, 'c', new int[] {1}}) {
            assertThatExceptionOfType(KeyException.class)
                    .isThrownBy(() -> cache.put(key, "value"))
                    .withMessageContaining("String, Long or byte[]");
        }
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> cache.put("half \ud800", "value"))
                .withMessageContaining("unpaired surrogate");
        assertThat(cache.size()).isZero();
    }

    private void refused(String words, UnaryOperator<CacheBuilder> setting) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> setting.apply(shared())
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("format = diskcache")
                .withMessageContaining(words);
    }

    @Test
    void build_settingsThatDiskcacheHasNot_refused() {
        refused("maximum-bytes, which is its size_limit", builder -> builder.maximumSize(10));
        refused("a use does not put the end off", builder -> builder.expireAfterAccess(Duration.ofMinutes(1)));
        refused("is not signed", builder -> builder.hmacKey(Secret.of(new byte[32])));
        refused("NONE, FIFO", builder -> builder.maximumBytes(1_000_000).policy(Policy.RR));
        refused("nothing is kept on the heap", builder -> builder.set(DiskSettings.FRONT, true));
        refused("nothing is kept on the heap", builder -> builder.set(DiskSettings.FRONT_BYTES, 1_000L));
        refused("nothing past its freshness", builder -> builder.keepStale());
        refused("nothing past its freshness", builder -> builder.failSafe(Duration.ofMinutes(1)));
        refused("nothing past its freshness", builder -> builder.refreshAfterWrite(Duration.ofMinutes(1)));
        refused("EXACT_LIMIT", builder -> builder.requires(Trait.EXACT_LIMIT));
        assertThat(shared().set(DiskSettings.FRONT, false)
                        .types(String.class, String.class)
                        .build()
                        .size())
                .isZero();
    }

    @Test
    void build_settingsOfTheFormat_needIt() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.disk("native")
                        .set(DiskSettings.DIRECTORY, temporary.toString())
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("needs format = diskcache");
    }

    @Test
    void build_otherNumberOfShards_refused() {
        Path fanout = temporary.resolve("fanout");
        UnaryOperator<CacheBuilder> four =
                builder -> builder.with(DiskSettings.diskcache(fanout)).set(DiskSettings.SHARDS, 4L);
        four.apply(twat.disk("four")).types(String.class, String.class).build().put("a", "b");
        assertThat(fanout.resolve("003/cache.db")).exists();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.disk("eight")
                        .with(DiskSettings.diskcache(fanout))
                        .set(DiskSettings.SHARDS, 8L)
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("a FanoutCache of 4 shards");
        assertThat(twat.disk("any")
                        .with(DiskSettings.diskcache(fanout))
                        .types(String.class, String.class)
                        .build()
                        .getIfPresent("a"))
                .isEqualTo("b");
    }

    /** To open it is to turn WAL on: that must not have happened when it is refused. */
    @Test
    void build_anotherJournalThanWal_refusedAndNothingIsChanged() throws Exception {
        Path database = Files.createDirectories(temporary.resolve("shared")).resolve("cache.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE Settings (key TEXT NOT NULL UNIQUE, value)");
            statement.execute("INSERT INTO Settings VALUES ('sqlite_journal_mode', 'delete')");
        }
        byte[] before = Files.readAllBytes(database);
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> shared().onUnavailable(OnUnavailable.FAIL)
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("sqlite_journal_mode")
                .withMessageContaining("'delete'");
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @Test
    void build_noDirectory_theFolderOfTheCache() throws Exception {
        twat.disk("folder")
                .set(DiskSettings.FORMAT, Format.DISKCACHE)
                .types(String.class, String.class)
                .build()
                .put("a", "b");
        try (var files = Files.walk(temporary.resolve("own"))) {
            assertThat(files.filter(file -> file.endsWith("cache.db"))).hasSize(1);
        }
    }
}
