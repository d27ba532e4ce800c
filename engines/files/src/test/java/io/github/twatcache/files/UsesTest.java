package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hits note what was used, and are not kept by that. */
final class UsesTest {
    /** So many are noted in memory before they are written down. */
    private static final int MANY = 1_024;

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
}
