package io.github.twatcache.disk.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries on the heap: found as they were put or not at all, and never more than there may be. */
final class FrontTest {
    private static final int SIZE = 100;

    @TempDir
    Path folder;

    private @Nullable Stripes open;

    @BeforeEach
    void open() throws Exception {
        open = Stripes.open(folder, UUID.randomUUID(), () -> true);
    }

    @AfterEach
    void close() {
        stripes().close();
    }

    private Stripes stripes() {
        return Objects.requireNonNull(open);
    }

    private void put(Front<Object, Integer> front, Object key, int number) {
        int stripe = key.hashCode() & 0xFF;
        front.put(
                key, stripe, stripes().stamp(stripe), SIZE, number, Handing.of("v" + number, new byte[0], bytes -> ""));
    }

    private static @Nullable Object get(Front<Object, Integer> front, Object key) {
        Front.Held<Object, Integer> held = front.get(key);
        return held == null ? null : held.value();
    }

    @Test
    void entries_asManyAsThereMayBe_allFound() {
        Front<Object, Integer> front = new Front<>(stripes(), 10_000, 1L << 30);
        for (int i = 0; i < 10_000; i++) {
            put(front, i, i);
        }
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            found += Objects.equals(get(front, i), "v" + i) ? 1 : 0;
        }
        // A row of eight places overflows now and then.
        assertThat(found).isBetween(9_900, 10_000);
        assertThat(front.bytes()).isEqualTo((long) found * SIZE);
    }

    @Test
    void anyHistory_neverMoreThanTheBounds_neverAnotherValue() {
        SplittableRandom random = new SplittableRandom(11);
        for (int[] bounds : new int[][] {{1, 1_000}, {9, 100_000}, {300, 20_000}, {1_000, 1 << 20}}) {
            Front<Object, Integer> front = new Front<>(stripes(), bounds[0], (long) bounds[1]);
            Map<Object, Integer> last = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                Object key = random.nextInt(2 * bounds[0] + 3);
                if (random.nextBoolean()) {
                    put(front, key, i);
                    last.put(key, i);
                } else {
                    Object found = get(front, key);
                    assertThat(found == null || found.equals("v" + last.get(key)))
                            .isTrue();
                }
                assertThat(front.bytes()).isLessThanOrEqualTo(Math.min(bounds[1], (long) bounds[0] * SIZE));
            }
        }
    }

    /** Keys of one hash code share a row, however wide the table is. */
    @Test
    void sameHashCode_otherKeys_toldApart() {
        record Same(int number) {
            @Override
            public int hashCode() {
                return 7;
            }
        }
        Front<Object, Integer> front = new Front<>(stripes(), 100, 1L << 20);
        for (int i = 0; i < 50; i++) {
            put(front, new Same(i), i);
        }
        int found = 0;
        for (int i = 0; i < 50; i++) {
            Object value = get(front, new Same(i));
            assertThat(value == null || value.equals("v" + i)).isTrue();
            found += value == null ? 0 : 1;
        }
        assertThat(found).isEqualTo(8);
    }

    @Test
    void used_staysWhereAnotherWasNot() {
        Front<Object, Integer> front = new Front<>(stripes(), 8, 1L << 20);
        for (int i = 0; i < 8; i++) {
            put(front, i, i);
        }
        int used = 0;
        while (get(front, used) == null) {
            used++;
        }
        for (int i = 8; i < 16; i++) {
            put(front, i, i);
            assertThat(get(front, used)).isEqualTo("v" + used);
        }
    }
}
