package io.github.twatcache;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.Optional;
import java.util.Set;

/**
 * An engine that may be chosen: one that is present, or one of ours that is not.
 *
 * @param name its name
 * @param rank its rank
 * @param traits what it can do, as far as is known
 * @param engine the engine; empty where it is not present
 */
record Candidate(String name, int rank, Set<Trait> traits, Optional<Engine> engine) {
    static Candidate of(Engine engine) {
        return new Candidate(engine.name(), engine.rank(), engine.traits(), Optional.of(engine));
    }

    static Candidate of(Known known) {
        return new Candidate(known.name(), known.rank(), known.traits(), Optional.empty());
    }

    boolean is(String other) {
        return name.equals(other);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
