package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LockTimeoutException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes on one directory. */
class ProcessesTest {
    @TempDir
    Path temporary;

    private Path root() {
        return temporary.resolve("a/b/cache");
    }

    private DirectorySettings settings() {
        return DirectorySettings.standard().at(root());
    }

    private DiskUsage.Share walked() throws IOException {
        return Recount.walked(root().resolve("caches"));
    }

    private static DiskUsage.Share counted(CacheDirectory directory) {
        return new DiskUsage.Share(directory.usage().bytes(), directory.usage().files());
    }

    private String[] own() {
        return root().resolve(".twat-cache").toFile().list();
    }

    @Test
    void open_byManyProcessesAtOnce_succeedsForAllAndIsMarkedOnce() throws Exception {
        List<Jvm> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(Jvm.start(root(), "open"));
            }
            for (Jvm process : processes) {
                process.awaitLine("ready");
            }
            for (Jvm process : processes) {
                process.go();
            }
            for (Jvm process : processes) {
                process.awaitLine("written");
            }
            try (CacheDirectory directory = CacheDirectory.open(settings())) {
                assertThat(counted(directory))
                        .isEqualTo(new DiskUsage.Share(40, 4))
                        .isEqualTo(walked());
                assertThat(own()).as("a folder of each process, and the ledger").hasSize(6);
            }
            for (Jvm process : processes) {
                process.go();
                assertThat(process.rest()).isEqualTo("exit 0");
            }
        } finally {
            for (Jvm process : processes) {
                process.close();
            }
        }
        assertThat(own()).containsExactly("ledger");
        assertThat(root().resolve("CACHEDIR.TAG")).exists();
        assertThat(root().resolve(".gitignore")).exists();
    }

    @Test
    void sweep_ofTheDeadAndNotOfTheLiving() throws Exception {
        try (Jvm living = Jvm.start(root(), "draft");
                Jvm dead = Jvm.start(root(), "draft")) {
            living.awaitLine("drafted");
            dead.awaitLine("drafted");
            assertThat(own()).hasSize(3);
            dead.kill();
            CacheDirectory.open(settings()).close();
            assertThat(own()).as("the ledger and the living").hasSize(2);
            living.go();
            living.awaitLine("published true");
            try (CacheDirectory directory = CacheDirectory.open(settings())) {
                assertThat(counted(directory))
                        .isEqualTo(new DiskUsage.Share(100, 1))
                        .isEqualTo(walked());
            }
        }
    }

    @Test
    void usage_afterManyKills_isWhatAWalkFinds() throws Exception {
        Random random = new Random(9);
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant own = new FileTenant(directory, "own")) {
            for (int round = 0; round < 5; round++) {
                try (Jvm writer = Jvm.start(root(), "write", "users", "0")) {
                    writer.awaitLine("writing");
                    // So many writes of our own later, wherever it is by then.
                    for (int i = random.nextInt(40); i >= 0; i--) {
                        own.put("k" + random.nextInt(5), random.nextInt(500));
                    }
                    writer.kill();
                }
                own.put("after", random.nextInt(500));
                assertThat(counted(directory)).as("round %d", round).isEqualTo(walked());
            }
            directory.sweep();
            assertThat(own()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"begun, 10", "moved, 110", "deleted, 0"})
    void usage_afterADeathInTheMiddleOfAChange_isWhatAWalkFinds(String step, long bytes) throws Exception {
        try (CacheDirectory directory = CacheDirectory.open(settings());
                Jvm dying = Jvm.start(root(), "die", step)) {
            assertThat(dying.rest()).isEqualTo("exit 9");
            assertThat(counted(directory)).isEqualTo(walked());
            assertThat(directory.usage().bytes()).isEqualTo(bytes);
        }
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant other = new FileTenant(directory, "other");
                Jvm dying = Jvm.start(root(), "die", step)) {
            assertThat(dying.rest()).isEqualTo("exit 9");
            // The next is a writer, of another cache.
            other.put("a", 1);
            assertThat(counted(directory)).isEqualTo(walked());
            assertThat(own()).as("the dead one has not been swept yet").hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "4", "10"})
    void usage_afterAKillWithinABatchOfDeletions_isWhatAWalkFinds(int gone) throws Exception {
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant other = new FileTenant(directory, "other");
                Jvm deleting = Jvm.start(root(), "deleting", Integer.toString(gone))) {
            assertThat(other.put("a", 7)).isTrue();
            deleting.awaitLine("deleting");
            deleting.kill();
            // The next is a writer, of another cache.
            assertThat(other.put("b", 5)).isTrue();
            assertThat(counted(directory))
                    .isEqualTo(new DiskUsage.Share(12 + 100L * (10 - gone), 2 + 10 - gone))
                    .isEqualTo(walked());
        }
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(users.put("d9/file", 100)).as("it can be written to").isTrue();
            assertThat(counted(directory)).isEqualTo(walked());
        }
        assertThat(own()).as("what the dead one had").containsExactly("ledger");
    }

    @Test
    void usage_ofProcessesThatWriteAtOnce_isExactAndWithinTheQuota() throws Exception {
        long quota = 15_000;
        List<Jvm> writers = new ArrayList<>();
        try (CacheDirectory directory = CacheDirectory.open(settings())) {
            for (int i = 0; i < 3; i++) {
                writers.add(Jvm.start(
                        root(), "bounded", "cache" + i, "400", Long.toString(quota), i == 0 ? "WRITER" : "LARGEST"));
            }
            long greatest = 0;
            for (Jvm writer : writers) {
                for (String line = writer.line(); !"done".equals(line); line = writer.line()) {
                    assertThat(line).isEqualTo("writing");
                    for (int i = 0; i < 200; i++) {
                        greatest = Math.max(greatest, directory.usage().bytes());
                    }
                }
                assertThat(writer.rest()).isEqualTo("exit 0");
                greatest = Math.max(greatest, directory.usage().bytes());
            }
            assertThat(greatest).isLessThanOrEqualTo(quota).isGreaterThan(quota / 2);
            assertThat(counted(directory)).isEqualTo(walked());
        } finally {
            for (Jvm writer : writers) {
                writer.close();
            }
        }
    }

    @Test
    void lock_heldByAnotherProcess_timesOutAndFallsWithIt() throws Exception {
        try (Jvm holder = Jvm.start(root(), "hold")) {
            holder.awaitLine("holding");
            DirectorySettings impatient = settings().waiting(Duration.ofMillis(100));
            assertThatThrownBy(() -> CacheDirectory.open(impatient))
                    .isInstanceOf(LockTimeoutException.class)
                    .hasMessageContainingAll(root().toString(), "within 100ms", "another process");
            try (TwatCache twat = TwatCache.builder()
                    .directory(root())
                    .lockTimeout(Duration.ofMillis(120))
                    .open()) {
                assertThatThrownBy(twat::diskUsage)
                        .isInstanceOf(LockTimeoutException.class)
                        .hasMessageContainingAll(root().toString(), "within 120ms", "another process", "lockTimeout");
            }
            holder.kill();
            CacheDirectory.open(impatient).close();
        }
        assertThat(own()).containsExactly("ledger");
    }

    @Test
    void close_lockHeldByAnotherProcess_letsGoAndIsTidiedUpLater() throws Exception {
        CacheDirectory directory = CacheDirectory.open(settings().waiting(Duration.ofMillis(100)));
        String mine = Stream.of(own())
                .filter(name -> name.startsWith("process-"))
                .findFirst()
                .orElseThrow();
        try (Jvm holder = Jvm.start(root(), "hold")) {
            holder.awaitLine("holding");
            directory.close();
            assertThat(own()).as("left for who has the lock next").contains(mine);
            holder.kill();
        }
        assertThat(ProcessFolder.dead(root().resolve(Ground.OWN), mine))
                .as("its lock has fallen")
                .isTrue();
        CacheDirectory.open(settings()).close();
        assertThat(own()).containsExactly("ledger");
    }

    @Test
    void open_inASecondClassLoader_isRefusedUntilTheFirstHasClosed() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader other =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> settingsType = other.loadClass(DirectorySettings.class.getName());
            Class<?> directoryType = other.loadClass(CacheDirectory.class.getName());
            Object settings = settingsType
                    .getMethod("at", Path.class)
                    .invoke(settingsType.getMethod("standard").invoke(null), root());
            try (CacheDirectory ours = CacheDirectory.open(settings());
                    FileTenant users = new FileTenant(ours, "users")) {
                assertThatThrownBy(() ->
                                directoryType.getMethod("open", settingsType).invoke(null, settings))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageContainingAll(root().toString(), "another copy of twat-cache", "AppClassLoader");
                assertThat(users.put("a", 1)).isTrue();
            }
            AutoCloseable theirs = (AutoCloseable)
                    directoryType.getMethod("open", settingsType).invoke(null, settings);
            assertThatThrownBy(() -> CacheDirectory.open(settings())).hasMessageContaining("another copy");
            theirs.close();
            CacheDirectory.open(settings()).close();
        }
    }

    @Test
    void open_folderWithoutALockFile_isADeadProcesss() throws IOException {
        CacheDirectory.open(settings()).close();
        Path dead = Files.createDirectory(root().resolve(".twat-cache/process-killed-while-being-made"));
        Files.writeString(dead.resolve("draft-1"), "half");
        CacheDirectory.open(settings()).close();
        assertThat(own()).containsExactly("ledger");
    }

    @Test
    void open_afterTheMachineWasStartedAnew_countsAnew() throws IOException {
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 10);
            users.put("b", 20);
        }
        // A power cut: the process has died with the machine, and what the ledger says need not be what is there.
        Path dead = Files.createDirectory(root().resolve(".twat-cache/process-of-another-boot"));
        Files.writeString(dead.resolve("alive"), "another boot\n1\n");
        Files.delete(root().resolve("caches/users/b"));
        try (CacheDirectory directory = CacheDirectory.open(settings())) {
            assertThat(counted(directory)).isEqualTo(new DiskUsage.Share(10, 1));
            assertThat(directory.usage().caches()).containsOnlyKeys("users");
        }
    }

    /** A process of another host, whose lock is not to be seen here, and one that died before the machine was started anew. */
    @Test
    void sweep_whereHostsMayShare_sparesWhatIsYoung() throws IOException {
        Path own = Files.createDirectories(root().resolve(".twat-cache"));
        try (ProcessFolder mine = ProcessFolder.make(root(), settings().location())) {
            Path other = Files.createDirectory(own.resolve("process-of-another-host"));
            Files.writeString(other.resolve("alive"), "another boot\n1\n");
            Path draft = Files.writeString(other.resolve("draft-1"), "half");
            assertThat(mine.sweep(own, () -> true)).as("nothing has died").isFalse();
            assertThat(draft).exists();
            for (String file : List.of("alive", "draft-1")) {
                Files.setLastModifiedTime(other.resolve(file), FileTime.fromMillis(1_000_000_000_000L));
            }
            assertThat(mine.sweep(own, () -> true)).isTrue();
            assertThat(other).doesNotExist();
        }
    }
}
