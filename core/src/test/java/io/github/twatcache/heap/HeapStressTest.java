package io.github.twatcache.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that race, and what must be true when they have come to rest. */
final class HeapStressTest {
    private static final long SEED = Long.getLong("twat.seed", 97L);
    private static final int THREADS = 3;
    private static final int OPERATIONS = 60_000;
    private static final long LIMIT = 200;

    private static void race(Callable<?> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void store_threadsRace_structuresAgreeAndRemovalsAddUp(Policy policy) throws Exception {
        CacheSpec spec = Fixture.spec()
                .with(Settings.MAXIMUM_WEIGHT, LIMIT, "test")
                .with(Settings.POLICY, policy, "test")
                .with(Settings.TAGS, true, "test")
                .with(Settings.PER_ENTRY_EXPIRY, true, "test")
                .with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(3_000), "test");
        Fixture<Integer> fixture = Fixture.of(spec);
        TagStore tags = fixture.store.capability(TagStore.class).orElseThrow();
        AtomicLong stored = new AtomicLong();
        AtomicLong seeds = new AtomicLong(SEED);
        race(() -> {
            SplittableRandom random = new SplittableRandom(seeds.getAndIncrement());
            for (int i = 0; i < OPERATIONS; i++) {
                int key = random.nextInt(500);
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3, 4 -> {
                        Object value = fixture.store.get(key);
                        assertThat(value == null || value.toString().startsWith(key + ":"))
                                .isTrue();
                    }
                    case 5, 6, 7 -> {
                        Terms terms = Terms.PLAIN
                                .weighing(random.nextInt(4))
                                .tagged(Set.of("t" + random.nextInt(20)))
                                .lasting(random.nextBoolean() ? Terms.UNSET : 1 + random.nextInt(5_000));
                        Guard guard = random.nextBoolean() ? Guard.ANY : Guard.ABSENT;
                        if (fixture.store.put(key, key + ":" + i, terms, guard) == Outcome.STORED) {
                            stored.incrementAndGet();
                        }
                        assertThat(fixture.store.weight()).isLessThanOrEqualTo(LIMIT);
                    }
                    case 8 -> fixture.store.remove(key, Guard.ANY);
                    case 9 -> {
                        Entry entry = fixture.store.entry(key);
                        if (entry != null
                                && fixture.store.put(key, key + ":seen", Terms.PLAIN, Guard.seen(entry.mark()))
                                        == Outcome.STORED) {
                            stored.incrementAndGet();
                        }
                    }
                    case 10 -> fixture.advance(random.nextInt(20));
                    default -> {
                        if (i % 64 == 0) {
                            fixture.contents();
                            tags.removeTagged("t" + random.nextInt(20));
                        }
                        if (i % 5_000 == 0) {
                            fixture.store.clear();
                        }
                    }
                }
            }
            return null;
        });
        long size = fixture.store.size();
        fixture.check();
        assertThat(stored.get() - fixture.taken().size()).isEqualTo(size);
        assertThat(fixture.contents()).hasSize((int) size);
    }

    @Test
    void get_whileTheTableGrows_findsWhatIsThere() throws Exception {
        for (int round = 0; round < 20; round++) {
            Fixture<Integer> fixture = Fixture.of(Fixture.spec());
            for (int key = 0; key < 10; key++) {
                fixture.put(key, key);
            }
            AtomicLong role = new AtomicLong();
            AtomicLong added = new AtomicLong();
            race(() -> {
                if (role.getAndIncrement() == 0) {
                    for (int key = 10; key < 50_000; key++) {
                        fixture.put(key * 7919, key);
                        added.set(key);
                    }
                    return null;
                }
                while (added.get() < 49_999) {
                    for (int key = 0; key < 10; key++) {
                        assertThat(fixture.store.get(key)).isEqualTo(key);
                    }
                    int last = (int) added.get();
                    assertThat(last < 10 ? last : fixture.store.get(last * 7919))
                            .isEqualTo(last);
                }
                return null;
            });
            fixture.check();
        }
    }

    @Test
    void seen_threadsCount_loseNothing() throws Exception {
        Fixture<String> fixture = Fixture.with(Settings.MAXIMUM_SIZE, 2L);
        fixture.put("n", 0);
        race(() -> {
            for (int i = 0; i < 20_000; i++) {
                Outcome outcome;
                do {
                    Entry entry = fixture.store.entry("n");
                    outcome =
                            fixture.store.put("n", (Integer) entry.value() + 1, Terms.PLAIN, Guard.seen(entry.mark()));
                } while (outcome == Outcome.REFUSED);
            }
            return null;
        });
        assertThat(fixture.store.get("n")).isEqualTo(20_000 * THREADS);
    }
}
