package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.files.store.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to the disk before a call returns, by those who are told of it. */
final class SyncTest {
    @TempDir
    Path directory;

    private final List<Path> synced = new CopyOnWriteArrayList<>();

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new FilesEngine(new Machine(path -> Optional.empty(), synced::add)))
                .configuration(Sources.none())
                .directory(directory.resolve("cache"))
                .open();
    }

    private static Cache<String, String> cache(CacheBuilder builder) {
        return builder.tags()
                .perEntryExpiry()
                .set(Settings.KEEP_STALE, true)
                .types(String.class, String.class)
                .build();
    }

    /** What was written since it was asked last: so many files that were to get their names, and folders with these names. */
    private void requireSynced(int drafts, Path... folders) {
        assertThat(synced.stream().filter(path -> path.getFileName().toString().startsWith("draft")))
                .hasSize(drafts);
        assertThat(synced).contains(folders);
        synced.clear();
    }

    @Test
    void none_writesNothingToTheDisk() {
        try (TwatCache twat = open()) {
            Cache<String, String> cache = cache(twat.files("data"));
            cache.put("a", "1");
            cache.invalidateSoftly("a");
            cache.remove("a");
            cache.clear();
        }
        assertThat(synced).isEmpty();
    }

    @Test
    void commit_writesWhatIsStoredRewrittenAndRemoved() {
        Path root = directory.resolve("cache/caches");
        try (TwatCache twat = open()) {
            Cache<String, String> cache = cache(twat.files("data").set(FilesSettings.SYNC, Sync.COMMIT));
            cache.put("a", "1");
            Path entry = Opened.files(directory.resolve("cache"), "entry.json")
                    .get(0)
                    .getParent();
            Path fan = entry.getParent();
            requireSynced(2, entry, fan, fan.getParent(), root);
            assertThat(cache.expireIn("a", Duration.ofMinutes(5))).isTrue();
            requireSynced(1, entry);
            assertThat(cache.invalidateSoftly("a")).isTrue();
            requireSynced(1, entry);
            cache.put("a", "2");
            requireSynced(2, entry);
            assertThat(cache.remove("a")).isTrue();
            requireSynced(0, fan);
            cache.put("a", "3");
            requireSynced(2, entry);
            cache.clear();
            requireSynced(0, fan);
        }
    }

    @Test
    void commit_clearOfAFunction_writesThatItsVersionsAreGone() {
        try (TwatCache twat = open()) {
            twat.files("rows")
                    .set(FilesSettings.SYNC, Sync.COMMIT)
                    .version("1")
                    .memoize(Functions::row)
                    .apply(3);
        }
        Path function = Opened.files(directory.resolve("cache"), "function.json")
                .get(0)
                .getParent()
                .getParent();
        synced.clear();
        try (TwatCache twat = open()) {
            twat.files("rows")
                    .set(FilesSettings.SYNC, Sync.COMMIT)
                    .version("2")
                    .memoize(Functions::row)
                    .clear();
            requireSynced(0, function);
        }
    }
}
