package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Leases.Claim;
import io.github.twatcache.spi.Leases.Commit;
import io.github.twatcache.spi.Leases.Found;
import io.github.twatcache.spi.Leases.Mine;
import io.github.twatcache.spi.Leases.Theirs;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A lease has one owner, ends with any change of its key, and decides in the store whether a late value is taken. */
@Contract("4.5 leases")
public abstract class LeasesContract extends EngineContract {
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Makes a contract. */
    protected LeasesContract() {}

    private boolean refused() {
        if (refuses(Trait.LEASES)) {
            use(new RecordingContext<>(false), spec -> spec);
            assertThat(store().capability(Leases.class)).isEmpty();
            return true;
        }
        return false;
    }

    @SuppressWarnings("unchecked") // the keys of the store under test are Objects
    private Leases<Object> leases() {
        use(new RecordingContext<>(false), spec -> spec);
        return (Leases<Object>) store().capability(Leases.class).orElseThrow();
    }

    private static Object mine(Claim claim) {
        assertThat(claim).isInstanceOf(Mine.class);
        return ((Mine) claim).token();
    }

    private static Theirs theirs(Claim claim) {
        assertThat(claim).isInstanceOf(Theirs.class);
        return (Theirs) claim;
    }

    @Test
    void acquire_free_mineAndForOthersTheirs() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        Object token = mine(leases.acquire("k"));
        Theirs theirs = theirs(leases.acquire("k"));
        assertThat(theirs.owner()).isNotBlank();
        assertThat(theirs.held()).isBetween(Duration.ZERO, LONG);
        mine(leases.acquire("another"));
        assertThat(leases.commit("k", token, "v", Terms.PLAIN)).isEqualTo(Outcome.STORED);
        assertThat(leases.acquire("k")).isEqualTo(new Found("v"));
        assertThat(store().get("k")).isEqualTo("v");
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    void commit_twice_refused() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        Object token = mine(leases.acquire("k"));
        leases.commit("k", token, "v", Terms.PLAIN);
        assertThat(leases.commit("k", token, "w", Terms.PLAIN)).isEqualTo(Outcome.REFUSED);
        store().remove("k", Guard.ANY);
        assertThat(leases.commit("k", token, "w", Terms.PLAIN)).isEqualTo(Outcome.REFUSED);
        assertThat(store().get("k")).isNull();
    }

    @Test
    void change_ofTheKey_endsTheLease() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        List<Runnable> changes = List.of(
                () -> store().put("k", "put", Terms.PLAIN, Guard.ANY),
                () -> store().put("k", "put", Terms.PLAIN, Guard.ABSENT),
                () -> store().remove("k", Guard.ANY),
                () -> store().clear());
        for (int i = 0; i < changes.size(); i++) {
            store().remove("k", Guard.ANY);
            Object token = mine(leases.acquire("k"));
            changes.get(i).run();
            Object before = store().get("k");
            assertThat(leases.commit("k", token, "late", Terms.PLAIN))
                    .as("change %s", i)
                    .isEqualTo(Outcome.REFUSED);
            assertThat(store().get("k")).as("change %s", i).isEqualTo(before);
        }
        store().remove("k", Guard.ANY);
        Object token = mine(leases.acquire("k"));
        store().put("other", "put", Terms.PLAIN, Guard.ANY);
        assertThat(leases.commit("k", token, "in time", Terms.PLAIN)).isEqualTo(Outcome.STORED);
    }

    @Test
    void release_thenAcquire_another() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        Object first = mine(leases.acquire("k"));
        leases.release("k", first);
        Object second = mine(leases.acquire("k"));
        leases.release("k", first);
        theirs(leases.acquire("k"));
        assertThat(leases.commit("k", first, "late", Terms.PLAIN)).isEqualTo(Outcome.REFUSED);
        assertThat(leases.commit("k", second, "v", Terms.PLAIN)).isEqualTo(Outcome.STORED);
    }

    @Test
    void releaseLost_given_nobodyWaitsForIt() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        Object lost = mine(leases.acquire("k"));
        Object other = mine(leases.acquire("other"));
        assertThat(leases.releaseLost("k")).isTrue();
        assertThat(leases.releaseLost("k")).as("once more").isFalse();
        assertThat(leases.holds("other", other)).isTrue();
        Object now = mine(leases.acquire("k"));
        assertThat(leases.commit("k", lost, "late", Terms.PLAIN)).isEqualTo(Outcome.REFUSED);
        assertThat(leases.commit("k", now, "v", Terms.PLAIN)).isEqualTo(Outcome.STORED);
        assertThat(leases.releaseLost("k")).as("it is over").isFalse();
    }

    @Test
    void seize_held_theLateCommitIsRefused() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        Object late = mine(leases.acquire("k"));
        Object now = mine(leases.seize("k"));
        assertThat(leases.commit("k", late, "late", Terms.PLAIN)).isEqualTo(Outcome.REFUSED);
        assertThat(leases.commit("k", now, "v", Terms.PLAIN)).isEqualTo(Outcome.STORED);
        assertThat(leases.seize("k")).isEqualTo(new Found("v"));
        mine(leases.seize("free"));
    }

    /** Whose owner is another now: he who waits must come to look at that one's life. */
    @Test
    void seize_whileSomebodyWaits_heLooksAgain() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        mine(leases.acquire("k"));
        Theirs first = theirs(leases.acquire("k"));
        Actor<Boolean> waits = Actor.start(() -> {
            leases.awaitChange("k", first, LONG);
            return true;
        });
        waits.awaitWaiting();
        mine(leases.seize("k"));
        assertThat(waits.result()).isTrue();
        theirs(leases.acquire("k"));
    }

    @Test
    void holds_untilItHasEnded() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        List<Consumer<Object>> ends = List.of(
                token -> leases.commit("k", token, "v", Terms.PLAIN),
                token -> leases.release("k", token),
                token -> leases.seize("k"),
                token -> store().put("k", "v", Terms.PLAIN, Guard.ANY),
                token -> store().remove("k", Guard.ANY),
                token -> store().clear());
        for (int i = 0; i < ends.size(); i++) {
            store().remove("k", Guard.ANY);
            Object token = mine(leases.acquire("k"));
            store().put("other", "v", Terms.PLAIN, Guard.ANY);
            assertThat(leases.holds("k", token)).as("before end %s", i).isTrue();
            ends.get(i).accept(token);
            assertThat(leases.holds("k", token)).as("after end %s", i).isFalse();
        }
    }

    @Test
    void all_manyKeys_asOneByOne() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        store().put("there", "v", Terms.PLAIN, Guard.ANY);
        mine(leases.acquire("held"));
        Map<Object, Claim> claims = leases.acquireAll(List.of("a", "there", "held", "b"));
        assertThat(claims).hasSize(4).containsEntry("there", new Found("v"));
        theirs(there(claims.get("held")));
        Object a = mine(there(claims.get("a")));
        Object b = mine(there(claims.get("b")));
        store().remove("b", Guard.ANY);
        assertThat(leases.commitAll(
                        List.of(new Commit<>("a", a, "1", Terms.PLAIN), new Commit<>("b", b, "2", Terms.PLAIN))))
                .containsExactly(Outcome.STORED, Outcome.REFUSED);
        assertThat(store().get("a")).isEqualTo("1");
        assertThat(store().get("b")).isNull();
    }

    @Test
    void acquire_byManyThreads_oneIsTheOwner() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        for (int round = 0; round < 50; round++) {
            String key = "k" + round;
            CyclicBarrier start = new CyclicBarrier(4);
            List<Actor<Claim>> actors = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                actors.add(Actor.start(() -> {
                    start.await();
                    return leases.acquire(key);
                }));
            }
            assertThat(actors.stream().map(Actor::result).filter(Mine.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void awaitChange_anyEnd_wakesUp() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        for (int way = 0; way < 3; way++) {
            String key = "k" + way;
            Object token = mine(leases.acquire(key));
            Theirs theirs = theirs(leases.acquire(key));
            Actor<Claim> waiter = Actor.start(() -> {
                Claim claim = theirs;
                while (claim instanceof Theirs) {
                    leases.awaitChange(key, theirs, LONG);
                    claim = leases.acquire(key);
                }
                return claim;
            });
            waiter.awaitWaiting();
            switch (way) {
                case 0 -> leases.commit(key, token, "v", Terms.PLAIN);
                case 1 -> leases.release(key, token);
                default -> store().put(key, "v", Terms.PLAIN, Guard.ANY);
            }
            assertThat(waiter.result()).isInstanceOf(way == 1 ? Mine.class : Found.class);
        }
    }

    @Test
    void awaitChange_boundPassed_returns() throws InterruptedException {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        mine(leases.acquire("k"));
        leases.awaitChange("k", theirs(leases.acquire("k")), Duration.ofMillis(5));
        theirs(leases.acquire("k"));
    }

    @Test
    void awaitChange_interrupted_throws() {
        if (refused()) {
            return;
        }
        Leases<Object> leases = leases();
        mine(leases.acquire("k"));
        Theirs theirs = theirs(leases.acquire("k"));
        Actor<Void> waiter = Actor.start(() -> {
            while (true) {
                leases.awaitChange("k", theirs, LONG);
            }
        });
        waiter.awaitWaiting().interrupt();
        assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    }
}
