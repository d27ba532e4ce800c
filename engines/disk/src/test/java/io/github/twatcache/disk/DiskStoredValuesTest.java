package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed values in a real database: what is not this cache's own is a miss, and computed anew once. */
class DiskStoredValuesTest {
    @TempDir
    Path directory;

    private final AtomicInteger loads = new AtomicInteger();

    private static Secret secret(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Secret.of(bytes);
    }

    /** Looks two keys up, twice, in a process of its own as it were; returns what was found. */
    private String looked(UnaryOperator<CacheBuilder> settings) {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            Cache<String, String> cache = settings.apply(twat.disk("signed"))
                    .types(String.class, String.class)
                    .build();
            StringBuilder found = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                for (String key : new String[] {"a", "b"}) {
                    found.append(cache.get(key, k -> k + loads.incrementAndGet()))
                            .append(' ');
                }
            }
            return found.toString();
        }
    }

    @Test
    void key_ofAnother_valuesAreComputedAnewOnce() {
        assertThat(looked(builder -> builder.hmacKey(secret(1)))).isEqualTo("a1 b2 a1 b2 ");
        assertThat(looked(builder -> builder.hmacKey(secret(1)))).isEqualTo("a1 b2 a1 b2 ");
        assertThat(looked(builder -> builder.hmacKey(secret(2)))).isEqualTo("a3 b4 a3 b4 ");
        assertThat(looked(builder -> builder)).isEqualTo("a5 b6 a5 b6 ");
        assertThat(looked(builder -> builder.hmacKey(secret(2)))).isEqualTo("a7 b8 a7 b8 ");
    }

    @Test
    void database_holdsNoKey() throws Exception {
        assertThat(looked(builder ->
                        builder.hmacKey(Secret.of("never written down!".getBytes(StandardCharsets.US_ASCII)))))
                .isEqualTo("a1 b2 a1 b2 ");
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("never written down");
            }
        }
    }
}
