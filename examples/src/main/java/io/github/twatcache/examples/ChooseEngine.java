package io.github.twatcache.examples;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.EngineChoice;
import io.github.twatcache.EngineChoice.Rule;
import io.github.twatcache.Presets;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where do results live if nobody names an engine, and what if the named one cannot be had? */
public final class ChooseEngine {
    private ChooseEngine() {}

    static int score(String name) {
        return name.length();
    }

    static byte[] thumbnail(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    static Object page(int length) {
        return "x".repeat(length);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var score = twat.auto("scores").expectedEntries(1_000).memoize(ChooseEngine::score);
            EngineChoice choice = score.explain().choice();
            System.out.println(score.explain());
            Claim.that("an int stays on the heap", List.of("caffeine", "heap").contains(choice.engine()));
            Claim.that("the return type decided", choice.reasons().get(0).rule() == Rule.RETURN_TYPE);

            // A byte[] may be anything: the preset says what it is.
            var thumbnail = twat.auto("thumbnails").with(Presets.images()).memoize(ChooseEngine::thumbnail);
            EngineChoice images = thumbnail.explain().choice();
            Claim.that(
                    "an image is best on disk",
                    images.reasons().get(0).prefers().equals(List.of("disk")));
            images.passedOver().forEach(System.out::println); // each with what to do to have it

            // A preset of your own is a function.
            UnaryOperator<CacheBuilder> lasting =
                    builder -> builder.persistent().onUnavailable(OnUnavailable.DEGRADE);
            var report = twat.auto("reports").with(lasting).memoize((String name) -> name + "!");
            Claim.that(
                    "what is lost is said",
                    report.explain().choice().lost().isEmpty() || report.stats().fallbacks() == 1);

            // Small pages here, large pages there, in one cache.
            var page = twat.cache("pages").split(10_000, "heap", "caffeine").memoize(ChooseEngine::page);
            page.apply(5);
            page.apply(50_000);
            Claim.that(
                    "one cache, two stores",
                    page.size() == 2 && page.explain().engine().equals("split(heap, caffeine)"));
        }
    }
}
