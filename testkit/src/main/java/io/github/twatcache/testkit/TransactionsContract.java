package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.Queues;
import io.github.twatcache.Streams;
import io.github.twatcache.Transactions;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.spi.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All or nothing: for each kind of change, for small and large values, and for the loads that run meanwhile. */
@Contract("§3 transactions")
public abstract class TransactionsContract extends EngineContract {
    private final Gate gate = new Gate();

    /** Makes a contract. */
    protected TransactionsContract() {}

    private static final class Undone extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    private boolean refused() {
        return refuses(Trait.TRANSACTIONS, () -> Transactions.of(strings()));
    }

    @Test
    void call_returns_everythingTakesEffect() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        cache.put("old", "there");
        int size = Transactions.of(cache).call(() -> {
            cache.put("a", "1");
            cache.put("b", "2");
            assertThat(cache.getIfPresent("a")).as("its own change").isEqualTo("1");
            assertThat(cache.remove("old")).isTrue();
            assertThat(cache.contains("old")).isFalse();
            return (int) cache.size();
        });
        assertThat(size).isEqualTo(2);
        assertThat(cache.getAllPresent(List.of("a", "b", "old"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void call_throws_nothingHasChanged() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        String large = "x".repeat(500_000);
        cache.put("small", "before");
        cache.put("large", large);
        cache.put("removed", "before");
        Undone undone = new Undone();
        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> Transactions.of(cache).run(() -> {
                    cache.put("small", "after");
                    cache.put("large", "y".repeat(600_000));
                    cache.put("new", "z".repeat(700_000));
                    cache.remove("removed");
                    cache.put("removed", "again");
                    throw undone;
                }))
                .isSameAs(undone);
        assertThat(cache.getIfPresent("small")).isEqualTo("before");
        assertThat(cache.getIfPresent("large")).isEqualTo(large);
        assertThat(cache.getIfPresent("removed")).isEqualTo("before");
        assertThat(cache.contains("new")).isFalse();
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void call_clears_andThrows_nothingHasChanged() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        for (int i = 0; i < 50; i++) {
            cache.put("k" + i, "v" + i);
        }
        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> Transactions.of(cache).run(() -> {
                    cache.clear();
                    assertThat(cache.size()).isZero();
                    cache.put("k1", "other");
                    throw new Undone();
                }));
        assertThat(cache.size()).isEqualTo(50);
        assertThat(cache.getIfPresent("k1")).isEqualTo("v1");
    }

    @Test
    void call_capabilitiesWithin_undoneToo() throws IOException {
        if (refused()) {
            return;
        }
        if (claims(Trait.COUNTERS)) {
            Cache<String, Long> longs =
                    cache("longs").types(String.class, Long.class).build();
            longs.put("n", 5L);
            undo(longs, () -> {
                assertThat(Counters.of(longs).add("n", 10)).isEqualTo(15);
                Counters.of(longs).increment("new");
            });
            assertThat(longs.getIfPresent("n")).isEqualTo(5);
            assertThat(longs.contains("new")).isFalse();
        }
        if (claims(Trait.QUEUES)) {
            Cache<String, String> cache = strings();
            Queues.of(cache).queue("q").addAll(List.of("a", "b"));
            undo(cache, () -> {
                assertThat(Queues.of(cache).queue("q").pollFirst()).isEqualTo("a");
                Queues.of(cache).queue("q").add("c");
            });
            assertThat(Queues.of(cache).queue("q")).containsExactly("a", "b");
        }
        if (claims(Trait.STREAMS)) {
            Cache<String, byte[]> bytes =
                    cache("bytes").types(String.class, byte[].class).build();
            Streams.of(bytes).write("k", out -> out.write(new byte[300_000]));
            undo(bytes, () -> {
                try {
                    Streams.of(bytes).write("k", out -> out.write(new byte[400_000]));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(bytes.getIfPresent("k")).hasSize(300_000);
        }
    }

    @Test
    void call_throws_lastUsesCountAsBefore() {
        if (refused() || refuses(Trait.EXPIRE_AFTER_ACCESS)) {
            return;
        }
        Cache<String, String> cache = cache("idle")
                .expireAfterAccess(Duration.ofMinutes(10))
                .types(String.class, String.class)
                .build();
        List<String> keys = List.of("replaced", "removed", "left alone");
        keys.forEach(key -> cache.put(key, "before"));
        ticker.advance(Duration.ofMinutes(9));
        assertThat(cache.getAllPresent(keys)).hasSize(3);
        ticker.advance(Duration.ofSeconds(30));
        undo(cache, () -> {
            cache.put("replaced", "after");
            cache.remove("removed");
        });
        ticker.advance(Duration.ofMinutes(10).minusSeconds(30).minusNanos(1));
        for (String key : keys) {
            assertThat(cache.peek(key).present()).as(key).isTrue();
        }
        ticker.advance(1);
        for (String key : keys) {
            assertThat(cache.peek(key).present()).as(key).isFalse();
        }
    }

    private static void undo(Cache<?, ?> cache, Runnable body) {
        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> Transactions.of(cache).run(() -> {
                    body.run();
                    throw new Undone();
                }));
    }

    @Test
    void call_within_joinsOrIsUndoneAlone() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Transactions transactions = Transactions.of(cache);
        transactions.run(() -> {
            cache.put("outer", "1");
            try {
                transactions.run(() -> {
                    cache.put("inner", "1");
                    cache.put("outer", "2");
                    throw new Undone();
                });
            } catch (Undone undone) {
                assertThat(cache.contains("inner")).isFalse();
            }
            transactions.run(() -> cache.put("second", "1"));
        });
        assertThat(cache.getAllPresent(List.of("outer", "inner", "second")))
                .isEqualTo(Map.of("outer", "1", "second", "1"));
        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> transactions.run(() -> {
                    transactions.run(() -> cache.put("third", "1"));
                    throw new Undone();
                }));
        assertThat(cache.contains("third")).isFalse();
    }

    @Test
    void call_others_seeNothingBeforeTheEnd() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        cache.put("a", "before");
        cache.put("b", "before");
        List<Actor<String>> readers = new ArrayList<>();
        List<String> early = new ArrayList<>();
        Transactions.of(cache).run(() -> {
            cache.put("a", "after");
            readers.add(Actor.start(() -> cache.getIfPresent("a") + cache.getIfPresent("b")));
            Actor<String> first = readers.get(0).awaitWaiting();
            if (first.isDone()) {
                early.add(first.result());
            }
            cache.put("b", "after");
        });
        assertThat(early).allMatch("beforebefore"::equals);
        assertThat(readers.get(0).result()).isIn("beforebefore", "afterafter", "beforeafter");
        assertThat(cache.getIfPresent("a")).isEqualTo("after");
    }

    @Test
    void call_byManyThreads_sumStays() {
        if (refused()) {
            return;
        }
        Cache<String, Long> cache = cache().types(String.class, Long.class).build();
        for (int i = 0; i < 4; i++) {
            cache.put("account" + i, 1_000L);
        }
        List<Actor<Integer>> actors = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            long seed = Seed.value() + t;
            actors.add(Actor.start(() -> {
                SplittableRandom random = new SplittableRandom(seed);
                int undone = 0;
                for (int i = 0; i < 60; i++) {
                    String from = "account" + random.nextInt(4);
                    String to = "account" + random.nextInt(4);
                    long amount = random.nextInt(100);
                    boolean fails = random.nextInt(5) == 0;
                    try {
                        Transactions.of(cache).run(() -> {
                            cache.put(from, there(cache.getIfPresent(from)) - amount);
                            cache.put(to, there(cache.getIfPresent(to)) + amount);
                            if (fails) {
                                throw new Undone();
                            }
                        });
                    } catch (Undone expected) {
                        undone++;
                    }
                }
                return undone;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(cache.getAllPresent(List.of("account0", "account1", "account2", "account3")).values().stream()
                        .mapToLong(value -> value)
                        .sum())
                .isEqualTo(4_000);
    }

    @Test
    void put_within_theRunningLoadIsNotStored() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("loaded")));
        gate.awaitLoader();
        Transactions.of(cache).run(() -> cache.put("k", "put"));
        gate.open();
        assertThat(owner.result()).isEqualTo("loaded");
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void remove_within_aLoadThatEndsMeanwhileIsNotStored() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        cache.put("k", "old");
        Actor<String> owner = Actor.start(() -> {
            cache.remove("k");
            return cache.get("k", key -> gate.pass("loaded before the transaction ended"));
        });
        gate.awaitLoader();
        Transactions.of(cache).run(() -> {
            cache.remove("k");
            gate.open();
            owner.awaitWaiting();
        });
        assertThat(owner.result()).isEqualTo("loaded before the transaction ended");
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void put_within_aLoadThatIsReadyToBeStored_neitherWaitsForTheOther() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("loaded")));
        gate.awaitLoader();
        Actor<Boolean> transaction = Actor.start(() -> Transactions.of(cache).call(() -> {
            cache.put("other", "put");
            gate.open();
            owner.awaitWaiting();
            cache.put("k", "put");
            return true;
        }));
        assertThat(transaction.result()).isTrue();
        assertThat(owner.result()).isEqualTo("loaded");
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void get_within_computesWithoutWaitingForOthers() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("other")));
        gate.awaitLoader();
        String own = Transactions.of(cache).call(() -> cache.get("k", key -> "own"));
        assertThat(own).isEqualTo("own");
        assertThat(Transactions.of(cache).call(() -> cache.getAll(List.of("k", "l"), keys -> Map.of("l", "bulk"))))
                .isEqualTo(Map.of("k", "own", "l", "bulk"));
        gate.open();
        assertThat(owner.result()).isEqualTo("other");
        assertThat(cache.getIfPresent("k")).isEqualTo("own");
    }

    @Test
    void get_withinForItself_recursionIsRefused() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Transactions transactions = Transactions.of(cache);
        assertThatExceptionOfType(RecursiveLoadException.class)
                .isThrownBy(() -> transactions.call(() -> cache.get("k", key -> cache.get("k", again -> "never"))));
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void use_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Transactions transactions = Transactions.of(cache);
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> transactions.run(() -> {}));
    }
}
