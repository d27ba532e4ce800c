package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.testkit.RecordingContext.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The engine contract of removals and tags: each entry that leaves is reported once, with its cause, on the thread that
 * removed it, while no lock is held; a tag takes exactly those that carry it.
 */
@Contract("§3 removals and tags")
public abstract class RemovalsContract extends EngineContract {
    private final RecordingContext<Object> context = new RecordingContext<>(true);

    /** Makes a contract. */
    protected RemovalsContract() {}

    private Outcome put(Object key, Object value, String... tags) {
        return store().put(key, value, Terms.PLAIN.tagged(Set.of(tags)), Guard.ANY);
    }

    private long removeTagged(String tag) {
        return store().capability(TagStore.class).orElseThrow().removeTagged(tag);
    }

    private void openTagged() {
        use(context, spec -> spec.with(Settings.TAGS, true, "test"));
    }

    @Test
    void removals_eachKind_reportedOnceWithCause() {
        if (refuses(Trait.REMOVALS)) {
            return;
        }
        use(context, spec -> spec);
        put("a", 1);
        put("a", 2);
        store().put("a", 3, Terms.PLAIN, Guard.seen(entry("a").mark()));
        store().put("a", 4, Terms.PLAIN, Guard.ABSENT);
        store().remove("a", Guard.ANY);
        store().remove("a", Guard.ANY);
        put("b", 5);
        store().remove("b", Guard.seen(entry("b").mark()));
        put("c", 6);
        store().clear();
        assertThat(context.removed())
                .containsExactly(
                        new Removal("a", 1, RemovalCause.REPLACED),
                        new Removal("a", 2, RemovalCause.REPLACED),
                        new Removal("a", 3, RemovalCause.EXPLICIT),
                        new Removal("b", 5, RemovalCause.EXPLICIT),
                        new Removal("c", 6, RemovalCause.EXPLICIT));
    }

    @Test
    void removals_sameInstanceAgain_reportedAsReplaced() {
        if (refuses(Trait.REMOVALS)) {
            return;
        }
        use(context, spec -> spec);
        String value = "v";
        put("a", value);
        put("a", value);
        store().put("a", value, Terms.PLAIN, Guard.seen(entry("a").mark()));
        assertThat(context.removed())
                .containsExactly(
                        new Removal("a", value, RemovalCause.REPLACED), new Removal("a", value, RemovalCause.REPLACED));
    }

    @Test
    void removals_reportUsesTheStore_onOtherThreadsToo() {
        if (refuses(Trait.REMOVALS) || refuses(Trait.MAXIMUM_SIZE)) {
            return;
        }
        use(context, spec -> spec.with(Settings.MAXIMUM_SIZE, 5L, "test"));
        AtomicBoolean inside = new AtomicBoolean();
        List<Thread> reporters = new ArrayList<>();
        context.onRemoval(() -> {
            reporters.add(Thread.currentThread());
            if (inside.compareAndSet(false, true)) {
                // A lock held by this thread would stop the other one.
                CountDownLatch done = new CountDownLatch(1);
                Actor<Long> other = Actor.start(() -> {
                    for (int i = 0; i < 300; i++) {
                        store().get(i);
                        store().put(i, "other", Terms.PLAIN, Guard.ANY);
                        store().remove(i, Guard.ANY);
                    }
                    store().put("k" + 1, "other", Terms.PLAIN, Guard.ANY);
                    long size = store().size();
                    done.countDown();
                    return size;
                });
                Actor.await(done);
                assertThat(other.result()).isLessThanOrEqualTo(5);
            }
        });
        Thread me = Thread.currentThread();
        for (int i = 0; i < 20; i++) {
            put("k" + i, i);
        }
        assertThat(store().size()).isEqualTo(5);
        assertThat(inside).isTrue();
        assertThat(reporters).contains(me);
    }

    @Test
    void removals_notAskedFor_notReported() {
        if (refuses(Trait.REMOVALS)) {
            return;
        }
        RecordingContext<Object> quiet = new RecordingContext<>(false);
        use(quiet, spec -> spec);
        put("a", 1);
        put("a", 2);
        store().clear();
        assertThat(quiet.removals()).isFalse();
    }

    @Test
    void close_entriesLeft_notReported() throws Exception {
        if (refuses(Trait.REMOVALS)) {
            return;
        }
        use(context, spec -> spec);
        put("a", 1);
        closeAll();
        assertThat(context.removed()).isEmpty();
    }

    @Test
    void removeTagged_severalTags_exactlyTheCarriers() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        openTagged();
        put("a", 1, "red");
        put("b", 2, "red", "blue");
        put("c", 3, "blue");
        put("d", 4);
        assertThat(removeTagged("red")).isEqualTo(2);
        assertThat(removeTagged("red")).isZero();
        assertThat(removeTagged("green")).isZero();
        assertThat(store().get("a")).isNull();
        assertThat(store().get("b")).isNull();
        assertThat(store().get("c")).isEqualTo(3);
        assertThat(store().get("d")).isEqualTo(4);
        assertThat(removeTagged("blue")).isEqualTo(1);
        assertThat(store().size()).isEqualTo(1);
        assertThat(context.removed()).extracting(Removal::cause).containsOnly(RemovalCause.EXPLICIT);
    }

    @Test
    void removeTagged_retagged_onlyTheLastTagsCount() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        openTagged();
        put("a", 1, "old", "both");
        put("a", 2, "new", "both");
        assertThat(removeTagged("old")).isZero();
        assertThat(store().get("a")).isEqualTo(2);
        assertThat(entry("a").terms().tags()).containsExactlyInAnyOrder("new", "both");
        assertThat(removeTagged("new")).isEqualTo(1);
        assertThat(removeTagged("both")).isZero();
    }

    @Test
    void removeTagged_refusedPut_leavesNoTag() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        openTagged();
        put("a", 1, "first");
        Terms second = Terms.PLAIN.tagged(Set.of("second"));
        assertThat(store().put("a", 2, second, Guard.ABSENT)).isEqualTo(Outcome.REFUSED);
        assertThat(removeTagged("second")).isZero();
        assertThat(store().get("a")).isEqualTo(1);
        assertThat(removeTagged("first")).isEqualTo(1);
    }

    @Test
    void removeTagged_whileOthersPut_nothingTaggedBeforeIsLeft() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        openTagged();
        AtomicBoolean stop = new AtomicBoolean();
        Actor<Void> writer = Actor.start(() -> {
            for (int i = 0; !stop.get(); i++) {
                put("w" + i % 50, i, "w", "x" + i % 7);
            }
            return null;
        });
        for (int round = 0; round < 300; round++) {
            put("mine", round, "w");
            removeTagged("w");
            assertThat(store().get("mine")).isNull();
        }
        stop.set(true);
        writer.result();
        removeTagged("w");
        assertThat(store().size()).isZero();
        for (int i = 0; i < 7; i++) {
            assertThat(removeTagged("x" + i)).isZero();
        }
    }
}
