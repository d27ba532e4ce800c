package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.diskcache.Python;
import io.github.twatcache.disk.upkeep.Scribe.Kind;
import io.github.twatcache.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @TempDir(factory = TempDirFactory.Standard.class)
    Path directory;

    private int kills;
    private int insidePut;
    private long compared;
    private long said;

    @Test
    void processes_killedAtRandom_loseNothingThatTheyHadSaidToBeDone() throws Exception {
        kill(Kind.NATIVE, PLACES, ROUNDS);
        System.out.println("kill test: " + (kills + PLACES) + " kills, " + insidePut + " inside a put, " + said
                + " changes acknowledged, " + compared + " entries compared");
        assertThat(insidePut).isGreaterThanOrEqualTo(WANTED);
    }

    /** Python finds what they had said to be done, and nothing amiss but files that no row names. */
    @ParameterizedTest
    @EnumSource(names = "NATIVE", mode = EnumSource.Mode.EXCLUDE)
    void processesInTheSharedFormat_killedAtRandom_pythonFindsTheSame(Kind kind) throws Exception {
        Map<Long, String> left = kill(kind, 2, Math.max(2, ROUNDS / 4));
        assertThat(left).hasSizeGreaterThan(10);
        List<String> whole = left.entrySet().stream()
                .map(entry -> entry.getKey() + " " + crc(entry.getValue()))
                .toList();
        assertThat(Python.run("""
                        import zlib
                        c = diskcache.Cache(sys.argv[1])
                        left = {'unknown file', 'empty directory'}
                        assert {str(w.message).split(':')[0] for w in c.check(fix=True)} <= left
                        c.check(fix=True)  # a folder is empty only once the one within it is gone
                        assert not c.check()
                        for k in list(c): print(k, zlib.crc32(c[k].encode()))
                        """, Scribe.shared(directory))).containsExactlyInAnyOrderElementsOf(whole);
    }

    private static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Lets writers write and kills them; says what is left. */
    private Map<Long, String> kill(Kind kind, int writers, int rounds) throws Exception {
        SplittableRandom random = Seed.random();
        Scriptorium[] places = new Scriptorium[writers];
        try {
            for (int place = 0; place < writers; place++) {
                places[place] = new Scriptorium(place, kind);
                places[place].start(directory);
            }
            // Where a kill falls is left to chance; so there are more of them until enough have fallen inside a put.
            for (int round = 0;
                    round < rounds || (kind == Kind.NATIVE && insidePut < WANTED && round < MOST);
                    round++) {
                // By turns, so that one has begun by the time that the others have had theirs.
                Scriptorium victim = places[round % writers];
                victim.awaitDone(1 + random.nextInt(400));
                judge(victim, kind);
                victim.start(directory);
                kills++;
            }
            for (Scriptorium place : places) {
                place.kill();
            }
            Map<Long, String> left = new HashMap<>();
            for (Scriptorium place : places) {
                judge(place, kind);
                place.values.forEach((key, value) -> {
                    if (value != null) {
                        left.put(key, value);
                    }
                });
            }
            return left;
        } finally {
            for (Scriptorium place : places) {
                if (place != null) {
                    place.kill();
                }
            }
        }
    }

    /** Kills a writer, and compares what it left with what it had said. */
    private void judge(Scriptorium victim, Kind kind) throws Exception {
        victim.kill();
        insidePut += victim.doing != null && victim.doing.what() == Scribe.PUT ? 1 : 0;
        said += victim.done;
        try (TwatCache twat = Scribe.open(directory)) {
            Cache<Long, String> cache = kind.cache(twat, directory);
            compared += victim.judge(cache);
            if (kind == Kind.NATIVE) {
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
        }
    }
}
