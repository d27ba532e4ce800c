package io.github.twatcache.disk.together;

import io.github.twatcache.Cache;
import io.github.twatcache.Recipes;
import io.github.twatcache.TwatCache;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.shared.SharedSemaphore;
import io.github.twatcache.shared.Throttle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of several processes that use one cache. It does what each line of its input says and answers with a line. What is
 * computed is counted in files beside the cache, which the cache knows nothing of.
 */
final class Worker {
    private final Path counts;
    private final TwatCache twat;
    private final Cache<String, String> cache;
    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Worker(Path directory) {
        this.counts = directory.resolve("counts");
        this.twat = open(directory);
        this.cache = cache(twat);
    }

    static TwatCache open(Path directory) {
        return TwatCache.builder().directory(directory.resolve("cache")).open();
    }

    static Cache<String, String> cache(TwatCache twat) {
        return twat.disk("shared").tags().types(String.class, String.class).build();
    }

    /** Appends to a file for what is counted; its length is the count. */
    static void count(Path counts, String what) {
        try {
            Files.write(counts.resolve(what), new byte[] {1}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws IOException {
        new Worker(Path.of(arguments[0])).run();
    }

    private void run() throws IOException {
        try (twat) {
            say("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                List<String> words = List.of(line.split(" ", -1));
                try {
                    say(answer(words.get(0), words.subList(1, words.size())));
                } catch (Exception failed) {
                    say("failed " + failed);
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String answer(String command, List<String> words) throws Exception {
        return switch (command) {
            case "miss" -> miss(Integer.parseInt(words.get(0)), Long.parseLong(words.get(1)));
            case "misses" -> misses(Integer.parseInt(words.get(0)), Long.parseLong(words.get(1)));
            case "compute" -> compute(words.get(0), words.get(1));
            case "lock" -> lock(words.get(0), Duration.parse(words.get(1)));
            case "increment" -> increment(Integer.parseInt(words.get(0)));
            case "permits" -> permits(Integer.parseInt(words.get(0)), Integer.parseInt(words.get(1)));
            case "throttle" -> throttle(Integer.parseInt(words.get(0)), Integer.parseInt(words.get(1)));
            case "average" -> average(Integer.parseInt(words.get(0)));
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static List<String> keys(String prefix, int count, long seed) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(prefix + '-' + i);
        }
        Collections.shuffle(keys, new Random(seed));
        return keys;
    }

    /** Takes about a millisecond, so that others come meanwhile. */
    private String computed(String key) {
        count(counts, key);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = new byte[100_000];
            for (int i = 0; i < 5; i++) {
                digest.update(bytes);
            }
            return "value of " + key + digest.digest().length;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Asks for keys one by one; the answer is how many of the values were right. */
    private String miss(int count, long seed) {
        return "right "
                + keys("miss", count, seed).stream()
                        .filter(key -> cache.get(key, this::computed).equals("value of " + key + "32"))
                        .count();
    }

    /** Asks for all of them at once, in groups of ten. */
    private String misses(int count, long seed) {
        List<String> keys = keys("misses", count, seed);
        int right = 0;
        for (int from = 0; from < count; from += 10) {
            List<String> some = keys.subList(from, from + 10);
            right += (int) cache
                    .getAll(some, missing -> {
                        Map<String, String> values = new HashMap<>();
                        missing.forEach(key -> values.put(key, computed(key)));
                        return values;
                    })
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getValue().equals("value of " + entry.getKey() + "32"))
                    .count();
        }
        return "right " + right;
    }

    /** Says when it computes, and goes on when it is told to. */
    private String compute(String key, String value) {
        return "got "
                + cache.get(key, missing -> {
                    count(counts, key);
                    say("computing");
                    try {
                        input.readLine();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return value;
                });
    }

    /** Takes a lock and does not let go of it. */
    private String lock(String name, Duration lease) {
        SharedLock lock = Recipes.of(cache).lock(name, lease);
        lock.lock();
        return "fence " + lock.fence();
    }

    /** Adds one to a number in a file, which is read and then written. */
    private String increment(int times) throws IOException {
        Path file = counts.resolve("number");
        SharedLock lock = Recipes.of(cache).lock("number");
        long last = 0;
        for (int i = 0; i < times; i++) {
            long fence = lock.<Long, IOException>call(() -> {
                long number = Long.parseLong(Files.readString(file));
                Files.writeString(file, Long.toString(number + 1));
                return lock.fence();
            });
            if (fence <= last) {
                return "the fencing token went from " + last + " to " + fence;
            }
            last = fence;
        }
        return "done";
    }

    /** Takes a permit many times; the answer is how many held one at the same time, at most. */
    private String permits(int permits, int times) throws Exception {
        SharedSemaphore semaphore = Recipes.of(cache).semaphore("permits", permits);
        Path inside = Files.createDirectories(counts.resolve("inside"));
        Path mine = inside.resolve(Long.toString(ProcessHandle.current().pid()));
        long most = 0;
        for (int i = 0; i < times; i++) {
            semaphore.acquire();
            Files.createFile(mine);
            try (Stream<Path> all = Files.list(inside)) {
                most = Math.max(most, Set.copyOf(all.toList()).size());
            }
            Files.delete(mine);
            semaphore.release();
        }
        return "most " + most;
    }

    private String throttle(int count, int times) {
        Throttle throttle = Recipes.of(cache).throttle("throttle", count, Duration.ofDays(360));
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += throttle.tryAcquire() ? 1 : 0;
        }
        return "passed " + passed;
    }

    private String average(int times) {
        for (int i = 0; i < times; i++) {
            Recipes.of(cache).average("average").add(i);
        }
        return "done";
    }
}
