package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine contract of {@link Store}: guards are atomic, marks tell one entry from the next, cursors walk the living. */
@Contract("§3 the store")
public abstract class StoreContract extends EngineContract {

    /** Makes a contract. */
    protected StoreContract() {}

    @BeforeEach
    final void openStore() {
        use(new RecordingContext<>(false), spec -> spec);
    }

    private Outcome put(Object key, Object value, Guard guard) {
        return store().put(key, value, Terms.PLAIN, guard);
    }

    private Object mark(Object key) {
        return entry(key).mark();
    }

    @Test
    void get_absent_null() {
        assertThat(store().get("k")).isNull();
        assertThat(store().entry("k")).isNull();
        assertThat(store().size()).isZero();
    }

    @Test
    void put_any_replaces() {
        assertThat(put("k", "a", Guard.ANY)).isEqualTo(Outcome.STORED);
        assertThat(put("k", "b", Guard.ANY)).isEqualTo(Outcome.STORED);
        assertThat(store().get("k")).isEqualTo("b");
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    void put_absent_onlyWhereNothingIs() {
        assertThat(put("k", "a", Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(put("k", "b", Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        assertThat(store().get("k")).isEqualTo("a");
    }

    @Test
    void put_seen_onlyWhileItIsTheSameEntry() {
        put("k", "a", Guard.ANY);
        Object seen = mark("k");
        assertThat(put("k", "b", Guard.seen(seen))).isEqualTo(Outcome.STORED);
        assertThat(put("k", "c", Guard.seen(seen))).isEqualTo(Outcome.REFUSED);
        assertThat(store().get("k")).isEqualTo("b");
    }

    @Test
    void put_seenReplacedByEqualValue_refused() {
        put("k", List.of("a", 1), Guard.ANY);
        Object seen = mark("k");
        put("k", List.of("a", 1), Guard.ANY);
        assertThat(put("k", "late", Guard.seen(seen))).isEqualTo(Outcome.REFUSED);
        assertThat(store().remove("k", Guard.seen(seen))).isFalse();
        assertThat(store().get("k")).isEqualTo(List.of("a", 1));
    }

    @Test
    void put_seenRemoved_refused() {
        put("k", "a", Guard.ANY);
        Object seen = mark("k");
        store().remove("k", Guard.ANY);
        assertThat(put("k", "b", Guard.seen(seen))).isEqualTo(Outcome.REFUSED);
        assertThat(store().get("k")).isNull();
    }

    @Test
    void put_seenOfAnotherKey_refused() {
        put("k", "a", Guard.ANY);
        put("other", "b", Guard.ANY);
        assertThat(put("k", "c", Guard.seen(mark("other")))).isEqualTo(Outcome.REFUSED);
        assertThat(store().get("k")).isEqualTo("a");
    }

    @Test
    void remove_any_tellsWhetherSomethingWasThere() {
        put("k", "a", Guard.ANY);
        assertThat(store().remove("k", Guard.ANY)).isTrue();
        assertThat(store().remove("k", Guard.ANY)).isFalse();
        assertThat(store().get("k")).isNull();
        assertThat(store().size()).isZero();
    }

    @Test
    void remove_seen_onlyWhileItIsTheSameEntry() {
        put("k", "a", Guard.ANY);
        Object seen = mark("k");
        put("k", "b", Guard.ANY);
        assertThat(store().remove("k", Guard.seen(seen))).isFalse();
        assertThat(store().remove("k", Guard.seen(mark("k")))).isTrue();
    }

    @Test
    void remove_absent_removesNothing() {
        put("k", "a", Guard.ANY);
        assertThat(store().remove("k", Guard.ABSENT)).isFalse();
        assertThat(store().get("k")).isEqualTo("a");
    }

    @Test
    void mask_standsForNull() {
        put(Nil.NIL, Nil.NIL, Guard.ANY);
        assertThat(store().get(Nil.NIL)).isSameAs(Nil.NIL);
        assertThat(put(Nil.NIL, "a", Guard.seen(mark(Nil.NIL)))).isEqualTo(Outcome.STORED);
        assertThat(store().get(Nil.NIL)).isEqualTo("a");
    }

    @Test
    void clear_leavesNothing() {
        IntStream.range(0, 100).forEach(i -> put(i, i, Guard.ANY));
        store().clear();
        assertThat(store().size()).isZero();
        assertThat(store().get(7)).isNull();
        assertThat(put(7, "new", Guard.ABSENT)).isEqualTo(Outcome.STORED);
    }

    @Test
    void size_manyEntries_exact() {
        for (int i = 0; i < 1_000; i++) {
            put(i, i, Guard.ANY);
            put(i, -i, Guard.ANY);
            if (i % 3 == 0) {
                store().remove(i, Guard.ANY);
            }
        }
        assertThat(store().size()).isEqualTo(666);
        assertThat(store().weight()).isEqualTo(666);
    }

    @Test
    void entries_all_eachOnce() {
        Map<Object, Object> expected = new HashMap<>();
        IntStream.range(0, 1_000).forEach(i -> {
            put(i, "v" + i, Guard.ANY);
            expected.put(i, "v" + i);
        });
        Map<Object, Object> walked = new HashMap<>();
        try (Cursor<Object> cursor = store().entries()) {
            while (cursor.advance()) {
                assertThat(walked.put(cursor.key(), cursor.value())).isNull();
            }
            assertThat(cursor.advance()).isFalse();
        }
        assertThat(walked).isEqualTo(expected);
    }

    @Test
    void entries_beforeAndAfter_illegalState() {
        put("k", "a", Guard.ANY);
        try (Cursor<Object> cursor = store().entries()) {
            assertThatIllegalStateException().isThrownBy(cursor::key);
            assertThatIllegalStateException().isThrownBy(cursor::value);
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.key()).isEqualTo("k");
            assertThat(cursor.advance()).isFalse();
            assertThatIllegalStateException().isThrownBy(cursor::key);
            assertThatIllegalStateException().isThrownBy(cursor::value);
        }
    }

    @Test
    void entries_whileOthersComeAndGo_theLastingEachOnce() {
        IntStream.range(0, 200).forEach(i -> put(i, i, Guard.ANY));
        Map<Object, Integer> times = new HashMap<>();
        try (Cursor<Object> cursor = store().entries()) {
            for (int step = 0; cursor.advance(); step++) {
                times.merge(cursor.key(), 1, Integer::sum);
                store().remove(100 + step % 100, Guard.ANY);
                put(1_000 + step, step, Guard.ANY);
                put(step % 100, "again", Guard.ANY);
            }
        }
        assertThat(times.keySet()).containsAll(IntStream.range(0, 100).boxed().toList());
        assertThat(times.values()).containsOnly(1);
    }

    @Test
    void entries_goneSinceAdvance_valueNull() {
        put("k", "a", Guard.ANY);
        try (Cursor<Object> cursor = store().entries()) {
            assertThat(cursor.advance()).isTrue();
            store().remove("k", Guard.ANY);
            assertThat(cursor.value()).isNull();
        }
    }

    @Test
    void put_absentByManyThreads_oneWins() {
        for (int round = 0; round < fewer(200, 50); round++) {
            int key = round;
            CyclicBarrier start = new CyclicBarrier(4);
            List<Actor<Outcome>> actors = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int value = i;
                actors.add(Actor.start(() -> {
                    start.await();
                    return put(key, value, Guard.ABSENT);
                }));
            }
            assertThat(actors.stream().map(Actor::result).filter(Outcome.STORED::equals))
                    .hasSize(1);
        }
    }

    @Test
    void put_seenByManyThreads_noUpdateLost() {
        // A write to a file costs a hundred times one to the heap.
        int each = claims(Trait.PERSISTENT) ? 1_000 : 5_000;
        put("n", 0, Guard.ANY);
        List<Actor<Void>> actors = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            actors.add(Actor.start(() -> {
                for (int done = 0; done < each; ) {
                    Entry seen = entry("n");
                    if (put("n", (Integer) seen.value() + 1, Guard.seen(seen.mark())) == Outcome.STORED) {
                        done++;
                    }
                }
                return null;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(store().get("n")).isEqualTo(4 * each);
    }

    @Test
    void capability_notAskedFor_none() {
        assertThat(store().capability(TagStore.class)).isEmpty();
        assertThat(store().capability(TouchStore.class)).isEmpty();
        assertThat(store().capability(Runnable.class)).isEmpty();
    }
}
