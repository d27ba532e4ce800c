package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Queues;
import io.github.twatcache.Transactions;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.path.DiskUsage;
import io.github.twatcache.path.QuotaPolicy;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache directory says that databases hold is what the file system says; and they give way to a quota. */
final class UsageTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path temporary;

    private TwatCacheBuilder builder() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary);
    }

    private static Cache<String, byte[]> cache(TwatCache twat, String name) {
        return twat.disk(name)
                .set(DiskSettings.FILE_THRESHOLD, 8_000L)
                .types(String.class, byte[].class)
                .build();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    /** The oracle: every file below a cache's folder. */
    private DiskUsage.Share walked(String cache) {
        try (Stream<Path> files = Files.walk(temporary.resolve("caches").resolve(cache))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            return new DiskUsage.Share(bytes, all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertCounted(TwatCache twat, String when) {
        assertThat(twat.diskUsage().caches().get("data")).as(when).isEqualTo(walked("data"));
    }

    @Test
    void usage_afterEachKindOfChange_isWhatAWalkFinds() {
        try (TwatCache twat = builder().open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            assertCounted(twat, "opened");
            data.put("small", bytes(100));
            assertCounted(twat, "a row");
            data.put("large", bytes(50_000));
            assertCounted(twat, "a value file");
            data.put("large", bytes(20_000));
            assertCounted(twat, "replaced by a shorter one");
            data.put("large", bytes(10));
            assertCounted(twat, "replaced by a row");
            for (int i = 0; i < 300; i++) {
                data.put("k" + i, bytes(9_000 + i));
            }
            assertCounted(twat, "300 value files");
            data.remove("k7");
            Queues.of(data).queue("jobs").addLast(bytes(30_000));
            assertCounted(twat, "an item of a queue");
            Fn0<Boolean, RuntimeException> body = () -> {
                data.put("in a transaction", bytes(12_000));
                return true;
            };
            Transactions.of(data).call(body);
            assertCounted(twat, "a transaction");
            data.clear();
            Maintenance.of(data).cull();
            assertCounted(twat, "cleared");
            assertThat(twat.diskUsage().caches().get("data").files()).isLessThan(10);
        }
        try (TwatCache twat = builder().open()) {
            assertCounted(twat, "counted by the one before, with what SQLite has deleted when it was closed");
        }
    }

    @Test
    void usage_ofMalformedDatabaseThatIsSetAside_holdsWhatIsSetAside() throws IOException {
        try (TwatCache twat = builder().open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            for (int i = 0; i < 50; i++) {
                data.put("k" + i, bytes(1_000));
            }
        }
        Files.write(temporary.resolve("caches/data/twat.db"), new byte[2_000]);
        try (TwatCache twat = builder().open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            data.put("k", bytes(9_000));
            assertCounted(twat, "a database set aside");
        }
    }

    @Test
    void quota_overManyDatabases_isHeldByEvictionAndTold() {
        List<DiskUsage> told = new CopyOnWriteArrayList<>();
        long quota = 12 * MIB;
        try (TwatCache twat = builder()
                .quota(quota, QuotaPolicy.LARGEST)
                .onQuota((usage, of) -> told.add(usage))
                .open()) {
            Cache<String, byte[]> few = cache(twat, "few");
            Cache<String, byte[]> rows = cache(twat, "rows");
            Cache<String, byte[]> files = cache(twat, "files");
            few.put("one", bytes(1_000));
            for (int i = 0; i < 3_000; i++) {
                rows.put("k" + i, bytes(4_000));
                files.put("k" + i, bytes(20_000));
                if (i % 100 == 0) {
                    assertThat(twat.diskUsage().bytes()).as("after " + i).isLessThanOrEqualTo(quota);
                }
            }
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(quota);
            assertThat(twat.diskUsage().caches().get("files")).isEqualTo(walked("files"));
            assertThat(twat.diskUsage().caches().get("rows")).isEqualTo(walked("rows"));
            assertThat(told).isNotEmpty();
            assertThat(told.get(0).bytes()).isBetween(quota * 8 / 10, quota * 9 / 10);
            assertThat(few.getIfPresent("one")).as("the smallest is left alone").isNotNull();
            assertThat(files.getIfPresent("k2999")).as("the newest stays").isNotNull();
            assertThat(files.getIfPresent("k0")).isNull();
            // What makes room makes no more than it must, but for some room for the log.
            assertThat(twat.diskUsage().bytes()).isGreaterThan(quota * 6 / 10);
            assertThat(Maintenance.of(rows).check(false)).isEmpty();
            assertThat(Maintenance.of(files).check(false)).isEmpty();
        }
    }

    @Test
    void quota_listenersOfWhatIsEvicted_mayUseTheCaches() {
        try (TwatCache twat = builder().quota(3 * MIB, QuotaPolicy.LARGEST).open()) {
            Cache<String, byte[]> other = cache(twat, "other");
            List<String> left = new CopyOnWriteArrayList<>();
            Cache<String, byte[]> data = twat.disk("data")
                    .set(DiskSettings.FILE_THRESHOLD, 8_000L)
                    .types(String.class, byte[].class)
                    .onRemoval((key, value, cause) -> {
                        // On a thread of its own: whoever held a lock here would wait for itself.
                        Actor<Boolean> friend = Actor.start(() -> {
                            other.put(key, bytes(10));
                            return twat.diskUsage().bytes() > 0;
                        });
                        assertThat(friend.result()).isTrue();
                        left.add(key);
                    })
                    .build();
            for (int i = 0; i < 200; i++) {
                data.put("k" + i, bytes(30_000));
            }
            assertThat(left).hasSizeGreaterThan(50).doesNotHaveDuplicates().doesNotContain("k199");
            assertThat(other.size()).isEqualTo(left.size());
        }
    }

    @Test
    void quota_underWritersOfManyThreads_isHeld() {
        long quota = 10 * MIB;
        try (TwatCache twat = builder().quota(quota, QuotaPolicy.LARGEST).open()) {
            List<Cache<String, byte[]>> caches = List.of(cache(twat, "a"), cache(twat, "b"));
            List<Actor<Boolean>> writers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String prefix = thread + "-";
                writers.add(Actor.start(() -> {
                    for (int i = 0; i < 400; i++) {
                        caches.get(i % 2).put(prefix + i, bytes(i % 3 == 0 ? 30_000 : 3_000));
                    }
                    return true;
                }));
            }
            writers.forEach(writer -> assertThat(writer.result()).isTrue());
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(quota);
            for (Cache<String, byte[]> cache : caches) {
                assertThat(cache.size()).isPositive();
                assertThat(Maintenance.of(cache).check(false)).isEmpty();
            }
        }
    }

    /** Who counts sees the others' files only once their rows are committed. */
    @Test
    void quota_countedBetweenAFileAndItsRow_isHeldOnceTheWriteHasReturned() {
        long quota = 8 * MIB;
        try (TwatCache twat = builder().quota(quota, QuotaPolicy.LARGEST).open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            while (twat.diskUsage().bytes() < 5 * MIB) {
                data.put("k" + data.size(), bytes(100_000));
            }
            List<Actor<Boolean>> writer = new ArrayList<>();
            Fn0<Boolean, RuntimeException> body = () -> {
                data.put("inner", bytes(10));
                writer.add(Actor.start(() -> {
                    data.put("late", bytes(3_500_000));
                    return true;
                }));
                writer.get(0).awaitWaiting(); // its file is there, and it waits for this transaction
                return twat.diskUsage().bytes() > 0;
            };
            Transactions.of(data).call(body);
            assertThat(writer.get(0).result()).isTrue();
            assertThat(data.contains("late")).isTrue();
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(quota);
        }
    }

    /** Each writes less than it is counted after; together it is too much. */
    @Test
    void quota_overManyCachesThatWriteLittle_isHeldAfterTheLastWrite() {
        long quota = 24 * MIB;
        try (TwatCache twat = builder().quota(quota, QuotaPolicy.LARGEST).open()) {
            List<Cache<String, byte[]>> caches =
                    IntStream.range(0, 40).mapToObj(i -> cache(twat, "c" + i)).toList();
            while (twat.diskUsage().bytes() < quota / 2) {
                caches.get(0).put("k" + caches.get(0).size(), bytes(500_000));
            }
            for (Cache<String, byte[]> cache : caches) {
                cache.put("one", bytes(400_000));
            }
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(quota);
        }
    }

    /** The log is cut off while the thread that carries it over may be at work. */
    @Test
    void quota_manySmallValues_noneIsRefused() {
        try (TwatCache twat = builder().quota(8 * MIB, QuotaPolicy.LARGEST).open()) {
            Cache<String, byte[]> only = cache(twat, "only");
            for (int i = 0; i < 5_000; i++) {
                only.put("k" + i, bytes(3_000));
            }
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(8 * MIB);
            assertThat(only.size()).isGreaterThan(1_000);
        }
    }

    /** Room that removals leave is room. */
    @Test
    void quota_thatRefuses_takesAgainWhatFitsOnceSomethingWasRemoved() {
        try (TwatCache twat = builder().quota(8 * MIB, QuotaPolicy.REFUSE).open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            int stored = 0;
            for (int i = 0; i < 500; i++) {
                try {
                    data.put("k" + i, bytes(20_000));
                    stored++;
                } catch (ValueException full) {
                    assertThat(full).hasMessageContaining("quota");
                }
            }
            assertThat(stored).isBetween(300, 499);
            assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(8 * MIB);
            for (int i = 0; i < 100; i++) {
                data.remove("k" + i);
            }
            for (int i = 0; i < 20; i++) {
                data.put("again" + i, bytes(20_000));
            }
            data.clear();
            for (int i = 0; i < 100; i++) {
                data.put("anew" + i, bytes(20_000));
            }
            assertThat(data.size()).isEqualTo(100);
        }
    }

    @Test
    void quota_thatNobodyMakesRoomFor_refusesWhatIsToBeStored() {
        try (TwatCache twat = builder().quota(2 * MIB, QuotaPolicy.REFUSE).open()) {
            Cache<String, byte[]> data = cache(twat, "data");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            data.put("k" + i, bytes(40_000));
                        }
                    })
                    .isInstanceOf(ValueException.class)
                    .hasMessageContainingAll("quota", "data");
            assertThat(twat.diskUsage().bytes()).isBetween(MIB, 2 * MIB);
            assertThat(data.get("computed", key -> bytes(40_000))).hasSize(40_000);
            assertThat(data.contains("computed")).isFalse();
            assertThat(data.stats().unstored()).containsKey(Unstored.FULL);
            data.clear();
            Maintenance.of(data).cull();
            data.put("after", bytes(40_000));
            assertThat(data.getIfPresent("after")).isNotNull();
        }
    }
}
