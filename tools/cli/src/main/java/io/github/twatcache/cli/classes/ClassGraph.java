package io.github.twatcache.cli.classes;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which classes refer to which, as three arrays: class {@code i} refers to those whose numbers stand in {@code targets}
 * from {@code starts[i]} to before {@code starts[i + 1]}. Classes that were not read are left out.
 *
 * @param names the classes, sorted; a class's place is its number
 * @param starts where each one's targets begin; one more than there are classes
 * @param targets numbers of classes, ascending within each class
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are what the demo is about; nobody compares two graphs
public record ClassGraph(String[] names, int[] starts, int[] targets) {
    /**
     * Reads the class files of some modules of the running JDK.
     *
     * @param modules their names
     * @return the graph
     * @throws IOException when a file cannot be read
     */
    public static ClassGraph read(List<String> modules) throws IOException {
        TreeMap<String, Set<String>> references = new TreeMap<>();
        for (String module : modules) {
            for (String path : RuntimeImage.classFiles(module)) {
                ClassFile file = ClassFile.of(RuntimeImage.read(path));
                if (!ReferredClasses.packageOf(file.name()).isEmpty()) {
                    references.put(file.name(), file.referred().without(file.name()));
                }
            }
        }
        return of(references);
    }

    /** The graph of classes by name. */
    static ClassGraph of(TreeMap<String, Set<String>> references) {
        Map<String, Integer> numbers = new HashMap<>();
        references.keySet().forEach(name -> numbers.put(name, numbers.size()));
        String[] names = new String[references.size()];
        int[] starts = new int[names.length + 1];
        int[][] targets = new int[names.length][];
        int i = 0;
        for (Map.Entry<String, Set<String>> entry : references.entrySet()) {
            names[i] = entry.getKey().replace('/', '.');
            targets[i] = entry.getValue().stream()
                    .filter(numbers::containsKey)
                    .mapToInt(numbers::get)
                    .sorted()
                    .toArray();
            starts[i + 1] = starts[i] + targets[i].length;
            i++;
        }
        return new ClassGraph(
                names,
                starts,
                Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray());
    }

    /**
     * How much each class is referred to by what is itself much referred to: PageRank over the graph.
     *
     * @return a score for each class; they add up to 1
     */
    public double[] ranks() {
        int[][] each = new int[names.length][];
        int[][] weights = new int[names.length][];
        for (int i = 0; i < names.length; i++) {
            each[i] = Arrays.copyOfRange(targets, starts[i], starts[i + 1]);
            weights[i] = new int[each[i].length];
            Arrays.fill(weights[i], 1);
        }
        return PageRank.scores(each, weights);
    }

    /**
     * How often two classes are referred to by the same class.
     *
     * @param chosen the numbers of the classes that are looked at
     * @return for each two places in {@code chosen} a count; on the diagonal, how many classes refer to that one
     */
    public int[][] together(int[] chosen) {
        int[] place = new int[names.length];
        Arrays.fill(place, -1);
        for (int i = 0; i < chosen.length; i++) {
            place[chosen[i]] = i;
        }
        int[][] counts = new int[chosen.length][chosen.length];
        for (int i = 0; i < names.length; i++) {
            int[] here = Arrays.stream(targets, starts[i], starts[i + 1])
                    .map(target -> place[target])
                    .filter(at -> at >= 0)
                    .toArray();
            for (int one : here) {
                for (int other : here) {
                    counts[one][other]++;
                }
            }
        }
        return counts;
    }

    /**
     * The classes with the highest scores.
     *
     * @param ranks a score for each class
     * @param most how many at most
     * @return their numbers, the highest first; equal scores by name
     */
    public static int[] first(double[] ranks, int most) {
        return IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -ranks[i]).thenComparing(i -> i))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
