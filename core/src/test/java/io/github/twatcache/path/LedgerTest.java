package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of a change, after each of which a process may be killed. */
class LedgerTest {
    @TempDir
    Path root;

    private Path caches;

    @BeforeEach
    void fill() throws IOException {
        caches = root.resolve("caches");
        Files.createDirectories(caches.resolve("users"));
        Files.writeString(caches.resolve("users/old"), "four");
        Files.createFile(root.resolve("ledger"));
        try (Ledger ledger = ledger()) {
            Recount.anew(root, ledger);
        }
    }

    private Ledger ledger() throws IOException {
        return new Ledger(root.resolve("ledger"));
    }

    enum Step {
        BEGUN,
        MOVED,
        COUNTED,
        FINISHED
    }

    /** Puts a file of six bytes in the place of one of four, and dies after the step. */
    private void replaced(Step last) throws IOException {
        try (Ledger ledger = ledger()) {
            Ledger.Page page = ledger.page().orElseThrow();
            Slot slot = page.slot("users").orElseThrow();
            Intent intent = new Intent(
                    "caches/users/old", 6, slot.holding(slot.bytes() + 2, 1, 7), page.bytes() + 2, page.files());
            ledger.begin(intent);
            if (last == Step.BEGUN) {
                return;
            }
            Files.writeString(caches.resolve("users/old"), "sixsix");
            if (last == Step.MOVED) {
                return;
            }
            if (last == Step.COUNTED) {
                // The slot is written before the sums: what finish() does first.
                try (RandomAccessFile file =
                        new RandomAccessFile(root.resolve("ledger").toFile(), "rw")) {
                    file.seek(Ledger.HEADER);
                    file.write(intent.after().counts());
                }
                return;
            }
            ledger.finish(intent);
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void settled_afterADeathAtAnyStep_isWhatAWalkFinds(Step last) throws IOException {
        replaced(last);
        try (Ledger ledger = ledger()) {
            Ledger.Page page = Recount.settled(root, ledger);
            assertThat(page.intent()).isNull();
            assertThat(page.balanced()).isTrue();
            DiskUsage.Share walked = Recount.walked(caches);
            assertThat(page.bytes()).isEqualTo(walked.bytes()).isEqualTo(last == Step.BEGUN ? 4 : 6);
            assertThat(page.files()).isEqualTo(walked.files());
            assertThat(ledger.glance()).contains(page);
        }
    }

    @Test
    void settled_afterADeathWhileDeleting_isWhatAWalkFinds() throws IOException {
        for (boolean deleted : new boolean[] {false, true}) {
            try (Ledger ledger = ledger()) {
                Ledger.Page page = ledger.page().orElseThrow();
                Slot slot = page.slot("users").orElseThrow();
                ledger.begin(new Intent("caches/users/old", -1, slot.holding(0, 0, 7), 0, 0));
                if (deleted) {
                    Files.delete(caches.resolve("users/old"));
                }
            }
            try (Ledger ledger = ledger()) {
                assertThat(ledger.glance()).isEmpty();
                assertThat(Recount.settled(root, ledger).bytes()).isEqualTo(deleted ? 0 : 4);
            }
        }
    }

    /** After so many of three files, with the line written or not. */
    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "3,false", "3,true"})
    void settled_afterADeathWhileDeletingMany_isWhatAWalkFinds(int deleted, boolean counted) throws IOException {
        Files.createDirectories(caches.resolve("others"));
        Files.writeString(caches.resolve("others/file"), "others");
        for (String name : new String[] {"a", "b", "c"}) {
            Files.writeString(caches.resolve("users").resolve(name), "more of " + name);
        }
        try (Ledger ledger = ledger()) {
            Ledger.Page page = Recount.anew(root, ledger);
            Slot slot = page.slot("users").orElseThrow();
            ledger.begin(Intent.many("caches/users", slot, page.bytes(), page.files()));
            for (int i = 0; i < deleted; i++) {
                Files.delete(caches.resolve("users").resolve(new String[] {"a", "b", "c"}[i]));
            }
            if (counted) {
                try (RandomAccessFile file =
                        new RandomAccessFile(root.resolve("ledger").toFile(), "rw")) {
                    file.seek(Ledger.HEADER + (long) slot.index() * Slot.SIZE);
                    file.write(slot.holding(4, 1, 7).counts());
                }
            }
        }
        try (Ledger ledger = ledger()) {
            assertThat(ledger.glance()).as("while it is under way").isEmpty();
            Ledger.Page page = Recount.settled(root, ledger);
            assertThat(page.balanced()).isTrue();
            assertThat(page.bytes()).isEqualTo(4 + 6 + 9 * (3 - deleted));
            assertThat(page.files()).isEqualTo(2 + 3 - deleted);
            assertThat(page.slot("others").orElseThrow().bytes()).isEqualTo(6);
            assertThat(ledger.glance()).contains(page);
        }
    }

    @Test
    void settled_afterADeathWhileReporting_isWhatWasReported() throws IOException {
        try (Ledger ledger = ledger()) {
            Slot slot = ledger.page().orElseThrow().slot("users").orElseThrow();
            ledger.begin(new Intent("", 0, slot.holding(4096, 2, 7), 4096, 2));
        }
        try (Ledger ledger = ledger()) {
            assertThat(Recount.settled(root, ledger).bytes()).isEqualTo(4096);
        }
    }

    @Test
    void settled_ofADamagedLedger_isCountedAnewAndKeepsTheNames() throws IOException {
        try (Ledger ledger = ledger()) {
            Ledger.Page page = ledger.page().orElseThrow();
            ledger.add(page, "things~0123456789abcdef0123", "Things", Layout.FILE_PER_ENTRY);
            Files.createDirectories(caches.resolve("things~0123456789abcdef0123/ab"));
            Files.writeString(caches.resolve("things~0123456789abcdef0123/ab/x"), "12345");
        }
        // The sums are wrong.
        damage(16, 99);
        try (Ledger ledger = ledger()) {
            Ledger.Page page = Recount.settled(root, ledger);
            assertThat(page.bytes()).isEqualTo(9);
            assertThat(page.slots()).extracting(Slot::name).containsExactly("Things", "users");
            assertThat(page.slot("things~0123456789abcdef0123").orElseThrow().layout())
                    .isEqualTo(Layout.FILE_PER_ENTRY);
        }
        // It is no ledger at all.
        damage(0, 0);
        try (Ledger ledger = ledger()) {
            assertThat(ledger.page()).isEmpty();
            assertThat(ledger.glance()).isEmpty();
            assertThat(Recount.settled(root, ledger).bytes()).isEqualTo(9);
        }
    }

    private void damage(long at, long value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("ledger").toFile(), "rw")) {
            file.seek(at);
            file.writeLong(value);
        }
    }

    @Test
    void page_ofAnyDamage_isEmptyOrReadable() throws IOException {
        byte[] sound = Files.readAllBytes(root.resolve("ledger"));
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = sound.clone();
            for (int n = 0; n < 4; n++) {
                bytes[random.nextInt(Ledger.HEADER + Slot.SIZE)] = (byte) random.nextInt();
            }
            Files.write(root.resolve("ledger"), i % 10 == 0 ? java.util.Arrays.copyOf(bytes, i) : bytes);
            try (Ledger ledger = ledger()) {
                Ledger.Page page = Recount.settled(root, ledger);
                assertThat(page.balanced()).isTrue();
            }
        }
    }

    @Test
    void add_manyMoreThanTheFirst_areAllThere() throws IOException {
        try (Ledger ledger = ledger()) {
            for (int i = 0; i < 100; i++) {
                ledger.add(ledger.page().orElseThrow(), "f" + i, "name " + i, Layout.OPAQUE);
            }
            Ledger.Page page = ledger.page().orElseThrow();
            assertThat(page.slots()).hasSize(101);
            assertThat(page.slot("f99").orElseThrow().name()).isEqualTo("name 99");
            assertThat(ledger.line(page.slot("f99").orElseThrow())).isPresent();
        }
    }

    @Test
    void length_ofALink_isNone() throws IOException {
        Files.createSymbolicLink(caches.resolve("users/link"), caches.resolve("users/old"));
        assertThat(Recount.length(caches.resolve("users/link"))).isEmpty();
        assertThat(Recount.length(caches.resolve("users/old"))).isEqualTo(OptionalLong.of(4));
        assertThat(Recount.walked(caches)).isEqualTo(new DiskUsage.Share(4, 1));
    }
}
