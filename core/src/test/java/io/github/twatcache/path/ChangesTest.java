package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files change in one step, each is counted, and nobody else changes any meanwhile. */
final class ChangesTest {
    @TempDir
    Path root;

    private CacheDirectory open(long quota) {
        return CacheDirectory.open(DirectorySettings.standard().at(root).bounded(new Quota(quota, QuotaPolicy.REFUSE)));
    }

    private static Draft draft(CacheFolder folder, String content) throws IOException {
        Draft draft = folder.draft();
        Files.writeString(draft.path(), content);
        return draft;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void requireCounted(CacheDirectory directory) {
        DiskUsage counted = directory.usage();
        assertThat(counted).isEqualTo(directory.recount());
    }

    @Test
    void move_changesNoCount_andNothingThatIsThere() throws IOException {
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files")) {
            folder.change("try", 100, changes -> {
                try (Draft one = draft(folder, "one");
                        Draft two = folder.draft(bytes("second"))) {
                    changes.publish(one, "a/one");
                    assertThat(changes.made("a")).isTrue();
                    changes.publish(two, "b/two");
                }
                return true;
            });
            folder.change("try", 0, changes -> {
                assertThat(changes.made("a")).isFalse();
                assertThat(changes.move("a/one", "kept/here/one")).isTrue();
                assertThat(changes.move("a/one", "kept/here/two")).as("is gone").isFalse();
                assertThatExceptionOfType(FileAlreadyExistsException.class)
                        .isThrownBy(() -> changes.move("b/two", "kept/here/one"));
                return true;
            });
            assertThat(folder.resolve("kept/here/one")).hasContent("one");
            assertThat(folder.resolve("b/two")).hasContent("second");
            assertThat(directory.usage().bytes()).isEqualTo(9);
            requireCounted(directory);
            // A folder that is deleted and wanted again under one lock is made again.
            folder.change("try", 100, changes -> {
                changes.deleteFolder("b");
                try (Draft again = folder.draft(bytes("again"))) {
                    changes.publish(again, "b/two");
                }
                return true;
            });
            assertThat(folder.resolve("b/two")).hasContent("again");
            requireCounted(directory);
        }
    }

    @Test
    void change_filesOfAllKinds_countedAsTheyChange() throws IOException {
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files")) {
            assertThat(folder.change("try", 100, changes -> {
                        try (Draft one = draft(folder, "one");
                                Draft two = draft(folder, "second")) {
                            changes.publish(one, "a/b/one");
                            changes.publish(two, "a/b/two");
                            changes.append("log", bytes("abc"));
                            changes.append("log", bytes("def"));
                        }
                        return "done";
                    }))
                    .contains("done");
            assertThat(folder.resolve("log")).hasContent("abcdef");
            assertThat(directory.usage().bytes()).isEqualTo(15);
            requireCounted(directory);
            folder.change("try", 100, changes -> {
                try (Draft one = draft(folder, "one more")) {
                    changes.publish(one, "a/b/one");
                }
                assertThat(changes.delete("a/b/two")).isTrue();
                assertThat(changes.delete("a/b/two")).isFalse();
                changes.deleteIfEmpty("a/b");
                return true;
            });
            assertThat(folder.resolve("a/b/one")).hasContent("one more");
            requireCounted(directory);
            folder.change("try", 0, changes -> {
                changes.deleteFolder("a");
                changes.deleteFolder("a");
                return true;
            });
            assertThat(folder.path().resolve("a")).doesNotExist();
            assertThat(directory.usage().files()).isEqualTo(1);
            requireCounted(directory);
        }
    }

    @Test
    void change_overTheQuota_notBegun() {
        try (CacheDirectory directory = open(100);
                CacheFolder folder = directory.folder("files")) {
            assertThat(folder.change("try", 101, changes -> "begun")).isEmpty();
            assertThat(folder.change("try", 100, changes -> "begun")).contains("begun");
        }
    }

    @Test
    void change_thatFails_saysWhatAndLeavesTheCountRight() {
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files")) {
            assertThatExceptionOfType(PathException.class)
                    .isThrownBy(() -> folder.change("store an entry", 10, changes -> {
                        changes.append("log", bytes("abc"));
                        throw new IOException("no space left on device");
                    }))
                    .withMessageContaining("store an entry")
                    .withMessageContaining("space");
            requireCounted(directory);
        }
    }

    @Test
    void names_thatLeadOut_refused() {
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files")) {
            for (String name : new String[] {"../other/log", "/log", "a/../../log", ""}) {
                assertThatExceptionOfType(PathException.class)
                        .isThrownBy(() -> folder.change("try", 10, changes -> {
                            changes.append(name, bytes("abc"));
                            return true;
                        }));
                assertThatExceptionOfType(PathException.class)
                        .isThrownBy(() -> folder.change("try", 10, changes -> {
                            changes.deleteFolder(name);
                            return true;
                        }));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 40})
    void deleteFolders_fewAndMany_areGoneAndCounted(int many) throws IOException {
        Path outside = Files.createDirectory(root.resolveSibling(root.getFileName() + "-beside"));
        Path kept = Files.writeString(outside.resolve("kept"), "kept");
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files");
                CacheFolder other = directory.folder("other")) {
            List<Changes.Few> doomed = new ArrayList<>();
            folder.change("try", 1_000, changes -> {
                changes.append("stays/log", bytes("abc"));
                for (int i = 0; i < many; i++) {
                    changes.append("d/" + i + "/first", bytes("first"));
                    changes.append("d/" + i + "/second", bytes("2"));
                    doomed.add(new Changes.Few("d/" + i, List.of("first", "absent", "second")));
                }
                // What nobody has named.
                changes.append("d/0/below/third", bytes("3"));
                doomed.add(new Changes.Few("d/not-there", List.of("first")));
                return true;
            });
            Files.createSymbolicLink(folder.path().resolve("d/0/link"), outside);
            Files.createSymbolicLink(folder.path().resolve("d/0/absent"), kept);
            other.change("try", 10, changes -> {
                changes.append("log", bytes("other"));
                return true;
            });
            folder.change("try", 100, changes -> {
                changes.append("stays/log", bytes("def"));
                changes.deleteFolders(doomed);
                changes.deleteFolders(List.of());
                // The same lock goes on counting, and makes again what is gone.
                changes.append("d/0/first", bytes("again"));
                return true;
            });
            assertThat(folder.path().resolve("d")).isDirectoryContaining("glob:**/0");
            try (Stream<Path> left = Files.list(folder.path().resolve("d"))) {
                assertThat(left).hasSize(1);
            }
            assertThat(folder.resolve("stays/log")).hasContent("abcdef");
            assertThat(folder.resolve("d/0/first")).hasContent("again");
            assertThat(kept).hasContent("kept");
            assertThat(directory.usage().bytes()).isEqualTo(6 + 5 + 5);
            requireCounted(directory);
        } finally {
            Files.delete(kept);
            Files.delete(outside);
        }
    }

    @Test
    void deleteFolder_linkInIt_isTakenAwayAndNotFollowed() throws IOException {
        Path outside = Files.createDirectory(root.resolveSibling(root.getFileName() + "-outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "kept");
        try (CacheDirectory directory = open(10_000);
                CacheFolder folder = directory.folder("files")) {
            folder.change("try", 10, changes -> {
                changes.append("a/log", bytes("abc"));
                return true;
            });
            Files.createSymbolicLink(folder.path().resolve("a").resolve("link"), outside);
            folder.change("try", 0, changes -> {
                changes.deleteFolder("a");
                return true;
            });
            assertThat(folder.path().resolve("a")).doesNotExist();
            assertThat(kept).hasContent("kept");
            requireCounted(directory);
        } finally {
            Files.delete(kept);
            Files.delete(outside);
        }
    }
}
