package io.github.twatcache.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where entries are. */
final class PlaceTest {
    @Test
    void above_anEntry_isEachFolderThatMayBeNew() {
        Path caches = Path.of("/cache/caches");
        Place place = new Place(caches.resolve("rows"), "a.B.row~0123456789ab", "cd".repeat(16));
        String digest = "ef".repeat(32);
        Path version = caches.resolve("rows").resolve("a.B.row~0123456789ab").resolve("cd".repeat(16));
        assertThat(place.above(digest))
                .containsExactly(
                        version.resolve("ef").resolve(digest),
                        version.resolve("ef"),
                        version,
                        version.getParent(),
                        caches.resolve("rows"),
                        caches);
    }
}
