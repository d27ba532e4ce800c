package io.github.twatcache.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The engine that keeps nothing, and how both engines are found. */
final class NullEngineTest {
    @Test
    void put_any_isStoredAndGone() { // [79]
        Fixture<String> context = Fixture.of(Fixture.spec());
        Store<String> store = new NullEngine().open(Fixture.spec().onEngine("null"), context);
        assertThat(store.put("a", 1, Terms.PLAIN, Guard.ANY)).isEqualTo(Outcome.STORED);
        assertThat(store.put("a", 1, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(store.put("a", 1, Terms.PLAIN, Guard.seen("mark"))).isEqualTo(Outcome.REFUSED);
        assertThat(store.get("a")).isNull();
        assertThat(store.entry("a")).isNull();
        assertThat(store.size()).isZero();
        assertThat(store.remove("a", Guard.ANY)).isFalse();
        assertThat(store.entries().advance()).isFalse();
        assertThat(context.taken()).hasSize(2).containsOnly(new Fixture.Removal("a", 1, RemovalCause.SIZE));
    }

    @Test
    void serviceLoader_findsBoth() {
        assertThat(ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get))
                .extracting(Engine::name, Engine::rank)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("heap", 10),
                        org.assertj.core.groups.Tuple.tuple("null", -100));
    }

    @Test
    void traits_heap_allOfOneProcessButAdmission() {
        assertThat(new HeapEngine().traits())
                .doesNotContain(Trait.BYTES, Trait.PERSISTENT, Trait.MULTI_PROCESS, Trait.DISTRIBUTED, Trait.ADMISSION)
                .doesNotContain(Trait.COUNTERS, Trait.LOCKS, Trait.QUEUES, Trait.TRANSACTIONS)
                .doesNotContain(Trait.STREAMS, Trait.ORDERED, Trait.LEASES, Trait.MAINTENANCE)
                .hasSize(Trait.values().length - 13);
    }
}
