package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"nfs", "nfs4", "CIFS", "smb3", "smbfs", "fuse.sshfs", "fuseblk", "9p", "ceph", "lustre", "afpfs"
            })
    void typesThatHostsMayShare(String type) {
        assertThat(Hosts.shared(type)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "apfs", "NTFS", "f2fs", "vfat"})
    void typesOfOneMachine(String type) {
        assertThat(Hosts.shared(type)).isEmpty();
    }

    @Test
    void folder_thatIsNotThereYet_isWhereItsParentIs(@TempDir Path directory) {
        assertThat(Hosts.sharing(directory.resolve("not/there/yet"))).isEqualTo(Hosts.sharing(directory));
    }
}
