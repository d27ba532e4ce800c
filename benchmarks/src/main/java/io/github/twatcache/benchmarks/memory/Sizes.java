package io.github.twatcache.benchmarks.memory;

import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.vm.VM;

/** What objects take in this JVM, by JOL. */
final class Sizes {
    static {
        // Unsafe does not tell where the fields of hidden classes and records lie; JOL then finds out by itself.
        System.setProperty("jol.magicFieldOffset", "true");
    }

    private Sizes() {}

    /** An object and all that can be reached from it. */
    static long reachable(Object root) {
        return GraphLayout.parseInstance(root).totalSize();
    }

    /** The boxes of a call with an int and a long. */
    static long boxes() {
        return VM.current().sizeOf(Integer.MAX_VALUE) + VM.current().sizeOf(Long.MAX_VALUE);
    }
}
