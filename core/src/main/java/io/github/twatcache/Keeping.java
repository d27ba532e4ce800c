package io.github.twatcache;

import io.github.twatcache.load.BulkLoad;
import io.github.twatcache.load.Computation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a result between the function and the store. Where the cache copies, it is copied before it is kept: the
 * function may hold on to it. Where {@code auto} still watches, its size is noted.
 *
 * @param chosen who watches
 * @param copies whether results are copied
 */
record Keeping(Chosen chosen, boolean copies) {
    Computation of(Computation computation) {
        Sizes sizes = chosen.watching();
        return idle(sizes) ? computation : () -> kept(sizes, computation.run());
    }

    BulkLoad.Computation of(BulkLoad.Computation computation) {
        Sizes sizes = chosen.watching();
        if (idle(sizes)) {
            return computation;
        }
        return keys -> {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            computation.run(keys).forEach((key, value) -> values.put(key, kept(sizes, value)));
            return values;
        };
    }

    /** What is kept of a value that a stage has ended with. */
    @Nullable Object kept(@Nullable Object value) {
        return kept(chosen.watching(), value);
    }

    private boolean idle(@Nullable Sizes sizes) {
        return !copies && sizes == null;
    }

    private @Nullable Object kept(@Nullable Sizes sizes, @Nullable Object value) {
        if (sizes != null) {
            sizes.note(value);
        }
        return copies ? Copies.of(value) : value;
    }
}
