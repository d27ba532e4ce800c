package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.files.store.Machine;
import io.github.twatcache.testkit.Actor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that hosts may share processes do not agree on who computes; this is told, and all else is as elsewhere. */
final class SharedFileSystemTest {
    @TempDir
    Path directory;

    private TwatCache open() {
        return open("cache");
    }

    private TwatCache open(String folder) {
        return TwatCache.builder()
                .engine(new FilesEngine(new Machine(path -> Optional.of("nfs4"), path -> {})))
                .configuration(Sources.none())
                .directory(directory.resolve(folder))
                .open();
    }

    private static Cache<String, double[]> rows(TwatCache twat) {
        return twat.files("rows").types(String.class, double[].class).build();
    }

    /** What the locks of another host do not keep apart: both have seen the old entry, and each commits its own value. */
    @Test
    void commits_ofHostsThatDoNotSeeEachOthersLocks_oneValueStays() throws Exception {
        Path there = directory.resolve("cache");
        Path elsewhere = directory.resolve("other");
        try (TwatCache one = open();
                TwatCache two = open("other")) {
            Cache<String, double[]> here = rows(one);
            here.put("k", new double[] {0});
            rows(two).put("k", new double[] {2});
            Path others = Opened.files(elsewhere, ".npy").get(0);
            Path entry = Opened.files(there, "entry.json").get(0);
            // The other host gives its value a name, this one commits, and then the other one does.
            Files.copy(others, entry.resolveSibling(others.getFileName()));
            here.put("k", new double[] {1});
            assertThat(here.getIfPresent("k")).containsExactly(1);
            Files.copy(Opened.files(elsewhere, "entry.json").get(0), entry, StandardCopyOption.REPLACE_EXISTING);
            assertThat(here.getIfPresent("k")).containsExactly(2);
            here.put("k", new double[] {3});
            assertThat(here.size()).isEqualTo(1);
            assertThat(Opened.files(there, ".npy"))
                    .as("what nobody names is young")
                    .hasSize(2);
            Path half = Files.createDirectories(entry.getParent()
                    .resolveSibling(entry.getParent().getFileName().toString().substring(0, 2) + "0".repeat(62)));
            Files.copy(others, half.resolve(others.getFileName()));
            age(there);
        }
        try (TwatCache one = open()) {
            assertThat(rows(one).size()).isEqualTo(1);
            assertThat(rows(one).getIfPresent("k")).containsExactly(3);
            assertThat(Opened.files(there, ".npy"))
                    .as("what nobody names is old")
                    .hasSize(1);
        }
    }

    /** Has all files be written long ago. */
    private static void age(Path directory) throws IOException {
        for (Path file : Opened.files(directory, "")) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        }
    }

    private static Cache<String, String> cache(TwatCache twat) {
        return twat.files("shared")
                .maximumSize(3)
                .tags()
                .types(String.class, String.class)
                .build();
    }

    @Test
    void leases_auto_offAndTold() {
        try (TwatCache twat = open()) {
            assertThat(cache(twat).explain().toString())
                    .contains("leases = off")
                    .contains("its file system (nfs4), whose locks other hosts may not see");
            assertThat(twat.settings("shared").toString()).contains("nfs4");
        }
    }

    @Test
    void leases_givenByHand_countWithoutAsking() {
        try (TwatCache twat = open()) {
            for (Leasing leasing : new Leasing[] {Leasing.ON, Leasing.OFF}) {
                assertThat(twat.files("by-hand-" + leasing.name())
                                .set(FilesSettings.LEASES, leasing)
                                .types(String.class, String.class)
                                .build()
                                .explain()
                                .toString())
                        .doesNotContain("nfs4");
            }
        }
    }

    @Test
    void everythingElse_worksAsElsewhere() {
        try (TwatCache one = open();
                TwatCache two = open()) {
            Cache<String, String> here = cache(one);
            Cache<String, String> there = cache(two);
            assertThat(here.get("a", key -> "computed")).isEqualTo("computed");
            assertThat(there.getIfPresent("a"))
                    .as("a hit on what another has written")
                    .isEqualTo("computed");
            assertThat(there.getIfPresent("b")).as("a miss").isNull();
            for (int i = 0; i < 10; i++) {
                here.put("k" + i, "v");
                there.get("l" + i, key -> "v");
            }
            assertThat(here.size()).as("limits hold over both").isEqualTo(3);
            assertThat(Opened.files(directory.resolve("cache"), "entry.json")).hasSize(3);
            there.clear();
            assertThat(here.size()).isZero();
        }
    }

    @Test
    void get_anotherComputes_isNotWaitedFor_andNothingLateIsStored() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TwatCache one = open();
                TwatCache two = open()) {
            Cache<String, String> here = cache(one);
            Cache<String, String> there = cache(two);
            Actor<String> slow = Actor.start(() -> here.get("k", key -> {
                begun.countDown();
                Actor.await(goOn);
                return "late";
            }));
            Actor.await(begun);
            assertThat(there.get("k", key -> "own")).isEqualTo("own");
            there.remove("k");
            goOn.countDown();
            assertThat(slow.result()).isEqualTo("late");
            assertThat(there.getIfPresent("k")).isNull();
        }
    }

    @Test
    void killed_whileWriting_whatItHasLeftIsSwept() throws Exception {
        Process process = Worker.start("forever", directory.resolve("cache").toString());
        try (BufferedReader said = process.inputReader()) {
            for (int write = 0; write < 12; write++) {
                assertThat(said.readLine()).isEqualTo("wrote " + write);
            }
        }
        process.destroyForcibly().waitFor();
        // As by a kill between the value and the entry that was to name it.
        Path value = Opened.files(directory.resolve("cache"), ".npy").get(0);
        Files.copy(value, value.resolveSibling("value-0123456789abcdef0123456789abcdef.npy"));
        age(directory.resolve("cache"));
        try (TwatCache twat = open()) {
            Cache<String, double[]> data = arrays(twat);
            for (int key = 0; key < 5; key++) {
                double[] found = data.getIfPresent("key" + key);
                assertThat(found).isNotNull();
                Worker.requireWhole(found);
                data.put("key" + key, Worker.value(key));
            }
            assertThat(data.size()).isEqualTo(5);
            assertThat(processes()).as("folders of processes: this one's").hasSize(1);
        }
        // What was left beside a value that is young is spared with it.
        age(directory.resolve("cache"));
        try (TwatCache twat = open()) {
            assertThat(arrays(twat).size()).isEqualTo(5);
            assertThat(Opened.files(directory.resolve("cache"), ".npy")).hasSize(5);
        }
    }

    private static Cache<String, double[]> arrays(TwatCache twat) {
        return twat.files("data").types(String.class, double[].class).build();
    }

    private List<Path> processes() throws IOException {
        try (Stream<Path> own = Files.list(directory.resolve("cache/.twat-cache"))) {
            return own.filter(path -> path.getFileName().toString().startsWith("process-"))
                    .toList();
        }
    }
}
