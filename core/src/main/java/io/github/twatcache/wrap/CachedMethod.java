package io.github.twatcache.wrap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.key.FunctionIdentity;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method whose results are cached.
 *
 * @param method the method
 * @param spec its cache's name, its engine (empty where none was named) and settings
 * @param tags what each result is tagged with
 * @param key the places of the parameters that make the key
 * @param identity which function it is
 */
public record CachedMethod(
        Method method, CacheSpec spec, List<String> tags, List<Integer> key, FunctionIdentity identity) {
    /** As many parameters as memoized functions have; the arguments of longer methods travel as one array. */
    public static final int MOST_PARAMETERS = 5;

    /**
     * Whether the arguments travel as one array.
     *
     * @return whether there are too many of them
     */
    public boolean packed() {
        return method.getParameterCount() > MOST_PARAMETERS;
    }

    /**
     * Whether each parameter is part of the key, in order.
     *
     * @return whether nothing is left out
     */
    public boolean whole() {
        return key.equals(Parameters.first(method.getParameterCount()));
    }

    /**
     * The places of the parameters that do not make the key.
     *
     * @return the places, possibly none
     */
    public int[] ignored() {
        return Parameters.first(method.getParameterCount()).stream()
                .filter(place -> !key.contains(place))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The arguments of this method that make the same key as a call of another.
     *
     * @param from where the other method has what makes the key
     * @param arguments the other's arguments
     * @return an argument for each parameter, {@code null} for those that do not make the key
     */
    public @Nullable Object[] arguments(List<Integer> from, @Nullable Object[] arguments) {
        @Nullable Object[] mine = new @Nullable Object[method.getParameterCount()];
        for (int i = 0; i < from.size(); i++) {
            mine[key.get(i)] = arguments[from.get(i)];
        }
        return mine;
    }

    /**
     * The arguments that make the key.
     *
     * @param arguments all of them
     * @return those, in the order in which the annotation names them
     */
    public List<@Nullable Object> significant(@Nullable Object[] arguments) {
        List<@Nullable Object> chosen = new ArrayList<>(key.size());
        for (int place : key) {
            chosen.add(arguments[place]);
        }
        return chosen;
    }
}
