package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.7: an entry that is kept past its freshness has three ends, all exact: found, fresh, kept. Only {@link
 * StaleStore} knows it between the last two.
 */
@Contract("4.7 kept past freshness")
public abstract class StaleStoreContract extends EngineContract {
    private static final Terms ENDS = Terms.PLAIN.lasting(10, 20, 50);

    private final RecordingContext<Object> context = new RecordingContext<>(true);
    private final FakeTicker clock = context.ticker();

    /** Makes a contract. */
    protected StaleStoreContract() {}

    private boolean opened() {
        return opened(spec -> spec);
    }

    private boolean opened(UnaryOperator<CacheSpec> more) {
        if (refuses(Trait.STALE)) {
            return false;
        }
        use(
                context,
                spec -> more.apply(
                        spec.with(Settings.KEEP_STALE, true, "test").with(Settings.PER_ENTRY_EXPIRY, true, "test")));
        return true;
    }

    @SuppressWarnings("unchecked") // its keys are Objects
    private StaleStore<Object> keeper() {
        return (StaleStore<Object>) store().capability(StaleStore.class).orElseThrow();
    }

    private void put(Object key, Object value, Terms terms) {
        assertThat(store().put(key, value, terms, Guard.ANY)).isEqualTo(Outcome.STORED);
    }

    private long walked() {
        long seen = 0;
        try (Cursor<Object> cursor = store().entries()) {
            while (cursor.advance()) {
                seen++;
            }
        }
        return seen;
    }

    private void assertFresh(boolean fresh) {
        assertThat(store().entry("k") != null).isEqualTo(fresh);
        assertThat(store().size()).isEqualTo(fresh ? 1 : 0);
        assertThat(walked()).isEqualTo(fresh ? 1 : 0);
    }

    @Test
    void threeEnds_eachExact() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS);
        clock.advance(9);
        assertThat(store().get("k")).isEqualTo("v");
        assertThat(there(keeper().kept("k")).due()).isFalse();
        clock.advance(1);
        assertThat(store().get("k")).isNull();
        Kept due = there(keeper().kept("k"));
        assertThat(due.entry().value()).isEqualTo("v");
        assertThat(due.due()).isTrue();
        assertThat(due.fresh()).isTrue();
        assertThat(due.staleNanos()).isZero();
        assertThat(due.entry().terms().freshNanos()).isEqualTo(10);
        assertThat(due.entry().terms().keptNanos()).isEqualTo(40);
        assertFresh(true);
        clock.advance(9);
        assertFresh(true);
        clock.advance(1);
        assertFresh(false);
        assertThat(store().get("k")).isNull();
        Kept stale = there(keeper().kept("k"));
        assertThat(stale.entry().value()).isEqualTo("v");
        assertThat(stale.fresh()).isFalse();
        assertThat(stale.aged()).isFalse();
        assertThat(context.removed()).isEmpty();
        clock.advance(29);
        assertThat(there(keeper().kept("k")).staleNanos()).isEqualTo(29);
        assertThat(there(keeper().kept("k")).entry().terms().keptNanos()).isEqualTo(1);
        clock.advance(1);
        assertThat(keeper().kept("k")).isNull();
        assertThat(store().get("k")).isNull();
        // An engine may sweep later than that, with some write.
        clock.advance(Duration.ofMinutes(1));
        put("other", "v", ENDS);
        assertThat(store().size()).isEqualTo(1);
        assertThat(context.removed()).containsExactly(new RecordingContext.Removal("k", "v", RemovalCause.EXPIRED));
    }

    /** Who finds nothing kept in between would be told of a failure, or of a limit that has passed. */
    @Test
    void stalePutOver_isKeptUntilTheNewOneIs() {
        if (!opened()) {
            return;
        }
        // For so long that a reader which stands still between what it finds and the clock does not find it over.
        Terms keptForLong = Terms.PLAIN.lasting(10, 20, 1_000_000_000);
        AtomicBoolean over = new AtomicBoolean();
        put("k", "first", keptForLong);
        Actor<Long> reader = Actor.start(() -> {
            long missed = 0;
            while (!over.get()) {
                missed += keeper().kept("k") == null ? 1 : 0;
            }
            return missed;
        });
        for (int i = 0; i < 5_000; i++) {
            clock.advance(20);
            assertThat(store().put("k", "v" + i, keptForLong, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        }
        over.set(true);
        assertThat(reader.result()).isZero();
    }

    @Test
    void withoutTermsOfItsOwn_cachesLifetime_keptNoLonger() {
        if (!opened(spec -> spec.with(Settings.EXPIRE_AFTER_WRITE, Duration.ofNanos(30), "test"))) {
            return;
        }
        put("k", "v", Terms.PLAIN);
        clock.advance(29);
        assertThat(store().get("k")).isEqualTo("v");
        clock.advance(1);
        assertThat(store().get("k")).isNull();
        assertThat(keeper().kept("k")).isNull();
    }

    @Test
    void costAndVersion_keptWithTheEntry() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS.costing(7).versioned("etag"));
        assertThat(there(keeper().kept("k")).entry().terms().costNanos()).isEqualTo(7);
        assertThat(there(keeper().kept("k")).entry().terms().version()).isEqualTo("etag");
    }

    @Test
    void stale_isAbsentToEveryGuard_andReportedOnceAsExpired() {
        if (!opened()) {
            return;
        }
        put("k", "old", ENDS);
        Object mark = entry("k").mark();
        clock.advance(20);
        assertThat(store().put("k", "seen", ENDS, Guard.seen(mark))).isEqualTo(Outcome.REFUSED);
        put("l", "old", ENDS);
        clock.advance(20);
        assertThat(store().put("l", "new", ENDS, Guard.ABSENT)).isEqualTo(Outcome.STORED);
        assertThat(store().get("l")).isEqualTo("new");
        assertThat(there(keeper().kept("l")).entry().value()).isEqualTo("new");
        assertThat(context.removed())
                .containsOnlyOnce(new RecordingContext.Removal("l", "old", RemovalCause.EXPIRED))
                .noneMatch(removal -> removal.cause() == RemovalCause.REPLACED);
    }

    @Test
    void remove_clearAndTag_takeStaleOnesAway() {
        if (!opened(spec -> spec.with(Settings.TAGS, true, "test"))) {
            return;
        }
        put("k", "v", ENDS);
        put("l", "v", ENDS);
        put("m", "v", ENDS.tagged(Set.of("red")));
        clock.advance(20);
        assertThat(store().remove("k", Guard.ANY)).isFalse();
        assertThat(keeper().kept("k")).isNull();
        assertThat(store().capability(TagStore.class).orElseThrow().removeTagged("red"))
                .isZero();
        assertThat(keeper().kept("m")).isNull();
        assertThat(there(keeper().kept("l")).entry().value()).isEqualTo("v");
        store().clear();
        assertThat(keeper().kept("l")).isNull();
        assertThat(context.removed())
                .extracting(RecordingContext.Removal::cause)
                .containsExactly(RemovalCause.EXPIRED, RemovalCause.EXPIRED, RemovalCause.EXPIRED);
    }

    @Test
    void age_fresh_staleAtOnce_goneWhenItWouldHaveBeen() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS);
        clock.advance(5);
        assertThat(keeper().age("k")).isTrue();
        assertThat(store().get("k")).isNull();
        assertFresh(false);
        Kept aged = there(keeper().kept("k"));
        assertThat(aged.entry().value()).isEqualTo("v");
        assertThat(aged.aged()).isTrue();
        assertThat(aged.fresh()).isFalse();
        assertThat(keeper().age("k")).isFalse();
        assertThat(keeper().age("absent")).isFalse();
        clock.advance(44);
        assertThat(there(keeper().kept("k")).staleNanos()).isEqualTo(44);
        clock.advance(1);
        assertThat(keeper().kept("k")).isNull();
    }

    @Test
    void age_thenPut_newLifeIsFresh() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS);
        keeper().age("k");
        put("k", "w", ENDS);
        assertThat(store().get("k")).isEqualTo("w");
        assertThat(there(keeper().kept("k")).aged()).isFalse();
    }

    @Test
    void age_everlasting_keptForEver() {
        if (!opened()) {
            return;
        }
        put("k", "v", Terms.PLAIN);
        assertThat(keeper().age("k")).isTrue();
        clock.advance(Duration.ofDays(365));
        assertThat(there(keeper().kept("k")).entry().value()).isEqualTo("v");
        assertFresh(false);
    }

    @Test
    void age_byTagAndAll_onlyThoseThatAreFresh() {
        if (!opened(spec -> spec.with(Settings.TAGS, true, "test"))) {
            return;
        }
        put("a", "v", ENDS.tagged(Set.of("red", "round")));
        put("b", "v", ENDS.tagged(Set.of("red")));
        put("c", "v", ENDS);
        assertThat(keeper().ageTagged("red")).isEqualTo(2);
        assertThat(keeper().ageTagged("round")).isZero();
        assertThat(store().get("a")).isNull();
        assertThat(store().get("c")).isEqualTo("v");
        assertThat(there(keeper().kept("a")).entry().terms().tags()).containsExactlyInAnyOrder("red", "round");
        assertThat(keeper().ageAll()).isEqualTo(1);
        assertThat(store().size()).isZero();
        for (Object key : List.of("a", "b", "c")) {
            assertThat(there(keeper().kept(key)).aged()).isTrue();
        }
    }

    @Test
    void retime_fresh_newEnds_stale_left() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS);
        clock.advance(15);
        assertThat(keeper().retime("k", Terms.PLAIN.lasting(100, 200, 300))).isTrue();
        clock.advance(99);
        assertThat(store().get("k")).isEqualTo("v");
        clock.advance(1);
        assertThat(store().get("k")).isNull();
        clock.advance(99);
        assertFresh(true);
        clock.advance(1);
        assertFresh(false);
        assertThat(keeper().retime("k", ENDS)).isFalse();
        assertThat(keeper().retime("absent", ENDS)).isFalse();
        clock.advance(99);
        assertThat(there(keeper().kept("k")).staleNanos()).isEqualTo(99);
        clock.advance(1);
        assertThat(keeper().kept("k")).isNull();
    }

    @Test
    @SuppressWarnings("unchecked") // its keys are Objects
    void touch_stale_leftAlone() {
        if (!opened()) {
            return;
        }
        TouchStore<Object> touching =
                (TouchStore<Object>) store().capability(TouchStore.class).orElseThrow();
        put("k", "v", ENDS);
        clock.advance(20);
        assertThat(touching.touch("k", 100)).isFalse();
        assertThat(there(keeper().kept("k")).fresh()).isFalse();
        assertThat(store().get("k")).isNull();
    }

    @Test
    void kept_isNoUse_andHowOftenItIsAsked_changesNothing() {
        if (!opened()) {
            return;
        }
        put("k", "v", ENDS);
        clock.advance(30);
        for (int i = 0; i < 100; i++) {
            assertThat(store().get("k")).isNull();
            assertThat(there(keeper().kept("k")).entry().value()).isEqualTo("v");
        }
        clock.advance(20);
        assertThat(keeper().kept("k")).isNull();
    }

    @Test
    void full_staleOnesAreTheFirstToLeave_andCountUntilThen() {
        if (!claims(Trait.EXACT_LIMIT)
                || claims(Trait.ADMISSION)
                || !opened(spec -> spec.with(Settings.MAXIMUM_SIZE, 3L, "test"))) {
            return;
        }
        put("fresh", "v", Terms.PLAIN.lasting(1_000, 1_000, 1_000));
        put("stale", "v", ENDS);
        put("other", "v", Terms.PLAIN.lasting(1_000, 1_000, 1_000));
        clock.advance(20);
        assertThat(there(keeper().kept("stale")).fresh()).isFalse();
        put("new", "v", Terms.PLAIN.lasting(1_000, 1_000, 1_000));
        assertThat(keeper().kept("stale")).isNull();
        assertThat(store().size()).isEqualTo(3);
        assertThat(context.removed()).containsExactly(new RecordingContext.Removal("stale", "v", RemovalCause.EXPIRED));
    }

    @Test
    void withoutTheSetting_noSuchAbility() {
        if (refuses(Trait.STALE)) {
            return;
        }
        use(context, spec -> spec.with(Settings.PER_ENTRY_EXPIRY, true, "test"));
        assertThat(store().capability(StaleStore.class)).isEmpty();
        put("k", "v", ENDS);
        clock.advance(19);
        assertThat(store().get("k")).isEqualTo("v");
        clock.advance(1);
        assertThat(store().get("k")).isNull();
    }
}
