package io.github.twatcache.files.together;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.files.FilesEngine;
import io.github.twatcache.files.FilesSettings;
import io.github.twatcache.files.Leasing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One of several processes that share a cache. It does what each line of its input says, and answers with a line. What is
 * computed is counted in files beside the cache, of which the cache knows nothing.
 */
final class Sharer {
    private final Path counts;
    private final TwatCache twat;
    private final Cache<String, String> cache;
    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Sharer(Path directory, Leasing leasing) {
        this.counts = directory.resolve("counts");
        this.twat = open(directory);
        this.cache = cache(twat, leasing);
    }

    static TwatCache open(Path directory) {
        return TwatCache.builder()
                .engine(new FilesEngine())
                .configuration(Sources.none())
                .directory(directory.resolve("cache"))
                .open();
    }

    static Cache<String, String> cache(TwatCache twat) {
        return cache(twat, Leasing.AUTO);
    }

    static Cache<String, String> cache(TwatCache twat, Leasing leasing) {
        return twat.files("shared")
                .set(FilesSettings.LEASES, leasing)
                .tags()
                .types(String.class, String.class)
                .build();
    }

    public static void main(String... arguments) throws IOException {
        new Sharer(Path.of(arguments[0]), Leasing.valueOf(arguments[1])).run();
    }

    private void run() throws IOException {
        try (twat) {
            say("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                List<String> words = List.of(line.split(" ", -1));
                try {
                    say(answer(words));
                } catch (RuntimeException failed) {
                    say("failed " + failed);
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String answer(List<String> words) {
        return switch (words.get(0)) {
            case "miss" -> miss(keys(Integer.parseInt(words.get(1)), Long.parseLong(words.get(2))));
            case "misses" -> misses(keys(Integer.parseInt(words.get(1)), Long.parseLong(words.get(2))));
            case "compute" -> compute(words.get(1), words.get(2));
            default -> throw new IllegalArgumentException(words.get(0));
        };
    }

    private static List<String> keys(int count, long seed) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add("key-" + i);
        }
        Collections.shuffle(keys, new Random(seed));
        return keys;
    }

    private void count(String what) {
        try {
            Files.write(counts.resolve(what), new byte[] {1}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String computed(String key) {
        count(key);
        return "value of " + key;
    }

    /** Asks for keys one by one; the answer is how many of the values were right. */
    private String miss(List<String> keys) {
        return "right "
                + keys.stream()
                        .filter(key -> cache.get(key, this::computed).equals("value of " + key))
                        .count();
    }

    /** Asks for them in groups of ten. */
    private String misses(List<String> keys) {
        long right = 0;
        for (int from = 0; from < keys.size(); from += 10) {
            Map<String, String> found = cache.getAll(keys.subList(from, from + 10), missing -> {
                Map<String, String> values = new HashMap<>();
                missing.forEach(key -> values.put(key, computed(key)));
                return values;
            });
            right += found.entrySet().stream()
                    .filter(entry -> entry.getValue().equals("value of " + entry.getKey()))
                    .count();
        }
        return "right " + right;
    }

    /** Says when it computes, and goes on when it is told to. */
    private String compute(String key, String value) {
        return "got "
                + cache.get(key, missing -> {
                    count(key);
                    say("computing");
                    try {
                        input.readLine();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return value;
                });
    }
}
