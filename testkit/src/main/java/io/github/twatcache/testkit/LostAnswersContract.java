package io.github.twatcache.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.spi.Trait;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * An engine that gives a lease and fails to say so: whoever asks next computes at once, and does not wait for a computation
 * that nobody has begun. An actor that waits is given up before the owner of a lease would be.
 */
@Contract("3 lost answers")
public abstract class LostAnswersContract extends ChaoticContract {
    /** Makes a contract. */
    protected LostAnswersContract() {}

    private void assertNobodyWaits(BiFunction<Cache<Integer, String>, String, String> call) {
        if (!reliable().traits().contains(Trait.LEASES)) {
            return;
        }
        Cache<Integer, String> cache = onChaos()
                .breaker(PATIENT, ofMinutes(1))
                .types(Integer.class, String.class)
                .build();
        chaos.loseNext("acquire");
        // A value would be put, and a put ends the lease.
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.get(1, key -> {
                    throw new IllegalStateException("the function fails");
                }));
        assertThat(Actor.start(() -> call.apply(cache, "computed")).result()).isEqualTo("computed");
        assertThat(cache.getIfPresent(1)).isEqualTo("computed");
    }

    @Test
    void get_leaseWasLost_computesAtOnce() {
        assertNobodyWaits((cache, value) -> cache.get(1, key -> value));
    }

    @Test
    void getAll_leaseWasLost_computesAtOnce() {
        assertNobodyWaits((cache, value) ->
                cache.getAll(List.of(1), keys -> Map.of(1, value)).get(1));
    }

    @Test
    void getAsync_leaseWasLost_computesAtOnce() {
        assertNobodyWaits((cache, value) -> cache.async()
                .get(1, key -> CompletableFuture.completedFuture(value))
                .join());
    }

    /** A lease that is lost again while it is taken back. */
    @Test
    void get_leaseWasLostTwice_computesAtOnce() {
        assertNobodyWaits((cache, value) -> {
            chaos.loseNext("releaseLost");
            assertThat(cache.get(1, key -> value)).isEqualTo(value);
            return cache.get(1, key -> "computed twice");
        });
    }

    private void assertOwnIsNotWaitedFor(Function<Cache<Integer, String>, String> call) {
        if (!reliable().traits().contains(Trait.LEASES)) {
            return;
        }
        Cache<Integer, String> cache = onChaos()
                .breaker(PATIENT, ofMinutes(1))
                .types(Integer.class, String.class)
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.get(1, key -> {
                    chaos.down(true);
                    throw new IllegalStateException("the function fails, and its lease cannot be let go of");
                }));
        chaos.down(false);
        chaos.refuseNext("release");
        assertThat(call.apply(cache)).isEqualTo("computed");
        assertThat(cache.stats().waits()).isZero();
    }

    @Test
    void get_ownLeaseCannotBeLetGoOf_doesNotWait() {
        assertOwnIsNotWaitedFor(cache -> cache.get(1, key -> "computed"));
    }

    @Test
    void getAll_ownLeaseCannotBeLetGoOf_doesNotWait() {
        assertOwnIsNotWaitedFor(
                cache -> cache.getAll(List.of(1), keys -> Map.of(1, "computed")).get(1));
    }
}
