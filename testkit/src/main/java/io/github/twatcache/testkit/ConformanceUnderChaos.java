package io.github.twatcache.testkit;

import io.github.twatcache.spi.Engine;

/**
 * All contracts of one engine once more, while three operations in ten fail, hang for a moment or read damage. It passes, and
 * they are tried again: what callers see does not change. What does not pass is {@link ChaosContract}'s. Contracts about the
 * store itself, past the cache, run without the failures.
 */
public abstract class ConformanceUnderChaos extends EngineConformance {
    private static final double RATE = 0.1;

    private final Chaos chaos =
            new Chaos(Seed.value()).errors(RATE).hangs(RATE).corruptReads(RATE).passing();

    /** Makes a run; JUnit calls it. */
    protected ConformanceUnderChaos() {}

    /**
     * The engine under test, as it is.
     *
     * @return the engine; a new one for each test, or always the same
     */
    protected abstract Engine reliable();

    @Override
    protected final Engine engine() {
        return ChaosEngine.around(reliable(), chaos);
    }
}
