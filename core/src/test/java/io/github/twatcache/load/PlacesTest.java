package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private static final int MANY = 100_000;

    private final Places places = new Places(1);
    private final List<Integer> given = new ArrayList<>();

    private Places.Waiter waits(int number, Runnable then) {
        return places.queues(() -> {
            given.add(number);
            then.run();
        });
    }

    @Test
    void giveBack_byWhoHasJustBeenGivenIt_anyNumberOfTimes_inTheirOrder() {
        assertThat(places.takes()).isTrue();
        for (int i = 0; i < MANY; i++) {
            waits(i, places::giveBack);
        }
        places.giveBack();
        assertThat(given).hasSize(MANY).isSorted();
        assertThat(places.takes()).as("the place is free again").isTrue();
        assertThat(places.takes()).isFalse();
    }

    @Test
    void leaves_beforeItsTurn_isGivenNone() {
        assertThat(places.takes()).isTrue();
        Places.Waiter first = waits(1, () -> {});
        waits(2, () -> {});
        assertThat(places.leaves(first)).isTrue();
        assertThat(places.leaves(first)).isFalse();
        places.giveBack();
        assertThat(given).containsExactly(2);
    }
}
