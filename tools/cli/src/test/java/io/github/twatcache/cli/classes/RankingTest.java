package io.github.twatcache.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final long SEED = Long.getLong("twat.seed", 20_260_101);

    @Test
    void rank_noClasses_isEmpty() {
        assertThat(rank(List.of())).isEqualTo(new Ranking(List.of(), 0, Map.of()));
    }

    @Test
    void rank_usersOfOne_countsPackagesAndClasses() {
        Ranking ranking = rank(List.of(
                facts("a.One", "a", 3, "core"),
                facts("a.Two", "a", 2, "core", "b"),
                facts("b.One", "b", 5, "core"),
                facts("module-info", "", 7)));

        assertThat(ranking.classes()).isEqualTo(4);
        assertThat(ranking.constants()).containsExactly(Map.entry(ConstantKind.UTF8, 17L));
        assertThat(ranking.rows()).extracting(Ranking.Row::packageName).containsExactly("core", "b", "a");
        Ranking.Row core = ranking.rows().get(0);
        assertThat(core.usedByPackages()).isEqualTo(2);
        assertThat(core.usedByClasses()).isEqualTo(3);
        assertThat(core.classes()).isZero();
        assertThat(ranking.rows().get(2).classes()).isEqualTo(2);
        assertThat(ranking.rows().get(2).constants()).isEqualTo(5);
    }

    /** Two that point at each other and a third that points at one of them: solved by hand. */
    @Test
    void rank_threeNodes_solvesTheEquations() {
        Ranking ranking =
                rank(List.of(facts("a.A", "a", 1, "b"), facts("b.B", "b", 1, "a"), facts("c.C", "c", 1, "a")));

        double c = 0.15 / 3;
        double a = (c + 0.85 * c + 0.85 * c) / (1 - 0.85 * 0.85);
        double b = c + 0.85 * a;
        assertThat(ranking.rows()).extracting(Ranking.Row::packageName).containsExactly("a", "b", "c");
        assertThat(ranking.rows().get(0).score()).isCloseTo(a, within(1e-10));
        assertThat(ranking.rows().get(1).score()).isCloseTo(b, within(1e-10));
        assertThat(ranking.rows().get(2).score()).isCloseTo(c, within(1e-10));
    }

    @Test
    void rank_moreClassesRefer_weighsMore() {
        Ranking ranking = rank(List.of(
                facts("a.One", "a", 1, "often", "seldom"),
                facts("a.Two", "a", 1, "often"),
                facts("a.3", "a", 1, "often")));

        assertThat(ranking.rows()).extracting(Ranking.Row::packageName).containsExactly("often", "seldom", "a");
        double given = 0.15 / 3
                + 0.85 * (ranking.rows().get(0).score() + ranking.rows().get(1).score()) / 3;
        double passedOn = 0.85 * ranking.rows().get(2).score();
        assertThat(ranking.rows().get(0).score()).isCloseTo(given + passedOn * 3 / 4, within(1e-10));
        assertThat(ranking.rows().get(1).score()).isCloseTo(given + passedOn / 4, within(1e-10));
    }

    @Test
    void rank_equalScores_goByName() {
        Ranking ranking = rank(List.of(facts("x.X", "x", 1, "c", "a", "b")));

        assertThat(ranking.rows()).extracting(Ranking.Row::packageName).containsExactly("a", "b", "c", "x");
    }

    @Test
    void rank_anyOrder_isTheSameToTheLastBit() throws Exception {
        List<ClassFacts> facts = new ArrayList<>();
        for (String path : RuntimeImage.classFiles("java.logging")) {
            facts.add(ClassFacts.parse(path));
        }
        Ranking expected = rank(facts);
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(facts, random);
            assertThat(rank(facts)).as("seed %s", SEED).isEqualTo(expected);
        }
        double sum = expected.rows().stream().mapToDouble(Ranking.Row::score).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    private static Ranking rank(List<ClassFacts> classes) {
        Ranking.Builder builder = new Ranking.Builder();
        classes.forEach(builder::add);
        return builder.rank();
    }

    private static ClassFacts facts(String name, String packageName, int texts, String... references) {
        return new ClassFacts(name, packageName, Map.of(ConstantKind.UTF8, texts), Set.of(references));
    }
}
