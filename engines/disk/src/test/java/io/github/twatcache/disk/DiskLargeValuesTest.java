package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Sources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values in files of their own: they are read into memory that is used again, of which nobody may see anything later. */
class DiskLargeValuesTest {
    private static final int KEYS = 64;
    private static final int READS = 20;

    @TempDir
    Path directory;

    /** Short ones after long ones, and one that no memory is kept for. */
    private static int length(int key) {
        return key == 0 ? 600_000 : 40_000 - 613 * key;
    }

    private static byte[] bytes(int key) {
        byte[] bytes = new byte[length(key)];
        Arrays.fill(bytes, (byte) key);
        return bytes;
    }

    private static List<Object> objects(int key) {
        return List.of("x".repeat(length(key)), key, bytes(key));
    }

    private static void same(Object found, int key) {
        if (found instanceof byte[] bytes) {
            assertThat(bytes).isEqualTo(bytes(key));
            Arrays.fill(bytes, (byte) -1);
        } else {
            assertThat((List<?>) found)
                    .hasSize(3)
                    .isEqualTo(List.of("x".repeat(length(key)), key, ((List<?>) found).get(2)));
            assertThat((byte[]) ((List<?>) found).get(2)).isEqualTo(bytes(key));
        }
    }

    /** Eight threads look up arrays and lists by turns, and find of each what was put. */
    private void read(UnaryOperator<CacheBuilder> settings) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            Cache<Integer, Object> cache = settings.apply(twat.disk("large").set(DiskSettings.FILE_THRESHOLD, 100L))
                    .types(Integer.class, Object.class)
                    .build();
            for (int key = 0; key < KEYS; key++) {
                cache.put(key, key % 2 == 0 ? bytes(key) : objects(key));
            }
            List<Future<?>> all = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < READS * KEYS; i++) {
                            int key = (i * 31 + thread * 7) % KEYS;
                            same(cache.getIfPresent(key), key);
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void look_inFiles_findsWhatWasPut() throws Exception {
        read(builder -> builder.set(DiskSettings.FRONT, false));
    }

    @Test
    void look_onTheHeap_findsWhatWasPut() throws Exception {
        read(builder -> builder);
    }

    @Test
    void look_inSignedFiles_findsWhatWasPut() throws Exception {
        read(builder -> builder.set(DiskSettings.FRONT, false).hmacKey(Secret.of(new byte[32])));
    }
}
