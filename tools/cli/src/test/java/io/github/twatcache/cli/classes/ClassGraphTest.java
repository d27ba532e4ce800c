package io.github.twatcache.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The graph of references between classes, and what is reckoned from it. */
class ClassGraphTest {
    private static final ClassGraph FOUR = ClassGraph.of(new TreeMap<>(Map.of(
            "p/A", Set.of("p/C", "p/D", "elsewhere/X"),
            "p/B", Set.of("p/C", "p/D"),
            "p/C", Set.of("p/D"),
            "p/D", Set.of())));

    @Test
    void of_classes_numbersThemByNameAndLeavesOthersOut() {
        assertThat(FOUR.names()).containsExactly("p.A", "p.B", "p.C", "p.D");
        assertThat(FOUR.starts()).containsExactly(0, 2, 4, 5, 5);
        assertThat(FOUR.targets()).containsExactly(2, 3, 2, 3, 3);
    }

    @Test
    void ranks_whoIsReferredTo_scoresMore() {
        double[] ranks = FOUR.ranks();
        assertThat(Arrays.stream(ranks).sum()).isCloseTo(1, within(1e-9));
        assertThat(ClassGraph.first(ranks, 10)).containsExactly(3, 2, 0, 1);
        assertThat(ClassGraph.first(ranks, 2)).containsExactly(3, 2);
    }

    @Test
    void together_twoClasses_countsWhoRefersToBoth() {
        assertThat(FOUR.together(new int[] {3, 2, 0})).isEqualTo(new int[][] {{3, 2, 0}, {2, 2, 0}, {0, 0, 0}});
        assertThat(FOUR.together(new int[0])).isEmpty();
    }

    @Test
    void read_theJdksClasses_referAsAsmReadsThem() throws Exception {
        ClassGraph graph = ClassGraph.read(List.of("java.logging"));
        Map<String, Set<String>> asm = new TreeMap<>();
        for (String path : RuntimeImage.classFiles("java.logging")) {
            if (!path.endsWith("/module-info.class")) {
                String name = path.substring("modules/java.logging/".length(), path.length() - ".class".length());
                asm.put(name.replace('/', '.'), AsmFacts.classes(RuntimeImage.read(path)));
            }
        }
        assertThat(graph.names()).containsExactlyElementsOf(asm.keySet());
        for (int i = 0; i < graph.names().length; i++) {
            Set<String> expected = new TreeSet<>(asm.get(graph.names()[i]));
            expected.retainAll(asm.keySet());
            expected.remove(graph.names()[i]);
            assertThat(Arrays.stream(graph.targets(), graph.starts()[i], graph.starts()[i + 1])
                            .mapToObj(target -> graph.names()[target]))
                    .as(graph.names()[i])
                    .containsExactlyElementsOf(expected);
        }
    }
}
