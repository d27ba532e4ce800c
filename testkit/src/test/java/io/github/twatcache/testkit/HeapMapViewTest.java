package io.github.twatcache.testkit;

import io.github.twatcache.heap.HeapEngine;
import junit.framework.Test;
import junit.framework.TestCase;

/** Guava's suite of {@link java.util.concurrent.ConcurrentMap} on the view of a cache on the engine {@code heap}. */
public final class HeapMapViewTest extends TestCase {
    public static Test suite() {
        return MapViewSuite.of("heap", HeapEngine::new);
    }
}
