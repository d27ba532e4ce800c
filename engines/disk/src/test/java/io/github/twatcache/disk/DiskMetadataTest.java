package io.github.twatcache.disk;

import io.github.twatcache.testkit.EngineMetadata;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskMetadataTest {
    @Test
    void settings_jarAndPage_areGeneratedFromWhereTheyAreDefined() {
        EngineMetadata.of(new DiskEngine())
                .requireJar(Path.of("src/main/resources"))
                .requirePage(Path.of("../../docs/engines/disk.md"));
    }
}
