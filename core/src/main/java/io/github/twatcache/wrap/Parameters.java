package io.github.twatcache.wrap;

import io.github.twatcache.key.FunctionIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A method's parameters, by what annotations call them.
 *
 * @param types their types, as far as known
 * @param identity the method's identity, which knows their names
 */
record Parameters(List<Class<?>> types, FunctionIdentity identity) {
    /** All places. */
    List<Integer> all() {
        return first(types.size());
    }

    private List<String> names() {
        return identity.parameterNames();
    }

    /** Whether there are too many of them, so that they travel as one array. */
    boolean packed() {
        return types.size() > CachedMethod.MOST_PARAMETERS;
    }

    static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** The places that a {@code key} names; what is wrong goes to the faults. */
    List<Integer> places(String[] key, String place, Faults faults) {
        List<Integer> places = new ArrayList<>();
        for (String word : key) {
            int index = index(word);
            if (index < 0) {
                faults.add(place, "key \"" + word + "\" is none of its parameters; " + known());
            } else if (places.contains(index)) {
                faults.add(place, "key \"" + word + "\" is the same parameter as another; name each once");
            } else {
                places.add(index);
            }
        }
        return places;
    }

    private int index(String word) {
        String digits = word.startsWith("#") ? word.substring(1) : word;
        if (!digits.isEmpty() && digits.length() < 4 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = Integer.parseInt(digits);
            return index < types.size() ? index : -1;
        }
        return names().indexOf(word);
    }

    private String known() {
        if (types.isEmpty()) {
            return "it has none; leave key out";
        }
        String places = all().stream().map(i -> "#" + i).collect(Collectors.joining(", "));
        return names().isEmpty()
                ? "its places are " + places + ", its names are not known (compile with -parameters)"
                : "its names are " + String.join(", ", names()) + ", its places " + places;
    }
}
