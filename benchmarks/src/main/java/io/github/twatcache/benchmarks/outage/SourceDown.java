package io.github.twatcache.benchmarks.outage;

/** The source does not answer. Unchecked, since not every contestant lets another through as it is. */
final class SourceDown extends RuntimeException {
    private static final long serialVersionUID = 1;

    SourceDown() {
        super("no connection", null, false, false);
    }
}
