package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** What becomes of null arguments and null results? */
@NullUnmarked // NullAway does not follow @Nullable into type arguments
public final class NullIsAValue {
    private static final Map<String, String> NICKNAMES = Map.of("Margaret", "Peggy");
    private static final AtomicInteger CALLS = new AtomicInteger();

    private NullIsAValue() {}

    static @Nullable String nickname(@Nullable String name) {
        CALLS.incrementAndGet();
        return name == null ? null : NICKNAMES.get(name);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            Cached1<@Nullable String, @Nullable String, RuntimeException> nickname =
                    twat.memory("nicknames").memoize(NullIsAValue::nickname);
            nickname.apply("Zoe");
            nickname.apply("Zoe");
            Claim.that("a null result is stored", CALLS.get() == 1);

            Lookup<@Nullable String> zoe = nickname.peek("Zoe");
            Lookup<@Nullable String> max = nickname.peek("Max");
            Claim.that("found null is not absent", zoe.present() && zoe.value() == null && !max.present());

            nickname.apply(null);
            nickname.apply(null);
            Claim.that("a null argument is a value too", CALLS.get() == 2);

            Cache<String, @Nullable String> data = twat.memory("data").build();
            data.put("a", null);
            Claim.that("a cache of data stores null", data.peek("a").present() && data.size() == 1);
            Claim.that("its map view hides it", data.asMap().isEmpty());
        }
    }
}
