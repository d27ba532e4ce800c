package io.github.twatcache.disk.together;

import io.github.twatcache.testkit.LateResults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LateResultsTest {
    @Test
    void processes_computeAndChange_nothingIsLateOrComputedTwice(@TempDir Path directory) throws Exception {
        LateResults.check("disk", directory, 1_500);
    }
}
