package io.github.twatcache.files;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.ConformanceUnderChaos;

final class FilesUnderChaosTest extends ConformanceUnderChaos {
    @Override
    protected Engine reliable() {
        return new FilesEngine();
    }
}
