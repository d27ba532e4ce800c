package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> rung = Collections.synchronizedList(new ArrayList<>());

    @Test
    void alarms_byAClockThatIsMoved_inTheirOrder_acrossItsTurn() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        try (Alarms alarms = new Alarms(now::get, false)) {
            alarms.after(3 * MINUTE, last::countDown);
            alarms.after(2 * MINUTE, () -> rung.add("second"));
            alarms.after(MINUTE, () -> rung.add("first"));
            alarms.after(MINUTE, () -> rung.add("cancelled")).cancel();
            now.addAndGet(3 * MINUTE);
            assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rung).containsExactly("first", "second");
    }

    @Test
    void alarm_byTheMachinesClock_rings() throws Exception {
        CountDownLatch rings = new CountDownLatch(1);
        try (Alarms alarms = new Alarms(Ticker.system(), true)) {
            alarms.after(1, rings::countDown);
            assertThat(rings.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void action_thatThrows_takesNoOtherAlarmWithIt() throws Exception {
        CountDownLatch others = new CountDownLatch(2);
        try (Alarms alarms = new Alarms(now::get, false)) {
            alarms.after(MINUTE, () -> {
                throw new AssertionError("an executor of the user's");
            });
            alarms.after(MINUTE, others::countDown);
            alarms.after(2 * MINUTE, others::countDown);
            now.addAndGet(2 * MINUTE);
            assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cancelled_areLetGoOf_andTheThreadEndsWithTheLast() {
        try (Alarms alarms = new Alarms(now::get, false)) {
            for (int i = 0; i < 100_000; i++) {
                alarms.after(MINUTE, () -> rung.add("never")).cancel();
            }
            assertThat(alarms.kept()).isLessThan(200);
        }
        assertThat(rung).isEmpty();
    }
}
