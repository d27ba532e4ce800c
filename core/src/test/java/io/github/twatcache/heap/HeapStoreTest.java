package io.github.twatcache.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of the store one by one; numbers in brackets are those of the ancestors' behaviours. */
final class HeapStoreTest {
    private static Fixture<String> sized(long size, Policy policy) {
        return Fixture.of(
                Fixture.spec().with(Settings.MAXIMUM_SIZE, size, "test").with(Settings.POLICY, policy, "test"));
    }

    private static Fixture<String> perEntry() {
        return Fixture.with(Settings.PER_ENTRY_EXPIRY, true);
    }

    private static Fixture<String> afterWrite(Duration lifetime) {
        return Fixture.with(Settings.EXPIRE_AFTER_WRITE, lifetime);
    }

    // put and limits

    @ParameterizedTest
    @EnumSource(value = Policy.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void put_overTheLimit_evictsOneAndNeverTheNewcomer(Policy policy) { // [76]
        Fixture<String> fixture = sized(3, policy);
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.put("k" + i, i)).isEqualTo(Outcome.STORED);
            assertThat(fixture.store.get("k" + i)).isEqualTo(i);
            assertThat(fixture.store.size()).isEqualTo(Math.min(3, i + 1));
        }
        assertThat(fixture.taken()).hasSize(97).allMatch(removal -> removal.cause() == RemovalCause.SIZE);
        fixture.check();
    }

    @Test
    void put_tooHeavy_isRefusedAndChangesNothing() { // [76]
        Fixture<String> fixture = Fixture.with(Settings.MAXIMUM_WEIGHT, 10L);
        fixture.put("a", 1, 4);
        assertThat(fixture.put("b", 2, 11)).isEqualTo(Outcome.TOO_HEAVY);
        assertThat(fixture.put("a", 3, 11)).isEqualTo(Outcome.TOO_HEAVY);
        assertThat(fixture.store.get("a")).isEqualTo(1);
        assertThat(fixture.store.weight()).isEqualTo(4);
        assertThat(fixture.taken()).isEmpty();
    }

    @Test
    void put_growingUpdate_evictsOthersOnly() { // [78]
        Fixture<String> fixture = Fixture.with(Settings.MAXIMUM_WEIGHT, 10L);
        fixture.put("a", 1, 3);
        fixture.put("b", 2, 3);
        fixture.put("c", 3, 3);
        assertThat(fixture.put("a", 4, 6)).isEqualTo(Outcome.STORED);
        assertThat(fixture.contents()).containsOnlyKeys("a", "c");
        assertThat(fixture.store.weight()).isEqualTo(9);
        assertThat(fixture.put("a", 5, 1)).isEqualTo(Outcome.STORED);
        assertThat(fixture.store.weight()).isEqualTo(4);
        assertThat(fixture.store.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void put_weightZero_makesNobodyLeaveAndNeverLeaves(Policy policy) {
        Fixture<String> fixture = Fixture.of(
                Fixture.spec().with(Settings.MAXIMUM_WEIGHT, 1L, "test").with(Settings.POLICY, policy, "test"));
        fixture.put("free", 0, 0);
        fixture.put("one", 1, 1);
        fixture.put("free2", 2, 0);
        fixture.put("two", 3, 1);
        assertThat(fixture.contents()).containsOnlyKeys("free", "free2", policy == Policy.NONE ? "one" : "two");
        fixture.check();
    }

    @Test
    void put_policyNoneWhenFull_isRefusedUnchanged() { // [87]
        Fixture<String> fixture = sized(2, Policy.NONE);
        fixture.put("a", 1);
        fixture.put("b", 2);
        assertThat(fixture.put("c", 3)).isEqualTo(Outcome.FULL);
        assertThat(fixture.put("a", 4)).isEqualTo(Outcome.STORED);
        assertThat(fixture.contents()).containsOnlyKeys("a", "b").containsEntry("a", 4);
        fixture.store.remove("a", Guard.ANY);
        assertThat(fixture.put("c", 3)).isEqualTo(Outcome.STORED);
    }

    @Test
    void put_policyNoneWhenFullOfDead_sweepsAndStores() {
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.MAXIMUM_SIZE, 1L, "test")
                .with(Settings.POLICY, Policy.NONE, "test")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(5), "test"));
        fixture.put("a", 1);
        fixture.advance(5);
        assertThat(fixture.put("b", 2)).isEqualTo(Outcome.STORED);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("a", 1, RemovalCause.EXPIRED));
    }

    @Test
    void put_updates_neverEvict() { // [77]
        Fixture<String> fixture = sized(2, Policy.LRU);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.put("a", 3);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("a", 1, RemovalCause.REPLACED));
        fixture.put("c", 4);
        assertThat(fixture.contents()).containsOnlyKeys("a", "c");
    }

    @Test
    void put_nil_isAValue() {
        Fixture<String> fixture = sized(2, Policy.LRU);
        fixture.put("a", Nil.NIL);
        assertThat(fixture.store.get("a")).isSameAs(Nil.NIL);
    }

    // victims

    @Test
    void lru_getAndUpdatePromote_entryAndCursorDoNot() { // [77], [90]
        Fixture<String> fixture = sized(3, Policy.LRU);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.put("c", 3);
        fixture.store.get("a");
        fixture.put("b", 4);
        assertThat(fixture.store.entry("c")).isNotNull();
        assertThat(fixture.contents()).hasSize(3);
        fixture.put("d", 5);
        assertThat(fixture.contents()).containsOnlyKeys("a", "b", "d");
    }

    @Test
    void mru_lastUsedLeaves() {
        Fixture<String> fixture = sized(3, Policy.MRU);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.put("c", 3);
        fixture.store.get("a");
        fixture.put("d", 4);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c", "d");
        fixture.put("e", 5);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c", "e");
    }

    @Test
    void fifo_updateAndGetKeepThePlace() { // [88]
        Fixture<String> fixture = sized(2, Policy.FIFO);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.put("a", 3);
        fixture.store.get("a");
        fixture.put("c", 4);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c");
    }

    @Test
    void lfu_peekIsNoUseAndFrequencySurvivesUpdate() { // [89]
        Fixture<String> fixture = sized(2, Policy.LFU);
        fixture.put("a", 1);
        fixture.store.get("a");
        fixture.store.get("a");
        fixture.put("a", 2);
        fixture.put("b", 3);
        fixture.store.get("b");
        assertThat(fixture.store.entry("b")).isNotNull();
        assertThat(fixture.store.entry("b")).isNotNull();
        assertThat(fixture.store.entry("b")).isNotNull();
        fixture.put("c", 4);
        assertThat(fixture.contents()).containsOnlyKeys("a", "c");
    }

    @Test
    void lfu_tie_theOneUsedLongestAgoLeaves() { // [89]
        Fixture<String> fixture = sized(3, Policy.LFU);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.put("c", 3);
        fixture.put("d", 4);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c", "d");
        fixture.store.get("d");
        fixture.store.get("b");
        fixture.store.get("c");
        fixture.put("e", 5);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c", "e");
    }

    @Test
    void lfu_removedAndClearedStartAnew() { // [89]
        Fixture<String> fixture = sized(2, Policy.LFU);
        fixture.put("a", 1);
        fixture.store.get("a");
        fixture.store.remove("a", Guard.ANY);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.store.get("b");
        fixture.put("c", 3);
        assertThat(fixture.contents()).containsOnlyKeys("b", "c");
        fixture.store.clear();
        fixture.put("b", 1);
        fixture.put("c", 2);
        fixture.put("d", 3);
        assertThat(fixture.contents()).containsOnlyKeys("c", "d");
    }

    @Test
    void rr_sameSeed_sameVictims() {
        CacheSpec spec = Fixture.spec()
                .with(Settings.MAXIMUM_SIZE, 8L, "test")
                .with(Settings.POLICY, Policy.RR, "test")
                .with(HeapSettings.SEED, 42L, "test");
        Fixture<Integer> one = Fixture.of(spec);
        Fixture<Integer> other = Fixture.of(spec);
        int[] victims = new int[500];
        for (int i = 0; i < 500; i++) {
            one.put(i, i);
            other.put(i, i);
        }
        List<Fixture.Removal> removals = one.taken();
        assertThat(other.taken()).isEqualTo(removals);
        removals.forEach(removal -> victims[(Integer) removal.key()]++);
        assertThat(removals).anyMatch(removal -> (Integer) removal.key() > 8);
    }

    @Test
    void victims_expiredFirstThenPolicy() { // [91] except that the policy, not the deadline, decides among the living
        Fixture<String> fixture = Fixture.of(
                Fixture.spec().with(Settings.MAXIMUM_SIZE, 3L, "test").with(Settings.PER_ENTRY_EXPIRY, true, "test"));
        fixture.put("permanent", 1);
        fixture.store.put("soon", 2, Terms.PLAIN.lasting(10), Guard.ANY);
        fixture.store.put("late", 3, Terms.PLAIN.lasting(20), Guard.ANY);
        fixture.advance(10);
        fixture.put("d", 4);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("soon", 2, RemovalCause.EXPIRED));
        fixture.put("e", 5);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("permanent", 1, RemovalCause.SIZE));
    }

    @Test
    void victims_moreDeadThanOneSweep_stillLeaveBeforeTheLiving() {
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.MAXIMUM_WEIGHT, 101L, "test")
                .with(Settings.PER_ENTRY_EXPIRY, true, "test"));
        fixture.put("oldest", 1);
        for (int i = 0; i < 100; i++) {
            fixture.store.put("k" + i, i, Terms.PLAIN.lasting(5), Guard.ANY);
        }
        fixture.advance(5);
        assertThat(fixture.put("heavy", 2, 2 * Gate.SWEEP)).isEqualTo(Outcome.STORED);
        assertThat(fixture.taken())
                .hasSize(2 * Gate.SWEEP)
                .allMatch(removal -> removal.cause() == RemovalCause.EXPIRED);
        assertThat(fixture.contents()).containsOnlyKeys("oldest", "heavy");
    }

    // lifetimes

    @Test
    void afterWrite_boundary_isDeadAtTheTick() { // [80]
        Fixture<String> fixture = afterWrite(Duration.ofNanos(10));
        fixture.put("a", 1);
        fixture.advance(9);
        assertThat(fixture.store.get("a")).isEqualTo(1);
        assertThat(fixture.store.size()).isEqualTo(1);
        fixture.advance(1);
        assertThat(fixture.store.entry("a")).isNull();
        assertThat(fixture.contents()).isEmpty();
        assertThat(fixture.store.remove("a", Guard.ANY)).isFalse();
        assertThat(fixture.store.get("a")).isNull();
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("a", 1, RemovalCause.EXPIRED));
    }

    @Test
    void afterWrite_update_startsANewLife() { // [80]
        Fixture<String> fixture = afterWrite(Duration.ofNanos(10));
        fixture.put("a", 1);
        fixture.advance(9);
        fixture.put("a", 2);
        fixture.advance(9);
        assertThat(fixture.store.get("a")).isEqualTo(2);
        fixture.advance(1);
        assertThat(fixture.store.get("a")).isNull();
    }

    @Test
    void afterAccess_getRenews_entryDoesNot() {
        Fixture<String> fixture = Fixture.with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(10));
        fixture.put("a", 1);
        fixture.advance(9);
        assertThat(fixture.store.get("a")).isEqualTo(1);
        fixture.advance(9);
        assertThat(fixture.store.entry("a")).isNotNull();
        fixture.advance(1);
        assertThat(fixture.store.get("a")).isNull();
    }

    @Test
    void bothLifetimes_theEarlierCounts() {
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(25), "test")
                .with(Settings.EXPIRE_AFTER_ACCESS, Duration.ofNanos(10), "test"));
        fixture.put("a", 1);
        fixture.put("b", 2);
        for (int i = 0; i < 3; i++) {
            fixture.advance(8);
            assertThat(fixture.store.get("a")).isEqualTo(1);
        }
        assertThat(fixture.store.size()).isEqualTo(1);
        fixture.advance(1);
        assertThat(fixture.store.get("a")).isNull();
        fixture.check();
    }

    @Test
    void lifetime_longestDurations_neverEndAndNeverOverflow() {
        for (Duration longest : List.of(Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))) {
            Fixture<String> fixture = Fixture.startingAt(
                    Long.MAX_VALUE - 3, Fixture.spec().with(Settings.EXPIRE_AFTER_WRITE, longest, "test"));
            fixture.put("a", 1);
            fixture.advance(Long.MAX_VALUE);
            assertThat(fixture.store.get("a")).isEqualTo(1);
            assertThat(fixture.store.size()).isEqualTo(1);
        }
        Fixture<String> almost = afterWrite(Duration.ofNanos(Long.MAX_VALUE - 1));
        almost.put("a", 1);
        almost.advance(Long.MAX_VALUE - 2);
        assertThat(almost.store.get("a")).isEqualTo(1);
        almost.advance(1);
        assertThat(almost.store.get("a")).isNull();
    }

    @Test
    void ownLifetime_replacesTheCachesAndUpdateMayDropIt() { // [81], [91]
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.PER_ENTRY_EXPIRY, true, "test")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(10), "test"));
        fixture.store.put("long", 1, Terms.PLAIN.lasting(30), Guard.ANY);
        fixture.store.put("forever", 2, Terms.PLAIN.lasting(Terms.FOREVER), Guard.ANY);
        fixture.put("usual", 3);
        fixture.store.put("short", 4, Terms.PLAIN.lasting(5), Guard.ANY);
        fixture.advance(5);
        assertThat(fixture.contents()).containsOnlyKeys("long", "forever", "usual");
        fixture.advance(5);
        assertThat(fixture.contents()).containsOnlyKeys("long", "forever");
        fixture.put("long", 5);
        fixture.advance(10);
        assertThat(fixture.contents()).containsOnlyKeys("forever");
        assertThat(fixture.store.size()).isEqualTo(1);
        fixture.check();
    }

    @Test
    void ownLifetime_zeroOrLess_takesTheOldAwayAndIsGone() { // [81] except that the old value does not stay
        Fixture<String> fixture = perEntry();
        fixture.put("a", 1);
        assertThat(fixture.store.put("a", 2, Terms.PLAIN.lasting(0), Guard.ANY)).isEqualTo(Outcome.STORED);
        assertThat(fixture.store.get("a")).isNull();
        assertThat(fixture.taken())
                .containsExactly(
                        new Fixture.Removal("a", 1, RemovalCause.REPLACED),
                        new Fixture.Removal("a", 2, RemovalCause.EXPIRED));
    }

    @Test
    void ownLifetime_manyUpdates_doNotLeak() { // [81]
        Fixture<String> fixture = perEntry();
        for (int i = 1; i <= 1000; i++) {
            fixture.store.put("a", i, Terms.PLAIN.lasting(1_000_000 - i), Guard.ANY);
        }
        fixture.check();
        assertThat(fixture.store.inside().expiry.verify()).isEqualTo(1);
    }

    @Test
    void entry_tellsWhatIsLeft() {
        Fixture<String> fixture = perEntry();
        fixture.store.put("a", 1, Terms.PLAIN.lasting(10), Guard.ANY);
        fixture.put("b", 2);
        fixture.advance(3);
        assertThat(fixture.store.entry("a").terms().keptNanos()).isEqualTo(7);
        assertThat(fixture.store.entry("b").terms().keptNanos()).isEqualTo(Terms.FOREVER);
    }

    @Test
    @SuppressWarnings("unchecked") // the keys are strings
    void touch_live_givesANewLifetimeAndKeepsTheMark() {
        Fixture<String> fixture = perEntry();
        TouchStore<String> touching = fixture.store.capability(TouchStore.class).orElseThrow();
        fixture.store.put("a", 1, Terms.PLAIN.lasting(10), Guard.ANY);
        Object mark = fixture.store.entry("a").mark();
        fixture.advance(9);
        assertThat(touching.touch("a", 10)).isTrue();
        fixture.advance(9);
        assertThat(fixture.store.entry("a").mark()).isSameAs(mark);
        fixture.advance(1);
        assertThat(touching.touch("a", 10)).isFalse();
        assertThat(touching.touch("none", 10)).isFalse();
    }

    @Test
    void sweep_writesAndMisses_removeABoundedNumber() {
        Fixture<String> fixture = afterWrite(Duration.ofNanos(10));
        for (int i = 0; i < 200; i++) {
            fixture.put("k" + i, i);
        }
        fixture.advance(10);
        fixture.put("new", 1);
        assertThat(fixture.taken()).hasSize(Gate.SWEEP);
        assertThat(fixture.store.get("absent")).isNull();
        assertThat(fixture.taken()).hasSize(Gate.SWEEP);
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.taken()).hasSize(200 - 2 * Gate.SWEEP);
    }

    // guards

    @Test
    void absent_overADeadEntry_holdsAndReportsItExpired() {
        Fixture<String> fixture = afterWrite(Duration.ofNanos(10));
        assertThat(fixture.store.put("a", 1, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(fixture.store.put("a", 2, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        fixture.advance(10);
        assertThat(fixture.store.put("a", 3, Terms.PLAIN, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal("a", 1, RemovalCause.EXPIRED));
    }

    @Test
    void seen_sameValuePutAgain_doesNotHold() {
        Fixture<String> fixture = sized(2, Policy.FIFO);
        Object value = new Object();
        fixture.put("a", value);
        Entry seen = fixture.store.entry("a");
        fixture.put("a", value);
        assertThat(fixture.store.put("a", 2, Terms.PLAIN, Guard.seen(seen.mark())))
                .isEqualTo(Outcome.REFUSED);
        assertThat(fixture.store.remove("a", Guard.seen(seen.mark()))).isFalse();
        Object now = fixture.store.entry("a").mark();
        assertThat(fixture.store.put("a", 2, Terms.PLAIN, Guard.seen(now))).isEqualTo(Outcome.STORED);
    }

    // tags

    @Test
    void removeTagged_removesTheLiveOnesOnly() {
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.TAGS, true, "test")
                .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(10), "test"));
        TagStore tags = fixture.store.capability(TagStore.class).orElseThrow();
        fixture.store.put("dead", 1, Terms.PLAIN.tagged(Set.of("x")), Guard.ANY);
        fixture.advance(5);
        fixture.store.put("a", 2, Terms.PLAIN.tagged(Set.of("x", "y")), Guard.ANY);
        fixture.store.put("b", 3, Terms.PLAIN.tagged(Set.of("y")), Guard.ANY);
        fixture.advance(5);
        assertThat(fixture.store.entry("a").terms().tags()).containsExactlyInAnyOrder("x", "y");
        assertThat(tags.removeTagged("x")).isEqualTo(1);
        assertThat(tags.removeTagged("x")).isZero();
        assertThat(fixture.contents()).containsOnlyKeys("b");
        fixture.put("b", 4);
        assertThat(tags.removeTagged("y")).isZero();
        fixture.check();
    }

    @Test
    void capability_notAskedFor_isEmpty() {
        Fixture<String> fixture = sized(2, Policy.LRU);
        assertThat(fixture.store.capability(TagStore.class)).isEmpty();
        assertThat(fixture.store.capability(TouchStore.class)).isEmpty();
    }

    // cursor, clear, close

    @Test
    void cursor_storeChangesMeanwhile_seesWhatStaysExactlyOnce() {
        Fixture<Integer> fixture = Fixture.of(Fixture.spec());
        for (int i = 0; i < 100; i++) {
            fixture.put(i, i);
        }
        Set<Integer> seen = new HashSet<>();
        try (Cursor<Integer> cursor = fixture.store.entries()) {
            int added = 1000;
            while (cursor.advance()) {
                assertThat(seen.add(cursor.key())).isTrue();
                for (int i = 0; i < 50 && added < 6_000; i++) {
                    fixture.put(added++, "new");
                }
                int gone = 50 + seen.size() % 50;
                fixture.store.remove(gone, Guard.ANY);
                fixture.put(gone, "again");
                fixture.put(cursor.key(), "updated");
                assertThat(cursor.value()).isEqualTo("updated");
                fixture.store.remove(cursor.key(), Guard.ANY);
                assertThat(cursor.value()).isNull();
            }
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(seen).contains(i);
        }
    }

    @Test
    void clear_reportsEachOnce() {
        Fixture<String> fixture = sized(5, Policy.LFU);
        fixture.put("a", 1);
        fixture.put("b", 2);
        fixture.store.clear();
        assertThat(fixture.taken())
                .containsExactlyInAnyOrder(
                        new Fixture.Removal("a", 1, RemovalCause.EXPLICIT),
                        new Fixture.Removal("b", 2, RemovalCause.EXPLICIT));
        assertThat(fixture.store.size()).isZero();
        fixture.check();
    }

    @Test
    void close_dropsEverything() {
        Fixture<String> fixture = sized(5, Policy.LRU);
        fixture.put("a", 1);
        fixture.store.close();
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.taken()).isEmpty();
    }

    // keys that misbehave

    /** A key whose equals and hashCode obey the test. */
    private static final class Wayward {
        private final int id;
        private int hash;
        private boolean angry;

        Wayward(int id, int hash) {
            this.id = id;
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            if (angry || (other instanceof Wayward that && that.angry)) {
                throw new IllegalStateException("angry");
            }
            return other instanceof Wayward that && that.id == id;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @ParameterizedTest
    @EnumSource(value = Policy.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void equalsThatThrows_leavesTheStoreAsItWas(Policy policy) {
        Fixture<Wayward> fixture = Fixture.of(
                Fixture.spec().with(Settings.MAXIMUM_SIZE, 3L, "test").with(Settings.POLICY, policy, "test"));
        Wayward angry = new Wayward(0, 7);
        fixture.put(angry, 0);
        fixture.put(new Wayward(1, 7), 1);
        angry.angry = true;
        assertThatThrownBy(() -> fixture.put(new Wayward(2, 7), 2)).hasMessage("angry");
        assertThatThrownBy(() -> fixture.store.remove(new Wayward(2, 7), Guard.ANY))
                .hasMessage("angry");
        assertThatThrownBy(() -> fixture.store.get(new Wayward(2, 7))).hasMessage("angry");
        assertThat(fixture.store.size()).isEqualTo(2);
        assertThat(fixture.taken()).isEmpty();
        fixture.check();
        for (int i = 3; i < 40; i++) {
            fixture.put(new Wayward(i, 8), i);
        }
        assertThat(fixture.store.size()).isEqualTo(3);
        fixture.check();
    }

    @Test
    void keyChangedAfterItWasStored_isEvictedAllTheSame() {
        Fixture<Wayward> fixture = Fixture.with(Settings.MAXIMUM_SIZE, 1L);
        Wayward key = new Wayward(0, 1);
        fixture.put(key, 0);
        key.hash = 2;
        fixture.put(new Wayward(1, 3), 1);
        assertThat(fixture.taken()).containsExactly(new Fixture.Removal(key, 0, RemovalCause.SIZE));
        assertThat(fixture.store.size()).isEqualTo(1);
        fixture.check();
    }

    // an order of the user's own

    /** Lets the shortest key leave. */
    private static final class ShortestFirst implements VictimOrder<String> {
        private final Set<String> keys = new HashSet<>();

        @Override
        public void added(String key) {
            keys.add(key);
        }

        @Override
        public void used(String key) {
            if (key.contains("!")) {
                throw new IllegalStateException("used");
            }
        }

        @Override
        public void updated(String key) {}

        @Override
        public void removed(String key) {
            keys.remove(key);
        }

        @Override
        public String victim(String spared) {
            return keys.stream()
                    .filter(key -> !key.equals(spared))
                    .min((one, other) -> Integer.compare(one.length(), other.length()))
                    .orElse(null);
        }
    }

    @Test
    void order_ofTheUser_decides() {
        Fixture<String> fixture = Fixture.of(Fixture.spec()
                .with(Settings.MAXIMUM_SIZE, 2L, "test")
                .with(HeapSettings.ORDER, ShortestFirst::new, "test"));
        fixture.put("aaa", 1);
        fixture.put("a", 2);
        fixture.put("aa", 3);
        assertThat(fixture.contents()).containsOnlyKeys("aaa", "aa");
        fixture.store.clear();
        fixture.put("bb!", 1);
        assertThatThrownBy(() -> fixture.store.get("bb!")).hasMessage("used");
        fixture.put("b", 1);
        fixture.put("bb", 1);
        assertThat(fixture.contents()).containsOnlyKeys("bb!", "bb");
        fixture.check();
    }

    @Test
    void order_andPolicy_excludeEachOther() {
        assertThatThrownBy(() -> Fixture.spec()
                        .with(Settings.POLICY, Policy.LRU, "test")
                        .with(HeapSettings.ORDER, ShortestFirst::new, "test"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("policy")
                .hasMessageContaining("order");
    }
}
