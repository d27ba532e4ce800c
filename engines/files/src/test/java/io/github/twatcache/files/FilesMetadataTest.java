package io.github.twatcache.files;

import io.github.twatcache.testkit.EngineMetadata;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FilesMetadataTest {
    @Test
    void settings_jarAndPage_areGeneratedFromWhereTheyAreDefined() {
        EngineMetadata.of(new FilesEngine())
                .requireJar(Path.of("src/main/resources"))
                .requirePage(Path.of("../../docs/files.md"));
    }
}
