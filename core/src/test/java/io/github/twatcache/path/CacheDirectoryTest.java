package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
    @TempDir
    Path temporary;

    private Path root() {
        return temporary.resolve("some/parents/cache");
    }

    private CacheDirectory open() {
        return CacheDirectory.open(DirectorySettings.standard().at(root()));
    }

    /** Everything there is, by paths relative to the temporary directory. */
    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> !file.equals(temporary))
                    .map(file -> temporary.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    // opening

    @Test
    void open_nothingThere_makesParentsMarksAndRightsForTheUserAlone() throws IOException {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(users.put("ab/cd.bin", 10)).isTrue();
            assertThat(directory.path()).isEqualTo(root().toRealPath());
            assertThat(Files.readString(root().resolve("CACHEDIR.TAG")))
                    .startsWith("Signature: 8a477f597d28d172789f06886806bc55\n");
            assertThat(Files.readAllLines(root().resolve(".gitignore"))).contains("*");
            try (Stream<Path> files = Files.walk(temporary.resolve("some"))) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    /** Which has no number of nanoseconds. */
    @Test
    void open_lockIsWaitedForForEver_opens() throws IOException {
        DirectorySettings patient = DirectorySettings.standard().at(root()).waiting(ChronoUnit.FOREVER.getDuration());
        try (CacheDirectory directory = CacheDirectory.open(patient);
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(users.put("ab/cd.bin", 10)).isTrue();
        }
    }

    @Test
    void open_again_leavesTheMarksAsTheUserHasThem() throws IOException {
        open().close();
        Files.delete(root().resolve(".gitignore"));
        Files.writeString(root().resolve("CACHEDIR.TAG"), "mine");
        open().close();
        assertThat(root().resolve(".gitignore")).doesNotExist();
        assertThat(root().resolve("CACHEDIR.TAG")).hasContent("mine");
    }

    @Test
    void open_directoryThatHoldsOtherThings_isUsedAndLeftUnmarked() throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve("README"), "a project");
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(users.put("x", 10)).isTrue();
            assertThat(directory.recount().bytes()).isEqualTo(10);
        }
        assertThat(root().resolve(".gitignore")).doesNotExist();
        assertThat(root().resolve("CACHEDIR.TAG")).doesNotExist();
    }

    @Test
    void open_gitignoreOfTheUsers_isKept() throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve(".gitignore"), "mine");
        open().close();
        assertThat(root().resolve(".gitignore")).hasContent("mine");
        assertThat(root().resolve("CACHEDIR.TAG")).exists();
    }

    @Test
    void open_emptyDirectoryOpenToReaders_isClosedToThem() throws IOException {
        Files.createDirectories(root());
        Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwxrwxrwx"));
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root())))
                .isEqualTo("rwx------");
    }

    @Test
    void open_directoryInUseThatOthersMayWriteTo_isRefused() throws IOException {
        open().close();
        Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> before = tree();
        assertThatThrownBy(this::open)
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll(root().toString(), "code", "other users may write", "chmod -R go-w");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_fileInItsPlaceOrAmongItsParents_isRefusedAndLeavesNothing() throws IOException {
        Files.createDirectories(root().getParent());
        Files.writeString(root(), "a file");
        List<String> before = tree();
        assertThatThrownBy(this::open)
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll(root().toString(), "directory(path)", "TWAT_CACHE_DIR");
        assertThatThrownBy(
                        () -> CacheDirectory.open(DirectorySettings.standard().at(root().resolve("below/it"))))
                .isInstanceOf(PathException.class);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_failsLate_leavesNothing() throws IOException {
        // Its own folder is a link: found out after the directory and its parents were made by hand here.
        Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createDirectories(root());
        Files.createSymbolicLink(root().resolve(".twat-cache"), temporary.resolve("elsewhere"));
        List<String> before = tree();
        assertThatThrownBy(this::open).isInstanceOf(PathException.class).hasMessageContaining("no directory");
        assertThat(tree()).isEqualTo(before);
        Files.delete(root().resolve(".twat-cache"));
        // The ledger is a directory.
        Files.createDirectories(root().resolve(".twat-cache/ledger"));
        before = tree();
        assertThatThrownBy(this::open).isInstanceOf(PathException.class).hasMessageContaining("no plain file");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_linkToADirectory_isFollowed() throws IOException {
        Files.createDirectories(temporary.resolve("large-disk"));
        Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("large-disk"));
        try (CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(temporary.resolve("link")))) {
            assertThat(directory.path())
                    .isEqualTo(temporary.resolve("large-disk").toRealPath());
        }
    }

    @Test
    void open_manyTimes_leavesNoProcessFolder() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (CacheDirectory one = open();
                    CacheDirectory two = open()) {
                assertThat(one.path()).isEqualTo(two.path());
            }
        }
        assertThat(new TreeSet<>(List.of(root().resolve(".twat-cache").toFile().list())))
                .containsExactly("ledger");
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.endsWith(root().toString()));
    }

    @Test
    void close_thenUse_isRefused() {
        CacheDirectory directory = open();
        CacheFolder folder = directory.folder("users");
        directory.close();
        directory.close();
        assertThatIllegalStateException().isThrownBy(directory::usage).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> directory.folder("x"));
        assertThatIllegalStateException().isThrownBy(() -> folder.write("x", out -> out.write(1)));
        folder.close();
    }

    // what is in it

    @Test
    void folder_namesThatDifferByLittle_areApart() {
        try (CacheDirectory directory = open()) {
            for (String name : List.of("a-b", "a_b", "A-B")) {
                try (FileTenant tenant = new FileTenant(directory, name)) {
                    tenant.put("x", name.hashCode() & 0xff);
                }
            }
            assertThat(directory.usage().caches().keySet()).containsExactlyInAnyOrder("a-b", "a_b", "A-B");
            assertThatThrownBy(() -> directory.folder("../x")).isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void usage_afterWritesReplacementsAndDeletes_isWhatAWalkFinds() throws IOException {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(directory.usage()).isEqualTo(DiskUsage.NONE);
            users.put("a", 100);
            users.put("b/c", 50);
            users.put("a", 30);
            users.put("empty", 0);
            assertThat(directory.usage().toString()).isEqualTo("80 bytes in 3 files: users 80 in 3");
            assertThat(users.folder.delete("b/c")).isTrue();
            assertThat(users.folder.delete("b/c")).isFalse();
            assertThat(directory.usage().bytes()).isEqualTo(30);
            assertThat(directory.usage().files()).isEqualTo(2);
            assertThat(Recount.walked(root().resolve("caches"))).isEqualTo(users.folder.usage());
            users.folder.clear();
            assertThat(directory.usage().bytes()).isZero();
            assertThat(users.folder.report(4096, 1)).isTrue();
            assertThat(users.folder.usage()).isEqualTo(new DiskUsage.Share(4096, 1));
        }
    }

    @Test
    void write_failsInTheMiddle_leavesWhatWasThereAndNothingElse() throws IOException {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 100);
            List<String> before = tree();
            assertThatThrownBy(() -> users.folder.write("a", out -> {
                        out.write(new byte[100_000]);
                        throw new IOException("the source has dried up");
                    }))
                    .isInstanceOf(PathException.class)
                    .hasMessageContaining("the source has dried up");
            assertThatThrownBy(() -> users.folder.write("a", out -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(tree()).isEqualTo(before);
            assertThat(directory.usage().bytes()).isEqualTo(100);
        }
    }

    @Test
    void draft_isCountedWhenPublishedAndDeletedWhenNot() throws IOException {
        try (CacheDirectory directory = open();
                CacheFolder folder = directory.folder("users")) {
            try (Draft draft = folder.draft()) {
                Files.write(draft.path(), new byte[7]);
                draft.sync();
                assertThat(folder.resolve("x")).doesNotExist();
                assertThat(draft.publish("x")).isTrue();
                assertThat(draft.path()).doesNotExist();
            }
            try (Draft draft = folder.draft()) {
                Files.write(draft.path(), new byte[7]);
            }
            assertThat(directory.usage().bytes()).isEqualTo(7);
            assertThat(tree()).noneMatch(file -> file.contains("draft"));
        }
    }

    @Test
    void resolve_namesOfOthers_areRefused() {
        try (CacheDirectory directory = open();
                CacheFolder folder = directory.folder("users")) {
            for (String name :
                    List.of("", "..", "../x", "/x", "a/../b", "a//b", ".x", "a\\b", "a b", "x".repeat(600))) {
                assertThatThrownBy(() -> folder.resolve(name)).as(name).isInstanceOf(PathException.class);
                assertThatThrownBy(() -> folder.write(name, out -> out.write(1)))
                        .isInstanceOf(PathException.class);
            }
        }
    }

    @Test
    void links_thatLeadOut_areRefusedAndTheirTargetIsUntouched() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("secret"), "secret");
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 1);
            Files.createSymbolicLink(users.folder.path().resolve("link"), outside);
            Files.createSymbolicLink(users.folder.path().resolve("file"), secret);
            Files.createSymbolicLink(directory.path().resolve("caches/stolen"), outside);
            assertThatThrownBy(() -> users.folder.resolve("link/secret"))
                    .isInstanceOf(PathException.class)
                    .hasMessageContaining("leads out");
            assertThatThrownBy(() -> users.folder.resolve("file")).isInstanceOf(PathException.class);
            assertThatThrownBy(() -> users.put("link/new", 1)).isInstanceOf(PathException.class);
            assertThatThrownBy(() -> users.put("file", 1)).isInstanceOf(PathException.class);
            try (FileTenant stolen = new FileTenant(directory, "stolen")) {
                assertThatThrownBy(() -> stolen.put("new", 1)).isInstanceOf(PathException.class);
                stolen.folder.clear();
            }
            assertThat(directory.recount().bytes()).isEqualTo(1);
        }
        assertThat(outside.toFile().list()).containsExactly("secret");
        assertThat(secret).hasContent("secret");
    }

    // deleted while in use, interrupted, damaged

    @Test
    void write_afterTheDirectoryWasDeleted_makesItAnew() throws IOException {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 100);
            delete(root());
            assertThat(users.put("b", 10)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(10);
            delete(temporary.resolve("some"));
            assertThat(directory.usage()).isEqualTo(DiskUsage.NONE);
            assertThat(users.put("c", 5)).isTrue();
            assertThat(root().resolve("CACHEDIR.TAG")).exists();
            delete(root().resolve("caches"));
            assertThat(users.put("d", 5)).isTrue();
            assertThat(directory.recount().bytes()).isEqualTo(5);
        }
    }

    @Test
    void write_directoryDeletedInTheMiddleOfIt_isDoneAgain() throws IOException {
        try (CacheDirectory directory = open();
                CacheFolder users = directory.folder("users")) {
            int[] times = new int[1];
            boolean written = users.write("a", out -> {
                if (times[0]++ == 0) {
                    delete(root());
                }
                out.write(7);
            });
            assertThat(written).isTrue();
            assertThat(times[0]).isEqualTo(2);
            assertThat(users.resolve("a")).hasBinaryContent(new byte[] {7});
            assertThat(directory.usage().bytes()).isEqualTo(1);
        }
    }

    @Test
    void write_onAnInterruptedThread_isDoneAndTheThreadStaysInterrupted() {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            Thread.currentThread().interrupt();
            boolean put = users.put("a", 10);
            long bytes = directory.usage().bytes();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(put).isTrue();
            assertThat(bytes).isEqualTo(10);
            assertThat(users.put("b", 10)).isTrue();
        }
    }

    @Test
    void usage_afterDeletesByHand_isMendedByARecount() throws IOException {
        try (CacheDirectory directory = open();
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 100);
            users.put("b", 10);
            Files.delete(users.folder.resolve("a"));
            assertThat(directory.usage().bytes()).isEqualTo(110);
            assertThat(directory.recount().bytes()).isEqualTo(10);
            assertThat(users.put("c", 1)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(11);
        }
    }

    @Test
    void locked_forTooLong_saysSo() throws InterruptedException {
        DirectorySettings patient = DirectorySettings.standard().at(root()).waiting(Duration.ofMillis(50));
        try (CacheDirectory directory = CacheDirectory.open(patient);
                FileTenant users = new FileTenant(directory, "users")) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch enough = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread holder = new Thread(() -> directory.room().locked("hold", ledger -> {
                held.countDown();
                try {
                    enough.await();
                } catch (InterruptedException e) {
                    failure.set(e);
                }
                return 1;
            }));
            holder.start();
            held.await();
            assertThatThrownBy(() -> users.put("a", 1))
                    .isInstanceOf(LockTimeoutException.class)
                    .hasMessageContainingAll(root().toString(), "within 50ms", "another thread");
            enough.countDown();
            holder.join();
            assertThat(failure.get()).isNull();
            assertThat(users.put("a", 1)).isTrue();
        }
    }

    /** A thread that holds the lock of a directory until it is told that this is enough. */
    private static final class Holder implements AutoCloseable {
        private final Semaphore enough = new Semaphore(0);
        private final Thread thread;

        Holder(CacheDirectory directory) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            thread = new Thread(() -> directory.room().locked("hold", ledger -> {
                held.countDown();
                enough.acquireUninterruptibly();
                return 1;
            }));
            thread.start();
            held.await();
        }

        @Override
        public void close() {
            enough.release();
        }
    }

    @Test
    void close_lockHeldByAThread_staysForWhoComesNext() throws Exception {
        CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(root()).waiting(Duration.ofMillis(50)));
        Room room = directory.room();
        Room taken;
        Thread thread;
        try (Holder holder = new Holder(directory)) {
            thread = holder.thread;
            directory.close();
            taken = Claims.take(room.root(), new Location(root(), "code"), Duration.ofMinutes(10));
        }
        thread.join();
        assertThat(taken).isSameAs(room);
        try (CacheDirectory again = open();
                FileTenant users = new FileTenant(again, "users")) {
            assertThat(again.room()).isSameAs(room);
            assertThat(users.put("a", 1)).isTrue();
        }
        Claims.leave(taken);
        try (CacheDirectory next = open()) {
            assertThat(next.room()).as("the last has closed it").isNotSameAs(room);
        }
    }

    @Test
    void close_lockHeldByAThread_isDoneByThatThreadWhenItLeaves() throws Exception {
        CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(root()).waiting(Duration.ofMillis(50)));
        Room room = directory.room();
        String claim = "io.github.twatcache.directory." + room.root();
        Thread thread;
        try (Holder holder = new Holder(directory)) {
            thread = holder.thread;
            directory.close();
            assertThat(System.getProperty(claim)).as("not while it works there").isNotNull();
        }
        thread.join();
        assertThat(System.getProperties()).doesNotContainKey(claim);
        assertThat(room.process()).as("open in this process").isEmpty();
        try (CacheDirectory next = open()) {
            assertThat(next.room()).isNotSameAs(room);
        }
    }

    @Test
    void close_takesLong_holdsUpWhoOpensTheSame_andNobodyElse() throws Exception {
        CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(root()).waiting(Duration.ofMinutes(10)));
        Room room = directory.room();
        Thread closing = new Thread(directory::close);
        AtomicReference<CacheDirectory> next = new AtomicReference<>();
        Thread opening = new Thread(
                () -> next.set(CacheDirectory.open(DirectorySettings.standard().at(root()))));
        try (Holder holder = new Holder(directory)) {
            closing.start();
            awaitState(closing, Thread.State.TIMED_WAITING);
            CacheDirectory.open(DirectorySettings.standard().at(root().resolveSibling("other")))
                    .close();
            opening.start();
            awaitState(opening, Thread.State.TIMED_WAITING);
            assertThat(holder.thread.isAlive()).isTrue();
        }
        closing.join();
        opening.join();
        assertThat(next.get().room()).isNotSameAs(room);
        next.get().close();
    }

    @Test
    void open_whileItIsClosedForTooLong_saysSo() throws Exception {
        CacheDirectory directory =
                CacheDirectory.open(DirectorySettings.standard().at(root()).waiting(Duration.ofMinutes(10)));
        Thread closing = new Thread(directory::close);
        try (Holder holder = new Holder(directory)) {
            closing.start();
            awaitState(closing, Thread.State.TIMED_WAITING);
            DirectorySettings hasty = DirectorySettings.standard().at(root()).waiting(Duration.ofMillis(50));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> CacheDirectory.open(hasty))
                    .isInstanceOf(LockTimeoutException.class)
                    .hasMessageContainingAll(root().toString(), "within 50ms", "is closing it", "lockTimeout");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(holder.thread.isAlive()).isTrue();
        }
        closing.join();
        open().close();
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatThrownBy(() -> new Quota(0, QuotaPolicy.LARGEST))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("0", "1 byte or more");
        assertThatThrownBy(() -> DirectorySettings.standard().waiting(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("longer than zero");
    }
}
