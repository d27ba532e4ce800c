package io.github.twatcache.testkit;

import junit.framework.Test;
import junit.framework.TestCase;

/** Guava's suite of {@link java.util.concurrent.ConcurrentMap} on the view of a cache on a map. */
public final class PlainMapViewTest extends TestCase {
    public static Test suite() {
        return MapViewSuite.of("map", MapEngine::new);
    }
}
