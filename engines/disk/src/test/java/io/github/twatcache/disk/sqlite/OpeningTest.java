package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where WAL cannot work, opening says so. */
final class OpeningTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("x.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "NFS4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "lustre"})
    void requireLocal_fileSystemOfANetwork_refusedNamingItAndAWayOut(String type) {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> Opening.requireLocal(file(), type))
                .withMessageContaining(file().toString())
                .withMessageContaining("network file system (" + type + ")")
                .withMessageContaining("local disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "NTFS", "zfs"})
    void requireLocal_fileSystemOfThisMachine_taken(String type) {
        assertThatCode(() -> Opening.requireLocal(file(), type)).doesNotThrowAnyException();
    }

    /** A database in memory has no WAL either: SQLite says so in the same way, by the mode that stays. */
    @Test
    void requireWal_modeStays_refusedNamingIt() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> Opening.requireWal(file(), statement))
                    .withMessageContaining(file().toString())
                    .withMessageContaining("'memory'")
                    .withMessageContaining("local disk");
        }
    }

    @Test
    void requireWal_onADisk_isTheMode() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            Opening.requireWal(file(), statement);
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
                assertThat(mode.next()).isTrue();
                assertThat(mode.getString(1)).isEqualTo("wal");
            }
        }
    }
}
