package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Trait;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Contract 4.7: with {@code failover} each call computes, and only a failure is answered from the cache. */
@Contract("4.7 always ask")
public abstract class FailoverContract extends FreshnessFixture {
    /** Makes a contract. */
    protected FailoverContract() {}

    @Test
    void failover_computesAtEachCall_storedIsServedWhenThatFails() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().failover().failSafeThrottle(TICK));
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(cached.peek("k").value()).isEqualTo("k2");
        failure = new IOException("down");
        assertThat(cached.apply("k")).isEqualTo("k2");
        ticker.advance(TICK);
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(calls).hasValue(4);
        failure = null;
        ticker.advance(TICK);
        assertThat(cached.apply("k")).isEqualTo("k5");
    }

    @Test
    void failover_failsAgainAndAgain_eachCallAsks() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().failover());
        assertThat(cached.apply("k")).isEqualTo("k1");
        failure = new IOException("down");
        for (int i = 0; i < 3; i++) {
            assertThat(cached.apply("k")).isEqualTo("k1");
            assertThat(calls).hasValue(2 + i);
        }
        failure = null;
        assertThat(cached.apply("k")).isEqualTo("k5");
        assertThat(stats().loadFailures()).isEqualTo(3);
        // It has no lifetime, so what was served was fresh.
        assertThat(stats().staleServed()).isZero();
    }

    @Test
    void failover_expired_servedAsStale() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().failover().expireAfterWrite(MINUTE).failSafe(HOUR));
        cached.apply("k");
        ticker.advance(MINUTE);
        failure = new IOException("down");
        for (int i = 0; i < 3; i++) {
            assertThat(cached.apply("k")).isEqualTo("k1");
        }
        assertThat(calls).hasValue(4);
        assertThat(stats().staleServed()).isEqualTo(3);
    }

    @Test
    void failover_throttleAskedFor_sourceIsLeftAlone() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().failover().failSafeThrottle(MINUTE));
        cached.apply("k");
        failure = new IOException("down");
        for (int i = 0; i < 3; i++) {
            assertThat(cached.apply("k")).isEqualTo("k1");
        }
        assertThat(calls).hasValue(2);
    }
}
