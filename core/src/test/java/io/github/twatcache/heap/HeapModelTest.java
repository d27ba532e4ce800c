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
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every policy, with every mixture of weights, lifetimes and tags, beside {@link Model}. */
final class HeapModelTest {
    private static final long SEED = Long.getLong("twat.seed", 20_261_123L);
    private static final int RUNS = 48;
    private static final int OPERATIONS = 5_000;

    @ParameterizedTest
    @EnumSource(Policy.class)
    void store_randomOperations_doesAsTheModel(Policy policy) {
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int run = 0; run < RUNS; run++) {
            long seed = seeds.nextLong();
            try {
                new Run(policy, new SplittableRandom(seed), run).all();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("run " + run + " of " + policy + ", -Dtwat.seed=" + SEED, e);
            }
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final boolean weighs;
        private final boolean own;
        private final boolean tagged;
        private final int keys;
        private final Fixture<Integer> fixture;
        private final Model model;
        private final Map<Integer, Object> outdated = new HashMap<>();
        private long puts;
        private long removals;

        Run(Policy policy, SplittableRandom random, int run) {
            this.random = random;
            this.weighs = (run & 1) != 0;
            this.own = (run & 2) != 0;
            this.tagged = run % 3 == 0;
            long limit = weighs ? 20 + random.nextInt(30) : 1 + random.nextInt(12);
            this.keys = 4 + random.nextInt(20);
            long afterWrite = (run & 4) != 0 ? 1 + random.nextInt(60) : Terms.FOREVER;
            long afterAccess = (run & 8) != 0 ? 1 + random.nextInt(40) : Terms.FOREVER;
            CacheSpec spec = Fixture.spec()
                    .with(weighs ? Settings.MAXIMUM_WEIGHT : Settings.MAXIMUM_SIZE, limit, "test")
                    .with(Settings.POLICY, policy, "test")
                    .with(Settings.PER_ENTRY_EXPIRY, own, "test")
                    .with(Settings.TAGS, tagged, "test");
            if (afterWrite != Terms.FOREVER) {
                spec = spec.with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(afterWrite), "test");
            }
            if (afterAccess != Terms.FOREVER) {
                spec = spec.with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(afterAccess), "test");
            }
            this.fixture = Fixture.startingAt(random.nextBoolean() ? 0 : Long.MAX_VALUE - 500, spec);
            this.model = new Model(policy, limit, afterWrite, afterAccess);
        }

        void all() {
            for (int step = 0; step < OPERATIONS; step++) {
                one();
                assertThat(fixture.store.estimatedSize())
                        .isGreaterThanOrEqualTo(model.live().size());
                if (step % 64 == 0) {
                    compare();
                }
            }
            compare();
            takeRemovals();
            assertThat(puts - removals).isEqualTo(model.live().size());
        }

        private void one() {
            int key = random.nextInt(keys);
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> get(key);
                case 4, 5, 6, 7, 8 -> put(key, random.nextInt(3));
                case 9 -> remove(key);
                case 10 -> entry(key);
                case 11, 12 -> advance();
                case 13 -> touch(key);
                case 14 -> removeTagged();
                default -> clearOrSize();
            }
        }

        private void get(int key) {
            Model.Line line = model.get(key);
            assertThat(fixture.store.get(key)).isSameAs(line == null ? null : line.value);
        }

        private void put(int key, int kind) {
            int weight = weighs ? random.nextInt(8) == 0 ? random.nextInt(60) : random.nextInt(8) : 1;
            long lifetime = own && random.nextBoolean() ? random.nextInt(50) : Terms.UNSET;
            if (lifetime > 40) {
                lifetime = Terms.FOREVER;
            }
            Set<String> tags = tagged ? tags() : Set.of();
            Entry before = fixture.store.entry(key);
            Guard guard = Guard.ANY;
            boolean holds = true;
            if (kind == 1) {
                guard = Guard.ABSENT;
                holds = before == null;
            } else if (kind == 2) {
                Object mark = random.nextBoolean() || before == null ? outdated.get(key) : before.mark();
                guard = Guard.seen(mark == null ? "never seen" : mark);
                holds = before != null && before.mark() == mark;
            }
            if (before != null) {
                outdated.put(key, before.mark());
            }
            Object value = new Object();
            takeRemovals();
            Terms terms = new Terms(lifetime, random.nextBoolean() ? Terms.UNSET : lifetime, tags, weight, 0);
            Outcome outcome = fixture.store.put(key, value, terms, guard);
            List<Integer> evicted = takeRemovals();
            if (!holds) {
                assertThat(outcome).isEqualTo(Outcome.REFUSED);
                return;
            }
            List<Model.Line> expected = new ArrayList<>();
            model.draw = evicted;
            assertThat(outcome).isEqualTo(model.put(new Model.Line(key, value, weight, tags), lifetime, expected));
            assertThat(evicted)
                    .containsExactlyElementsOf(
                            expected.stream().map(line -> line.key).toList());
            puts += outcome == Outcome.STORED ? 1 : 0;
        }

        /** Counts what was reported; the keys that had to make room, in order. */
        private List<Integer> takeRemovals() {
            List<Integer> evicted = new ArrayList<>();
            for (Fixture.Removal removal : fixture.taken()) {
                removals++;
                if (removal.cause() == RemovalCause.SIZE) {
                    evicted.add((Integer) removal.key());
                }
            }
            return evicted;
        }

        private Set<String> tags() {
            Set<String> tags = new HashSet<>();
            for (int count = random.nextInt(3); count > 0; count--) {
                tags.add("tag" + random.nextInt(4));
            }
            return tags;
        }

        private void remove(int key) {
            Entry before = fixture.store.entry(key);
            Object mark = outdated.get(key);
            if (random.nextInt(3) == 0 && mark != null && (before == null || before.mark() != mark)) {
                assertThat(fixture.store.remove(key, Guard.seen(mark))).isFalse();
                return;
            }
            Guard guard = before != null && random.nextBoolean() ? Guard.seen(before.mark()) : Guard.ANY;
            assertThat(fixture.store.remove(key, guard)).isEqualTo(model.remove(key));
            assertThat(fixture.store.remove(key, Guard.ABSENT)).isFalse();
        }

        private void entry(int key) {
            Model.Line line = model.find(key);
            Entry entry = fixture.store.entry(key);
            assertThat(entry == null).isEqualTo(line == null);
            if (entry != null && line != null) {
                assertThat(entry.value()).isSameAs(line.value);
                assertThat(entry.terms().weight()).isEqualTo(line.weight);
                assertThat(entry.terms().tags()).isEqualTo(line.tags);
                if (entry.terms().keptNanos() != Terms.UNSET) {
                    assertThat(entry.terms().keptNanos()).isEqualTo(model.left(line));
                }
            }
        }

        private void advance() {
            long nanos = random.nextInt(12);
            fixture.advance(nanos);
            model.time += nanos;
        }

        @SuppressWarnings("unchecked") // the keys are integers
        private void touch(int key) {
            assertThat(fixture.store.capability(TouchStore.class).isPresent()).isEqualTo(own);
            fixture.store.capability(TouchStore.class).ifPresent(store -> {
                long nanos = random.nextInt(4) == 0 ? Terms.FOREVER : 1 + random.nextInt(50);
                assertThat(((TouchStore<Integer>) store).touch(key, nanos)).isEqualTo(model.touch(key, nanos));
            });
        }

        private void removeTagged() {
            assertThat(fixture.store.capability(TagStore.class).isPresent()).isEqualTo(tagged);
            String tag = "tag" + random.nextInt(4);
            fixture.store
                    .capability(TagStore.class)
                    .ifPresent(store -> assertThat(store.removeTagged(tag)).isEqualTo(model.removeTagged(tag)));
        }

        private void clearOrSize() {
            if (random.nextInt(20) == 0) {
                fixture.store.clear();
                model.clear();
            }
            assertThat(fixture.store.size()).isEqualTo(model.live().size());
        }

        private void compare() {
            Map<Integer, Object> expected = new HashMap<>();
            model.live().forEach(line -> expected.put(line.key, line.value));
            assertThat(fixture.contents()).isEqualTo(expected);
            assertThat(fixture.store.weight()).isEqualTo(model.weight());
            assertThat(fixture.store.size()).isEqualTo(expected.size());
            fixture.check();
        }
    }
}
