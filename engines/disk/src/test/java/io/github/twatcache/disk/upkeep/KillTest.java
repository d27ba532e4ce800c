package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.testkit.Seed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes write, and one after the other is killed at random while the others go on. What a killed one had said to
 * be done is there, all of it; what it was doing is there whole or not at all; the database is sound, and opens.
 *
 * <p>A dozen rounds; {@code -Dtwat.kills=200} for more.
 */
final class KillTest {
    private static final int PLACES = 4;
    private static final int ROUNDS = Integer.getInteger("twat.kills", 12);
    private static final int MOST = 6 * ROUNDS;

    /** How many kills must fall inside a put. */
    private static final int WANTED = (ROUNDS + PLACES) / 2;

    @TempDir
    Path directory;

    private int kills;
    private int insidePut;
    private long compared;
    private long said;

    @Test
    void processes_killedAtRandom_loseNothingThatTheyHadSaidToBeDone() throws Exception {
        SplittableRandom random = Seed.random();
        Scriptorium[] places = new Scriptorium[PLACES];
        try {
            for (int place = 0; place < PLACES; place++) {
                places[place] = new Scriptorium(place);
                places[place].start(directory);
            }
            // Where a kill falls is left to chance; so there are more of them until enough have fallen inside a put.
            for (int round = 0; round < ROUNDS || (insidePut < WANTED && round < MOST); round++) {
                Scriptorium victim = places[random.nextInt(PLACES)];
                victim.awaitDone(1 + random.nextInt(400));
                judge(victim);
                victim.start(directory);
                kills++;
            }
            for (Scriptorium place : places) {
                judge(place);
            }
        } finally {
            for (Scriptorium place : places) {
                if (place != null) {
                    place.kill();
                }
            }
        }
        System.out.println("kill test: " + (kills + PLACES) + " kills, " + insidePut + " inside a put, " + said
                + " changes acknowledged, " + compared + " entries compared");
        assertThat(insidePut).isGreaterThanOrEqualTo(WANTED);
    }

    /** Kills a writer, and compares what it left with what it had said. */
    private void judge(Scriptorium victim) throws Exception {
        victim.kill();
        insidePut += victim.doing != null && victim.doing.what() == Scribe.PUT ? 1 : 0;
        said += victim.done;
        try (TwatCache twat = Scribe.open(directory)) {
            Cache<Integer, String> cache = Scribe.cache(twat);
            compared += victim.judge(cache);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }
}
