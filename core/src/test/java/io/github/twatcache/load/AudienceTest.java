package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.load.Load.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AudienceTest {
    private final Audience audience = new Audience();
    private final List<Integer> told = new ArrayList<>();

    /** Notes that it was told. */
    private final class Numbered implements Listener {
        final int number;
        boolean gone;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public void ended(Ending ending) {
            told.add(number);
        }

        @Override
        public boolean gone() {
            return gone;
        }
    }

    @Test
    void tell_inTheOrderInWhichTheyCame_eachOnce() {
        IntStream.range(0, 100).forEach(i -> audience.add(new Numbered(i)));
        audience.tell(Ending.TRY_ANEW);
        audience.tell(Ending.TRY_ANEW);
        assertThat(told).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    /** Guard: without the sweep a load that never ends holds on to all who ever waited for it. */
    @Test
    void gone_areSweptOut_theOthersKeepTheirOrder() {
        List<Numbered> stay = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Numbered one = new Numbered(i);
            audience.add(one);
            if (i % 1_000 == 0) {
                stay.add(one);
            } else {
                one.gone = true;
                audience.oneIsGone();
            }
        }
        assertThat(audience.seats()).isLessThan(100);
        audience.tell(Ending.TRY_ANEW);
        assertThat(told.stream().filter(number -> number % 1_000 == 0))
                .isEqualTo(stay.stream().map(one -> one.number).toList());
    }

    /** Listeners come and go while the load ends: each that stays is told once. */
    @Test
    void race_ofComersAndTheEnd_eachIsToldOnce() throws Exception {
        InFlight home = LoadTableTest.home();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 2_000; round++) {
                Load load = new Load(home, "k");
                AtomicInteger heard = new AtomicInteger();
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> comers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    boolean leaves = i == 1;
                    comers.add(threads.submit(() -> {
                        start.await();
                        for (int n = 0; n < 40; n++) {
                            load.hear(new Listener() {
                                @Override
                                public void ended(Ending ending) {
                                    heard.incrementAndGet();
                                }

                                @Override
                                public boolean gone() {
                                    return false;
                                }
                            });
                            if (leaves) {
                                load.forget();
                            }
                        }
                        return null;
                    }));
                }
                comers.add(threads.submit(() -> {
                    start.await();
                    load.end(Ending.TRY_ANEW);
                    load.tell();
                    return null;
                }));
                start.countDown();
                for (Future<?> comer : comers) {
                    comer.get();
                }
                assertThat(heard).hasValue(80);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
