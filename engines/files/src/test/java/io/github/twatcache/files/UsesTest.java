package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hits note what was used, and are not kept by that. */
final class UsesTest {
    /** So many are noted in memory before they are written down. */
    private static final int MANY = 1_024;

    /** So long is what is written of each, in bytes. */
    private static final long RECORD = 48;

    @TempDir
    Path directory;

    private Path cache() {
        return directory.resolve("cache");
    }

    private static Cache<Integer, Integer> filled(Opened opened) {
        Cache<Integer, Integer> cache =
                opened.cache("used").types(Integer.class, Integer.class).build();
        for (int key = 0; key < MANY; key++) {
            cache.put(key, key);
        }
        return cache;
    }

    /** Does something while another holds the directory's lock. */
    private <T> T locked(Supplier<T> step) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (CacheDirectory other =
                        CacheDirectory.open(DirectorySettings.standard().at(cache()));
                CacheFolder folder = other.folder("other")) {
            Actor<Boolean> holder = Actor.start(() -> folder.change("hold the lock", 0, changes -> {
                        held.countDown();
                        Actor.await(goOn);
                        return true;
                    })
                    .orElseThrow());
            Actor.await(held);
            try {
                return step.get();
            } finally {
                goOn.countDown();
                assertThat(holder.result()).isTrue();
            }
        }
    }

    @Test
    void get_whileAnotherHitWaitsForTheLock_doesNotWait() {
        try (Opened opened = Opened.timed(cache(), Duration.ofHours(1))) {
            Cache<Integer, Integer> cache = filled(opened);
            for (int key = 1; key < MANY; key++) {
                assertThat(cache.getIfPresent(key)).isEqualTo(key);
            }
            Actor<Integer> waited = locked(() -> {
                Actor<Integer> first = Actor.start(() -> cache.getIfPresent(0)).awaitWaiting();
                Actor<Integer> second = Actor.start(() -> cache.getIfPresent(1));
                assertThat(second.result()).isEqualTo(1);
                assertThat(first.isDone()).as("it waits").isFalse();
                return first;
            });
            assertThat(waited.result()).isZero();
        }
    }

    @Test
    void get_afterTheLockWasNotToBeHad_triesAgainInAMinute() {
        try (Opened opened = Opened.timed(cache(), Duration.ofMillis(1))) {
            Cache<Integer, Integer> cache = filled(opened);
            locked(() -> {
                for (int key = 0; key < MANY; key++) {
                    assertThat(cache.getIfPresent(key)).isEqualTo(key);
                }
                return true;
            });
            assertThat(cache.getIfPresent(1)).isEqualTo(1);
            assertThat(opened.files("uses")).as("nobody has tried").isEmpty();
            Functions.TIME.advance(Duration.ofMinutes(1));
            assertThat(cache.getIfPresent(1)).isEqualTo(1);
            assertThat(opened.files("uses")).hasSize(1);
        }
    }

    @Test
    void get_ofManyEntriesInUse_addsToTheirRecord() throws IOException {
        int others = 22_000;
        try (Opened opened = Opened.timed(cache(), Duration.ofMinutes(1))) {
            Cache<Integer, Integer> cache = filled(opened);
            Path version = opened.files("function.json").get(0).getParent();
            Path uses = version.resolve("uses");
            Files.write(uses, records(version, others));
            use(cache);
            long compact = Files.size(uses);
            assertThat(compact).as("written anew with one record for each").isEqualTo(RECORD * (others + MANY));
            use(cache);
            assertThat(Files.size(uses)).as("added to").isEqualTo(compact + RECORD * MANY);
        }
    }

    private static void use(Cache<Integer, Integer> cache) {
        for (int key = 0; key < MANY; key++) {
            assertThat(cache.getIfPresent(key)).isEqualTo(key);
        }
    }

    /** Uses of entries of which there are the folders. */
    private static byte[] records(Path version, int count) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(Math.toIntExact(RECORD * count));
        Random random = new Random(5);
        byte[] digest = new byte[32];
        for (int i = 0; i < count; i++) {
            random.nextBytes(digest);
            String name = HexFormat.of().formatHex(digest);
            Files.createDirectories(version.resolve(name.substring(0, 2)).resolve(name));
            int from = records.position();
            records.put(digest).putLong(i).putInt(1);
            CRC32C crc = new CRC32C();
            crc.update(records.array(), from, records.position() - from);
            records.putInt((int) crc.getValue());
        }
        return records.array();
    }
}
