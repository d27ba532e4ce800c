package io.github.twatcache.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.files.Victims;
import io.github.twatcache.spi.Terms;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who leaves next, by what the index was told. */
final class IndexTest {
    private static final String ONE = "11".repeat(32);
    private static final String TWO = "22".repeat(32);

    private static Item item(String digest, long created, long fresh) {
        Head head = new Head(
                "value-0123456789abcdef0123456789abcdef.bin",
                new Stored("bin", "java.lang.Integer", "canonical-1", 100, 7, null, 100),
                digest,
                null,
                created,
                fresh,
                fresh,
                0,
                1,
                Set.of(),
                null,
                null);
        return new Item(digest, head, 300);
    }

    private static Index index() {
        return new Index(new Measure(Measure.Unit.ENTRIES, 2), Victims.LEAST_RECENTLY_USED);
    }

    @Test
    void put_withAnotherLifetime_isAsRecentlyUsedAsBefore() {
        Index index = index();
        index.put(item(ONE, 1, Terms.FOREVER));
        index.put(item(TWO, 2, Terms.FOREVER));
        index.used(ONE, 3, 1);
        index.put(item(ONE, 1, 1_000));
        assertThat(index.victim(null, 10)).isSameAs(index.get(TWO));
        assertThat(index.get(ONE).used).isEqualTo(3);
        assertThat(index.get(ONE).uses).isEqualTo(1);
    }
}
