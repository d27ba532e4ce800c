package io.github.twatcache.files.together;

import io.github.twatcache.testkit.LateResults;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LateResultsTest {
    @Test
    void processes_computeAndChange_nothingIsLateOrComputedTwice(@TempDir Path directory) throws Exception {
        LateResults.check("files", directory, 500);
    }

    @Test
    void processes_computeAndChangeWithoutLeases_nothingIsLate(@TempDir Path directory) throws Exception {
        LateResults.checkAlone("files", directory, 500, Map.of("leases", "off"));
    }
}
