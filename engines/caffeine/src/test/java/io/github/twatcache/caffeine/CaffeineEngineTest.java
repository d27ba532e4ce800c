package io.github.twatcache.caffeine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.testkit.RecordingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class CaffeineEngineTest {
    private final RecordingContext<Object> context = new RecordingContext<>(false);

    private Store<Object> open(UnaryOperator<CacheSpec> settings) {
        return new CaffeineEngine().open(settings.apply(CacheSpec.of("test", "caffeine")), context);
    }

    @Test
    void serviceLoader_classPath_findsIt() {
        assertThat(ServiceLoader.load(Engine.class).stream()
                        .map(provider -> provider.get().name()))
                .contains("caffeine");
    }

    @Test
    void open_nothingPerEntry_holdsValuesRaw() {
        assertThat(open(spec -> spec)).isInstanceOf(RawStore.class);
        assertThat(open(spec -> spec.with(Settings.MAXIMUM_SIZE, 5L, "test"))).isInstanceOf(RawStore.class);
        assertThat(open(spec -> spec.with(Settings.EXPIRE_AFTER_WRITE, Duration.ofMinutes(1), "test")))
                .isInstanceOf(RawStore.class);
    }

    @Test
    void open_somethingPerEntry_holdsEnvelopes() {
        assertThat(open(spec -> spec.with(Settings.TAGS, true, "test"))).isInstanceOf(EnvelopeStore.class);
        assertThat(open(spec -> spec.with(Settings.PER_ENTRY_EXPIRY, true, "test")))
                .isInstanceOf(EnvelopeStore.class);
        assertThat(open(spec -> spec.with(Settings.MAXIMUM_WEIGHT, 5L, "test"))).isInstanceOf(EnvelopeStore.class);
        assertThat(open(spec -> spec.with(Settings.MAXIMUM_BYTES, 5L, "test"))).isInstanceOf(EnvelopeStore.class);
        assertThat(open(spec -> spec.with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofMinutes(1), "test")))
                .isInstanceOf(EnvelopeStore.class);
    }

    @Test
    void put_hugeLimits_taken() {
        Store<Object> store = open(spec -> spec.with(Settings.MAXIMUM_WEIGHT, Long.MAX_VALUE, "test")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofSeconds(Long.MAX_VALUE), "test")
                .with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(Long.MAX_VALUE), "test"));
        store.put("k", "v", Terms.PLAIN.weighing(Integer.MAX_VALUE), Guard.ANY);
        context.ticker().advance(Duration.ofDays(365 * 100));
        assertThat(store.get("k")).isEqualTo("v");
    }

    @Test
    void put_seenValueWhoseEqualsThrows_comparedByIdentity() {
        final class Touchy {
            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("equals ran");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }
        for (Store<Object> store : List.of(
                open(spec -> spec),
                open(spec -> spec.with(Settings.MAXIMUM_SIZE, 5L, "test")),
                open(spec -> spec.with(Settings.TAGS, true, "test")))) {
            store.put("k", new Touchy(), Terms.PLAIN, Guard.ANY);
            Object seen = store.entry("k").mark();
            store.put("k", new Touchy(), Terms.PLAIN, Guard.ANY);
            assertThat(store.put("k", "late", Terms.PLAIN, Guard.seen(seen))).isEqualTo(Outcome.REFUSED);
            assertThat(store.remove("k", Guard.seen(seen))).isFalse();
            assertThat(store.put(
                            "k",
                            "next",
                            Terms.PLAIN,
                            Guard.seen(store.entry("k").mark())))
                    .isEqualTo(Outcome.STORED);
        }
    }

    @Test
    void tagIndex_afterEvictionExpiryRefusalAndRemoval_empty() {
        EnvelopeStore<Object> store = (EnvelopeStore<Object>) open(spec -> spec.with(Settings.MAXIMUM_SIZE, 20L, "test")
                .with(Settings.TAGS, true, "test")
                .with(Settings.PER_ENTRY_EXPIRY, true, "test"));
        for (int i = 0; i < 2_000; i++) {
            Terms terms = Terms.PLAIN.tagged(Set.of("t" + i, "all")).lasting(i % 2 == 0 ? Terms.FOREVER : 5_000);
            store.put(i % 300, i, terms, i % 3 == 0 ? Guard.ABSENT : Guard.ANY);
            if (i % 5 == 0) {
                store.remove(i % 300, Guard.ANY);
            }
        }
        context.ticker().advance(Duration.ofHours(1));
        long live = store.size();
        assertThat(store.tags.tags()).isBetween((int) live, 21);
        assertThat(store.capability(TagStore.class).orElseThrow().removeTagged("all"))
                .isEqualTo(live);
        assertThat(store.tags.tags()).isZero();
        store.close();
        assertThat(store.tags.tags()).isZero();
    }

    @Test
    void get_aroundCaffeinesTolerance_keepsTheEntryAlive() {
        Store<Object> store = open(spec -> spec.with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofSeconds(5), "test"));
        store.put("k", "v", Terms.PLAIN, Guard.ANY);
        for (int i = 0; i < 1_000; i++) {
            context.ticker().advance(i % 2 == 0 ? 999_999_999 : 4_999_999_999L);
            assertThat(store.get("k")).isEqualTo("v");
        }
        context.ticker().advance(Duration.ofSeconds(5));
        assertThat(store.get("k")).isNull();
    }

    @Test
    void size_afterManyPuts_whatRawCaffeineHolds() {
        Store<Object> store = open(spec -> spec.with(Settings.MAXIMUM_SIZE, 100L, "test"));
        var raw = Caffeine.newBuilder().maximumSize(100).executor(Runnable::run).build();
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(i);
            store.put(i, i, Terms.PLAIN, Guard.ANY);
            raw.put(i, i);
        }
        raw.cleanUp();
        assertThat(store.size()).isEqualTo(raw.estimatedSize()).isEqualTo(100);
        assertThat(keys.stream().filter(key -> store.get(key) != null)).hasSize(100);
    }
}
