package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.function.Fn1;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Hits are slow: the key is large, and each look-up goes through all of it. */
public final class SlowHit {
    private static final AtomicLong HASHED = new AtomicLong();

    private SlowHit() {}

    /** A line that counts how often somebody hashes it. */
    record Line(String text) {
        @Override
        public int hashCode() {
            HASHED.incrementAndGet();
            return text.hashCode();
        }
    }

    record Document(String id, int edition, List<Line> lines) {}

    /** What tells two documents apart, without looking into them. */
    record Edition(String id, int edition) {}

    static int words(Document document) {
        return document.lines.stream()
                .mapToInt(line -> line.text.split(" ").length)
                .sum();
    }

    /** How many lines a hit has hashed. */
    private static long hit(String name, Fn1<Document, Integer, RuntimeException> words, Document document) {
        words.apply(document); // a miss
        HASHED.set(0);
        long begin = System.nanoTime();
        words.apply(document);
        System.out.println(name + ": " + HASHED + " lines hashed, " + (System.nanoTime() - begin) / 1_000 + " us");
        return HASHED.get();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.add(new Line("line number " + i));
        }
        Document document = new Document("report", 7, lines);
        try (TwatCache twat = TwatCache.open()) {
            var before = twat.memory("by content").memoize(SlowHit::words);
            var after = twat.memory("by edition")
                    .memoize(SlowHit::words, o -> o.keyBy(d -> new Edition(d.id(), d.edition())));
            Claim.that("a hit goes through all of the key", hit("before", before, document) >= 10_000);
            Claim.that("a key of your own is as small as you make it", hit("after", after, document) == 0);
        }
    }
}
