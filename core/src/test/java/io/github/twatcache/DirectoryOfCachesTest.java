package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DiskUsage;
import io.github.twatcache.path.Layout;
import io.github.twatcache.path.QuotaPolicy;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link TwatCache} has to do with a directory, shown with an engine that keeps each entry in a file. */
class DirectoryOfCachesTest {
    @TempDir
    Path temporary;

    private Path root() {
        return temporary.resolve("cache");
    }

    private TwatCacheBuilder builder(Set<Trait> traits) {
        return TwatCache.builder().directory(root()).engine(new Plain(traits));
    }

    private static Cache<String, String> cache(TwatCache twat, String name) {
        return twat.cache(name)
                .engine("plain")
                .types(String.class, String.class)
                .build();
    }

    @Test
    void heapOnly_touchesNoFile() throws IOException {
        try (TwatCache twat = TwatCache.builder()
                .directory(root())
                .quota(1000, QuotaPolicy.LARGEST)
                .open()) {
            Cached1<Integer, Integer, RuntimeException> square =
                    twat.memory("squares").memoize((Integer n) -> n * n);
            square.apply(3);
            assertThat(twat.directory()).isEqualTo(root());
            assertThat(twat.diskUsage()).isEqualTo(DiskUsage.NONE);
            twat.stats();
            twat.clear();
        }
        assertThat(temporary.toFile().list()).isEmpty();
    }

    @Test
    void directory_environmentOfTheConfiguration_isAskedAfterCode() {
        Sources sources = Sources.none().environment(Map.of("TWAT_CACHE_DIR", "/from/variable"));
        try (TwatCache twat = TwatCache.builder().configuration(sources).open()) {
            assertThat(twat.directory()).isEqualTo(Path.of("/from/variable"));
        }
        try (TwatCache twat =
                TwatCache.builder().configuration(sources).directory(root()).open()) {
            assertThat(twat.directory()).isEqualTo(root());
        }
    }

    @Test
    void persistentEngine_getsItsFolderAndIsCounted() {
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            Cache<String, String> users = cache(twat, "users");
            assertThat(root()).as("made when it is needed").doesNotExist();
            users.put("ada", "Ada");
            DiskUsage.Share share = twat.diskUsage().caches().get("users");
            assertThat(share.files()).isEqualTo(1);
            assertThat(twat.diskUsage().bytes()).isEqualTo(share.bytes()).isPositive();
            cache(twat, "Users").put("bob", "Bob");
            assertThat(twat.diskUsage().caches().keySet()).containsExactly("Users", "users");
        }
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            assertThat(twat.diskUsage().files()).as("counted by the one before").isEqualTo(2);
            assertThat(cache(twat, "users").getIfPresent("ada")).isEqualTo("Ada");
            twat.clear("users");
            assertThat(twat.diskUsage().files()).isEqualTo(1);
        }
    }

    @Test
    void engineWithoutTheTrait_isRefusedADirectory() {
        try (TwatCache twat = builder(EnumSet.noneOf(Trait.class)).open()) {
            Cache<String, String> users = cache(twat, "users");
            assertThatThrownBy(() -> users.put("ada", "Ada"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("plain", "users", "PERSISTENT");
        }
        assertThat(root()).doesNotExist();
    }

    @Test
    void quota_overAllCaches_isHeldAndTold() {
        List<DiskUsage> told = new ArrayList<>();
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT))
                .quota(2000, QuotaPolicy.LARGEST)
                .onQuota((usage, quota) -> told.add(usage))
                .open()) {
            Cache<String, String> small = cache(twat, "small");
            Cache<String, String> large = cache(twat, "large");
            small.put("a", "x".repeat(300));
            for (int i = 0; i < 20; i++) {
                large.put("k" + i, "x".repeat(300));
                assertThat(twat.diskUsage().bytes()).isLessThanOrEqualTo(2000);
            }
            assertThat(small.getIfPresent("a")).isNotNull();
            assertThat(large.getIfPresent("k19")).isNotNull();
            assertThat(large.getIfPresent("k0")).isNull();
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void names_ofTwoFormsOrNoFolders_areOneCacheOrRefused() {
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            cache(twat, "cafe\u0301").put("a", "1");
            assertThat(cache(twat, "caf\u00e9").getIfPresent("a")).isEqualTo("1");
            twat.clear("cafe\u0301");
            assertThatThrownBy(() -> cache(twat, "../up").put("a", "1")).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> cache(twat, "CON").put("a", "1")).isInstanceOf(ConfigurationException.class);
        }
        assertThat(temporary.toFile().list()).containsExactly("cache");
    }

    @Test
    void directory_deletedWhileInUse_isMadeAnewAndNothingWrongIsFound() throws IOException {
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            Cache<String, String> users = cache(twat, "users");
            users.put("ada", "Ada");
            try (Stream<Path> files = Files.walk(root())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            assertThat(users.getIfPresent("ada")).isNull();
            assertThat(users.get("ada", key -> "Ada anew")).isEqualTo("Ada anew");
            assertThat(users.getIfPresent("ada")).isEqualTo("Ada anew");
            assertThat(twat.diskUsage().files()).isEqualTo(1);
            twat.clear();
            assertThat(twat.diskUsage().files()).isZero();
        }
    }

    @Test
    void thousandCaches_ofOneDirectory_shareItsThreadsAndHandles() {
        assumeLinux();
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            cache(twat, "first").put("k", "v");
            int threads = Thread.activeCount();
            int handles = handles();
            for (int i = 0; i < 1_000; i++) {
                cache(twat, "cache " + i).put("k", "v" + i);
            }
            assertThat(twat.caches()).hasSize(1_001);
            assertThat(twat.diskUsage().caches()).hasSize(1_001);
            assertThat(cache(twat, "cache 777").getIfPresent("k")).isEqualTo("v777");
            assertThat(Thread.activeCount()).isEqualTo(threads);
            assertThat(handles()).as("open files").isLessThan(handles + 10);
        }
        try (TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open()) {
            assertThat(twat.diskUsage().files()).isEqualTo(1_001);
        }
    }

    /** A count of open files is to be had there only; elsewhere the rest of the suite must do. */
    private static void assumeLinux() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    }

    private static int handles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void closed_opensNoDirectoryAnyMore() {
        TwatCache twat = builder(EnumSet.of(Trait.PERSISTENT)).open();
        Cache<String, String> users = cache(twat, "users");
        twat.close();
        assertThatThrownBy(() -> users.put("a", "1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(twat::diskUsage).isInstanceOf(IllegalStateException.class);
        assertThat(root()).doesNotExist();
    }

    /** Keeps each entry in a file named after its key; when room is asked for, the oldest of this run go. */
    private record Plain(Set<Trait> traits) implements Engine {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public int rank() {
            return -1;
        }

        @Override
        public Availability availability() {
            return new Availability.Available();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            return new PlainStore<>(context);
        }
    }

    private static final class PlainStore<K> implements Store<K> {
        private final StoreContext<K> context;
        private final Deque<String> written = new ArrayDeque<>();

        PlainStore(StoreContext<K> context) {
            this.context = context;
        }

        private CacheFolder folder() {
            CacheFolder folder = context.directory();
            folder.settle(Layout.FILE_PER_ENTRY, bytes -> {
                for (long freed = 0; freed < bytes && !written.isEmpty(); ) {
                    String oldest = written.removeFirst();
                    freed += folder.resolve(oldest).toFile().length();
                    folder.delete(oldest);
                }
            });
            return folder;
        }

        private String file(K key) {
            return HexFormat.of().formatHex(context.keys().encoded(key));
        }

        @Override
        public Object get(K key) {
            try {
                Path file = folder().resolve(file(key));
                return Files.exists(file) ? context.values().decode(Files.readAllBytes(file)) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Entry entry(K key) {
            Object value = get(key);
            return value == null ? null : new Entry(value, value, Terms.PLAIN);
        }

        @Override
        public Outcome put(K key, Object value, Terms terms, Guard guard) {
            boolean stored =
                    folder().write(file(key), out -> out.write(context.values().encode(value)));
            if (stored) {
                written.add(file(key));
            }
            return stored ? Outcome.STORED : Outcome.FULL;
        }

        @Override
        public boolean remove(K key, Guard guard) {
            return folder().delete(file(key));
        }

        @Override
        public void clear() {
            folder().clear();
        }

        @Override
        public long size() {
            return folder().usage().files();
        }

        @Override
        public Cursor<K> entries() {
            return Cursor.over(List.<K>of().iterator(), this::get);
        }

        @Override
        public void close() {}
    }
}
