package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are really full, really read-only, really another user's. */
class ForeignDirectoryTest {
    @TempDir
    Path temporary;

    private Path disk;

    @BeforeEach
    void makePlace() throws IOException {
        // Others must be able to come as far as here.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        disk = Files.createDirectory(temporary.resolve("disk"));
    }

    @AfterEach
    void unmount() throws Exception {
        Privileged.unmount(disk);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.map(file -> disk.relativize(file).toString()).sorted().toList();
        }
    }

    private DirectorySettings settings() {
        return DirectorySettings.standard().at(disk.resolve("cache"));
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** A worker of another user, who may not be able to read where the class path lies. */
    private Jvm nobody(Path directory, String what) throws IOException {
        Path copies = Files.createDirectories(temporary.resolve("class-path"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            Path to = copies.resolve("entry-" + entries.size() + (Files.isDirectory(from) ? "" : ".jar"));
            if (Files.isDirectory(from) || entry.contains("slf4j")) {
                copy(from, to);
                entries.add(to.toString());
            }
        }
        return Jvm.start(Privileged.asNobody(), String.join(File.pathSeparator, entries), directory, what);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void write_onAFullDisk_saysSoAndLeavesWhatWasThere() throws Exception {
        Privileged.require(() -> Privileged.mount(disk, "size=512k"), "mount a small tmpfs");
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 1000);
            fill();
            List<String> before = tree();
            assertThatThrownBy(() -> users.put("b", 100_000))
                    .isInstanceOf(PathException.class)
                    .hasMessageContainingAll(directory.path().toString(), "no space left", "free some");
            assertThatThrownBy(() -> users.put("a", 100_000)).isInstanceOf(PathException.class);
            assertThat(tree()).isEqualTo(before);
            assertThat(users.folder.resolve("a")).hasSize(1000);
            assertThat(directory.usage().bytes()).isEqualTo(1000);
            assertThat(users.folder.delete("a"))
                    .as("room can be made on a full disk")
                    .isTrue();
            assertThat(directory.usage().bytes()).isZero();
            Files.delete(disk.resolve("ballast"));
            assertThat(users.put("b", 100_000)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(100_000);
        }
    }

    @Test
    void open_onAFullDisk_leavesNothing() throws Exception {
        Privileged.require(() -> Privileged.mount(disk, "size=64k,nr_inodes=100"), "mount a small tmpfs");
        fill();
        List<String> before = tree();
        assertThatThrownBy(() -> CacheDirectory.open(settings()))
                .isInstanceOf(PathException.class)
                .hasMessageContaining("no space left");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_whereNothingMoreCanBeMade_leavesNothingWhateverIsTheLast() throws Exception {
        // One more file each time, until there are enough: every step of an opening fails once.
        int failed = 0;
        for (int inodes = 2; ; inodes++) {
            int most = inodes;
            Privileged.require(() -> Privileged.mount(disk, "size=1m,nr_inodes=" + most), "mount a small tmpfs");
            List<String> before = tree();
            try (CacheDirectory directory = CacheDirectory.open(settings())) {
                assertThat(directory.usage()).isEqualTo(DiskUsage.NONE);
                break;
            } catch (PathException e) {
                failed++;
                assertThat(tree()).as("with room for %d files", inodes).isEqualTo(before);
            } finally {
                Privileged.unmount(disk);
            }
        }
        assertThat(failed).isGreaterThan(4);
    }

    @Test
    void open_onAReadOnlyDisk_saysSo() throws Exception {
        Privileged.require(() -> Privileged.mount(disk, "size=512k"), "mount a small tmpfs");
        CacheDirectory.open(settings()).close();
        assertThat(Privileged.run("mount", "-o", "remount,ro", disk.toString())).isTrue();
        List<String> before = tree();
        assertThatThrownBy(() -> CacheDirectory.open(settings()))
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll("read-only", "directory(path)", "TWAT_CACHE_DIR");
        assertThatThrownBy(
                        () -> CacheDirectory.open(DirectorySettings.standard().at(disk.resolve("new/cache"))))
                .isInstanceOf(PathException.class)
                .hasMessageContaining("read-only");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_directoryOfAnotherUser_isRefusedByRootToo() throws Exception {
        Path cache = Files.createDirectory(disk.resolve("cache"));
        Privileged.require(() -> Privileged.run("chown", "65534:65534", cache.toString()), "give a directory away");
        List<String> before = tree();
        assertThatThrownBy(() -> CacheDirectory.open(settings()))
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll(cache.toString(), "belongs to user", "runs as user", "each user");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void open_foldersInsideThatOthersMayWriteTo_isRefused() throws Exception {
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 10);
        }
        Path cache = disk.resolve("cache");
        for (String inside : List.of(".twat-cache", "caches", "caches/users")) {
            Path folder = cache.resolve(inside);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
            assertThatThrownBy(() -> CacheDirectory.open(settings()))
                    .isInstanceOf(PathException.class)
                    .hasMessageContainingAll(folder.toString(), "other users may write", "chmod -R go-w");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        CacheDirectory.open(settings()).close();
    }

    @Test
    void open_folderInsideOfAnotherUser_isRefusedByRootToo() throws Exception {
        try (CacheDirectory directory = CacheDirectory.open(settings());
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 10);
        }
        Path folder = disk.resolve("cache/caches/users");
        Privileged.require(() -> Privileged.run("chown", "65534:65534", folder.toString()), "give a folder away");
        assertThatThrownBy(() -> CacheDirectory.open(settings()))
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll(folder.toString(), "belongs to user", "chown -R");
        assertThat(Privileged.run("chown", "0:0", folder.toString())).isTrue();
        CacheDirectory.open(settings()).close();
    }

    @Test
    void open_directoryOfRoot_isRefusedToAnotherUser() throws Exception {
        Privileged.require(
                () -> Privileged.run(Stream.concat(Privileged.asNobody().stream(), Stream.of("true"))
                        .toArray(String[]::new)),
                "become another user");
        // Not even readable; readable; writable.
        for (String rights : List.of("rwx------", "rwxr-xr-x", "rwxrwxrwx")) {
            Path cache = Files.createDirectories(disk.resolve("cache"));
            Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(rights));
            List<String> before = tree();
            try (Jvm other = nobody(cache, "try")) {
                assertThat(other.line())
                        .as(rights)
                        .startsWith("PathException: cannot ")
                        .contains(cache.toString(), "choose");
            }
            assertThat(tree()).as(rights).isEqualTo(before);
        }
        // Its own is its own.
        assertThat(Privileged.run("chown", "-R", "65534:65534", disk.toString()))
                .isTrue();
        Files.setPosixFilePermissions(disk.resolve("cache"), PosixFilePermissions.fromString("rwx------"));
        try (Jvm other = nobody(disk.resolve("cache"), "try")) {
            assertThat(other.line()).isEqualTo("wrote true");
        }
    }

    @Test
    void open_readOnlyDirectoryOfItsOwn_isRefusedToWhoIsNotRoot() throws Exception {
        Path cache = Files.createDirectory(disk.resolve("cache"));
        Privileged.require(
                () -> Privileged.run("chown", "-R", "65534:65534", disk.toString())
                        && Privileged.run(Stream.concat(Privileged.asNobody().stream(), Stream.of("true"))
                                .toArray(String[]::new)),
                "become another user");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (Jvm other = nobody(cache, "try")) {
            assertThat(other.line()).startsWith("PathException: ").contains(cache.toString(), "may not write");
        }
        try (Jvm other = nobody(cache.resolve("below"), "try")) {
            assertThat(other.line()).startsWith("PathException: ").contains("denied");
        }
        assertThat(cache.toFile().list()).isEmpty();
    }

    private static boolean readable(DirectorySettings settings, String... words) {
        try (CacheDirectory directory = CacheDirectory.open(settings)) {
            throw new AssertionError(directory + " can be written to");
        } catch (PathException refused) {
            assertThat(refused).hasMessageContainingAll(words);
            return CacheDirectory.readable(refused);
        }
    }

    @Test
    void readable_thatCannotBeWrittenTo_onlyIfNobodyElseCan() throws Exception {
        Privileged.require(() -> Privileged.mount(disk, "size=512k"), "mount a small tmpfs");
        CacheDirectory.open(settings()).close();
        String cache = disk.resolve("cache").toString();
        Path empty = Files.createDirectory(disk.resolve("empty"));
        remount("ro");
        assertThat(readable(settings(), "read-only", "belongs to user")).isTrue();
        assertThat(readable(DirectorySettings.standard().at(empty), "read-only"))
                .as("no cache directory")
                .isFalse();
        assertThat(readable(DirectorySettings.standard().at(disk.resolve("new")), "read-only"))
                .as("nothing is there")
                .isFalse();
        remount("rw");
        String inside = cache + "/.twat-cache";
        assertThat(Privileged.run("chmod", "g+w", inside)).isTrue();
        remount("ro");
        assertThat(readable(settings(), inside, "other users may write to it"))
                .as("a folder inside that is open to others")
                .isFalse();
        remount("rw");
        assertThat(Privileged.run("chmod", "g-w", inside) && Privileged.run("chown", "65534:65534", cache))
                .isTrue();
        remount("ro");
        assertThat(readable(settings(), cache, "belongs to user", "runs as user"))
                .as("another user's")
                .isFalse();
        remount("rw");
        assertThat(Privileged.run("chown", "0:0", cache) && Privileged.run("chmod", "g+w", cache))
                .isTrue();
        remount("ro");
        assertThat(readable(settings(), cache, "other users may write to it"))
                .as("open to others")
                .isFalse();
    }

    private void remount(String how) throws Exception {
        assertThat(Privileged.run("mount", "-o", "remount," + how, disk.toString()))
                .isTrue();
    }

    @Test
    void readable_directoriesOfOthers_byWhoIsNotRoot() throws Exception {
        Path cache = disk.resolve("cache");
        CacheDirectory.open(settings()).close();
        Privileged.require(
                () -> Privileged.run(Stream.concat(Privileged.asNobody().stream(), Stream.of("true"))
                        .toArray(String[]::new)),
                "become another user");
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Jvm other = nobody(cache, "read")) {
            assertThat(other.line()).as("root's").isEqualTo("readable true");
        }
        assertThat(Privileged.run("chown", "1234:1234", cache.toString())).isTrue();
        try (Jvm other = nobody(cache, "read")) {
            assertThat(other.line()).as("another user's").isEqualTo("readable false");
        }
        assertThat(Privileged.run("chown", "65534:65534", cache.toString())).isTrue();
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (Jvm other = nobody(cache, "read")) {
            assertThat(other.line()).as("its own").isEqualTo("readable true");
        }
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xrwx"));
        try (Jvm other = nobody(cache, "read")) {
            assertThat(other.line()).as("its own, and open to others").isEqualTo("readable false");
        }
    }
}
