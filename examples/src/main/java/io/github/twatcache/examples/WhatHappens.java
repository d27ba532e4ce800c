package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.LoadFailed;
import io.github.twatcache.stats.CacheEvent.Loaded;
import io.github.twatcache.stats.CacheEvent.Removed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** When, for which key and for how long does a cache compute, wait, let go? */
public final class WhatHappens {
    private final List<CacheEvent> log = new ArrayList<>();

    private WhatHappens() {}

    private String page(String path) throws IOException {
        if (path.startsWith("/secret")) {
            throw new IOException("no such page: " + path);
        }
        return "<h1>" + path + "</h1>";
    }

    private void run(TwatCache twat) throws IOException {
        Cached1<String, String, IOException> page =
                twat.memory("pages").events(event -> log.add(event)).memoize(this::page);

        page.apply("/home");
        page.apply("/home"); // a hit, which is not told
        page.invalidate("/home");
        try {
            page.apply("/secret/plans");
        } catch (IOException refused) {
            Claim.that("the exception is the function's own", refused.toString().contains("/secret"));
        }

        Claim.that(
                "a load, a removal, a failure",
                log.size() == 3
                        && log.get(0) instanceof Loaded
                        && log.get(1) instanceof Removed
                        && log.get(2) instanceof LoadFailed);
        Claim.that(
                "keys are told by their digests",
                log.stream().noneMatch(event -> event.toString().contains("secret")));
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException never: the only failure is caught
     */
    public static void main(String... args) throws IOException {
        try (TwatCache twat = TwatCache.open()) {
            new WhatHappens().run(twat);
        }
    }
}
