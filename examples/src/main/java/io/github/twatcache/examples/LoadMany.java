package io.github.twatcache.examples;

import io.github.twatcache.LoadingCache;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How do I fetch what is missing of many keys with one query? */
public final class LoadMany {
    private static final List<Set<Integer>> QUERIES = new ArrayList<>();

    private LoadMany() {}

    static String selectOne(Integer id) throws IOException {
        return selectAll(Set.of(id)).getOrDefault(id, "nobody");
    }

    static Map<Integer, String> selectAll(Set<Integer> ids) throws IOException {
        QUERIES.add(ids);
        Map<Integer, String> rows = new TreeMap<>();
        for (int id : ids) {
            rows.put(id, "user " + id);
        }
        return rows;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException never; the queries declare it
     */
    public static void main(String... args) throws IOException {
        try (TwatCache twat = TwatCache.open()) {
            LoadingCache<Integer, String, IOException> users =
                    twat.memory("users").types(Integer.class, String.class).build(LoadMany::selectOne);
            users.get(1);

            Map<Integer, String> three = users.getAll(List.of(3, 1, 2), LoadMany::selectAll);
            Claim.that("in the order of the keys", List.copyOf(three.keySet()).equals(List.of(3, 1, 2)));
            Claim.that("one query for the two that were missing", QUERIES.get(1).equals(Set.of(3, 2)));

            users.getAll(List.of(1, 2, 3), LoadMany::selectAll);
            Claim.that("and none when nothing is missing", QUERIES.size() == 2);

            long loaded = users.warm(List.of(3, 4, 5), LoadMany::selectOne);
            Claim.that("warm loads what is not there", loaded == 2 && users.size() == 5);
        }
    }
}
