package io.github.twatcache.disk.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Uses that the database cannot be told of take no more and more memory. */
final class UsesTest {
    @Test
    void note_ofMoreThanAreRemembered_theRestIsForgotten() {
        Uses uses = new Uses();
        Order order = new RecencyOrder(uses, false);
        Uses.Tab first = uses.tab(1);
        for (long id = 1; id <= 2L * Uses.MOST; id++) {
            assertThat(uses.note(uses.tab(id), 0, order)).isTrue();
        }
        assertThat(uses.full()).isTrue();
        assertThat(uses.some(Integer.MAX_VALUE)).hasSize(Uses.MOST);
        Uses.Use use = uses.of(1);
        assertThat(uses.note(first, 0, order)).isTrue();
        assertThat(uses.of(1)).as("what is remembered goes on").isNotEqualTo(use);
        assertThat(uses.take(1)).isNotNull();
        uses.note(uses.tab(2L * Uses.MOST), 0, order);
        assertThat(uses.of(2L * Uses.MOST)).as("there is room").isNotNull();
    }
}
