package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Published1;
import io.github.twatcache.PublisherCache;
import io.github.twatcache.TwatCache;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;

/** How do I cache what a Flow.Publisher brings, element by element? */
public final class Publishers {
    private static final AtomicInteger QUERIES = new AtomicInteger();

    private Publishers() {}

    private static Flow.Publisher<String> query(String table) {
        QUERIES.incrementAndGet();
        SubmissionPublisher<String> rows = new SubmissionPublisher<>(Runnable::run, 16);
        return subscriber -> {
            rows.subscribe(subscriber);
            List.of(table + " 1", table + " 2", table + " 3").forEach(rows::submit);
            rows.close();
        };
    }

    /** Takes all rows as they come. */
    private static final class Reader implements Flow.Subscriber<String> {
        final List<String> rows = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String row) {
            rows.add(row);
        }

        @Override
        public void onError(Throwable thrown) {
            rows.add(thrown.toString());
        }

        @Override
        public void onComplete() {}
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            Reader first = new Reader();
            Reader second = new Reader();
            Published1<String, String> rows = twat.memory("rows").memoizePublisher(Publishers::query);
            Flow.Publisher<String> all = rows.apply("all"); // nothing is asked yet
            all.subscribe(first); // subscribes to the source
            Claim.that("the first subscriber is given the rows as they come", first.rows.size() == 3);
            all.subscribe(second); // replays the list
            Claim.that(
                    "the second subscriber is given the rows again, and no query is made",
                    second.rows.equals(first.rows) && QUERIES.get() == 1);

            Reader third = new Reader();
            Cache<String, List<String>> lists = twat.memory("lists").build();
            PublisherCache<String, String> byKey = PublisherCache.of(lists);
            byKey.get("some", Publishers::query).subscribe(third);
            Claim.that(
                    "whole lists are there too",
                    lists.get("some", key -> List.of()).equals(third.rows));
        }
    }
}
