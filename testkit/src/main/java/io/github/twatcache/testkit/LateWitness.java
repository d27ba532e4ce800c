package io.github.twatcache.testkit;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.testkit.LateHistory.Event;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One of several processes, of two threads each, that compute and change the same few keys and write down what they saw. */
final class LateWitness {
    /** The name of the cache. */
    static final String CACHE = "late";

    private static final int KEYS = 4;

    private final Cache<Integer, Long> cache;
    private final SplittableRandom random;
    private final long first;
    private final List<Event> events = new ArrayList<>();
    private long values;

    private LateWitness(Cache<Integer, Long> cache, int number) {
        this.cache = cache;
        this.random = new SplittableRandom(number);
        this.first = (long) (number + 1) << 40;
    }

    /** Engine, directory, this witness's number, how many operations. Waits for a byte before it starts; reports at the end. */
    public static void main(String... arguments) throws IOException {
        int number = Integer.parseInt(arguments[2]);
        int operations = Integer.parseInt(arguments[3]);
        try (TwatCache twat =
                TwatCache.builder().directory(Path.of(arguments[1])).open()) {
            Cache<Integer, Long> cache = twat.cache(CACHE)
                    .engine(arguments[0])
                    .tags()
                    .types(Integer.class, Long.class)
                    .build();
            cache.getIfPresent(0);
            System.out.write('r');
            System.out.flush();
            System.in.read();
            List<Actor<List<Event>>> threads = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                LateWitness witness = new LateWitness(cache, 2 * number + thread);
                threads.add(Actor.start(() -> witness.run(operations)));
            }
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
            for (Actor<List<Event>> thread : threads) {
                for (Event event : thread.result()) {
                    out.writeByte(1);
                    out.writeByte(event.kind());
                    out.writeByte(event.key());
                    out.writeLong(event.value());
                    out.writeLong(event.called());
                    out.writeLong(event.begin());
                    out.writeLong(event.end());
                }
            }
            out.writeByte(0);
            out.flush();
        }
    }

    private List<Event> run(int operations) {
        for (int i = 0; i < operations; i++) {
            int key = random.nextInt(KEYS);
            int dice = random.nextInt(100);
            long called = System.nanoTime();
            if (dice < 70) {
                given(key, cache.get(key, missing -> compute(missing, called)), called);
            } else if (dice < 80) {
                List<Integer> two = List.of(key, (key + 1) % KEYS);
                Map<Integer, Long> all = cache.getAll(two, missing -> {
                    Map<Integer, Long> some = new HashMap<>();
                    missing.forEach(one -> some.put(one, compute(one, called)));
                    return some;
                });
                all.forEach((one, value) -> given(one, value, called));
            } else {
                change(key, dice);
            }
        }
        return events;
    }

    private void given(int key, long value, long called) {
        events.add(new Event(LateHistory.GIVEN, key, value, called, called, System.nanoTime()));
    }

    private void change(int key, int dice) {
        long begin = System.nanoTime();
        int changed = key;
        int kind = LateHistory.CHANGE;
        if (dice < 93) {
            cache.remove(key);
        } else if (dice < 97) {
            cache.put(key, first + ++values);
        } else if (dice < 99) {
            cache.clear();
            changed = -1;
        } else {
            cache.invalidateTag("any");
            changed = -1;
            kind = LateHistory.TAG;
        }
        events.add(new Event(kind, changed, 0, begin, begin, System.nanoTime()));
    }

    /** Takes up to half a millisecond. */
    private long compute(int key, long called) {
        long value = first + ++values;
        long begin = System.nanoTime();
        long until = begin + random.nextInt(500_000);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        events.add(new Event(LateHistory.COMPUTED, key, value, called, begin, System.nanoTime()));
        return value;
    }
}
