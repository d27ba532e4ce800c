package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.load.SourceBreaker.Answer;
import org.junit.jupiter.api.Test;

final class SourceBreakerTest {
    private long now;
    private final SourceBreaker breaker = new SourceBreaker(2, 10, () -> now);

    @Test
    void ask_probeRuns_nobodyElseMay_untilItHasTakenTooLong() {
        breaker.tell(true, false);
        breaker.tell(true, false);
        assertThat(breaker.ask()).isEqualTo(Answer.OPEN);
        now += 10;
        assertThat(breaker.ask()).isEqualTo(Answer.PROBE);
        now += 9;
        assertThat(breaker.ask()).isEqualTo(Answer.OPEN);
        now += 1;
        assertThat(breaker.ask()).as("the first does not end").isEqualTo(Answer.PROBE);
        breaker.tell(false, true);
        assertThat(breaker.ask()).isEqualTo(Answer.CLOSED);
    }
}
