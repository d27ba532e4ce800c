package io.github.twatcache.cli.classes;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Packages, the most used first. A package points at another as strongly as it has classes that refer to it, and
 * PageRank weighs the pointers: to be used by what is itself much used counts most. Packages outside the class files that
 * were read are ranked too, by those who refer to them.
 *
 * @param rows the packages in order; equal scores by name
 * @param classes how many class files went in
 * @param constants how many constants of each kind they have; kinds without any are left out
 */
public record Ranking(List<Row> rows, long classes, Map<ConstantKind, Long> constants) {
    private static final double SAME = 1e9; // scores that agree to nine decimals are equal

    /** Copies the list and the map. */
    public Ranking {
        rows = List.copyOf(rows);
        constants = Map.copyOf(constants);
    }

    /**
     * A package's place.
     *
     * @param packageName its name
     * @param score its share of all scores, from 0 to 1
     * @param usedByPackages how many other packages refer to it
     * @param usedByClasses how many classes of other packages refer to it
     * @param classes how many class files of it were read; 0 for a package outside
     * @param constants how many constants these have
     */
    public record Row(
            String packageName, double score, int usedByPackages, int usedByClasses, int classes, long constants) {}

    /** Adds up classes, in any order, and ranks their packages. For one thread. */
    public static final class Builder {
        private final Map<String, Node> nodes = new TreeMap<>();
        private final Map<ConstantKind, Long> constants = new EnumMap<>(ConstantKind.class);
        private long classes;

        /** Starts without any class. */
        public Builder() {}

        /**
         * Adds a class.
         *
         * @param facts what its file tells
         */
        public void add(ClassFacts facts) {
            classes++;
            facts.constants().forEach((kind, count) -> constants.merge(kind, (long) count, Long::sum));
            if (facts.packageName().isEmpty()) {
                return; // a module's declaration uses nothing
            }
            Node from = node(facts.packageName());
            from.classes++;
            from.constants += facts.constants().values().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            for (String reference : facts.references()) {
                Node to = node(reference);
                to.usedByClasses++;
                from.uses.merge(to.name, 1, Integer::sum);
            }
        }

        /**
         * Ranks the packages of the classes added so far.
         *
         * @return the ranking
         */
        public Ranking rank() {
            List<Node> all = List.copyOf(nodes.values());
            Map<String, Integer> places = new TreeMap<>();
            all.forEach(node -> places.put(node.name, places.size()));
            int[][] targets = new int[all.size()][];
            int[][] weights = new int[all.size()][];
            int[] usedByPackages = new int[all.size()];
            for (int place = 0; place < targets.length; place++) {
                Map<String, Integer> uses = all.get(place).uses;
                targets[place] = uses.keySet().stream().mapToInt(places::get).toArray();
                weights[place] =
                        uses.values().stream().mapToInt(Integer::intValue).toArray();
                for (int target : targets[place]) {
                    usedByPackages[target]++;
                }
            }
            double[] scores = PageRank.scores(targets, weights);
            List<Row> rows = IntStream.range(0, targets.length)
                    .mapToObj(place -> all.get(place).row(scores[place], usedByPackages[place]))
                    .sorted(Comparator.comparingLong((Row row) -> -Math.round(row.score() * SAME))
                            .thenComparing(Row::packageName))
                    .toList();
            return new Ranking(rows, classes, constants);
        }

        private Node node(String name) {
            return nodes.computeIfAbsent(name, Node::new);
        }
    }

    private static final class Node {
        private final String name;
        /** How many classes of this package refer to each other one; sorted, so that sums are the same each time. */
        private final Map<String, Integer> uses = new TreeMap<>();

        private int usedByClasses;
        private int classes;
        private long constants;

        private Node(String name) {
            this.name = name;
        }

        private Row row(double score, int usedByPackages) {
            return new Row(name, score, usedByPackages, usedByClasses, classes, constants);
        }
    }
}
