package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.logging.CapturingProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each public operation on a cache says at DEBUG what it is about to do; only hits are silent. None shows what is the user's. */
class OperationsLogTest {
    private static final String SECRET = "s3cr3t-4711";
    private static final String OTHER = SECRET + "-other";
    private static final Duration HOUR = Duration.ofHours(1);

    private final TwatCache twat = TwatCache.builder().engine(new AbleEngine()).open();

    @AfterEach
    void close() {
        twat.close();
    }

    /** What may throw, in a table. */
    private interface Operation<T> {
        void on(T cache) throws Exception;
    }

    private static <T> void assertSpoken(
            String name, T cache, Map<String, Operation<T>> operations, Consumer<T> before) {
        operations.forEach((words, operation) -> {
            before.accept(cache);
            List<String> lines = CapturingProvider.heard(() -> run(cache, operation));
            // The same word with another number is another way to say it.
            String expected = words.replaceAll("[ 0-9]*$", "");
            assertThat(lines)
                    .as(words)
                    .anyMatch(line -> line.startsWith("DEBUG") && line.contains("cache '" + name + "': " + expected))
                    .noneMatch(line -> line.contains(SECRET));
        });
    }

    private static <T> void run(T cache, Operation<T> operation) {
        try {
            operation.on(cache);
        } catch (Exception thrown) {
            throw new AssertionError(thrown);
        }
    }

    @Test
    void operations_ofACacheOfData_eachSayWhatTheyDo() {
        Map<String, Operation<Cache<String, String>>> operations = new LinkedHashMap<>();
        operations.put("miss", cache -> cache.getIfPresent(OTHER));
        operations.put("miss 2", cache -> cache.get(OTHER, key -> key));
        operations.put("miss 3", cache -> cache.getAllPresent(List.of(SECRET, OTHER)));
        operations.put("miss 4", cache -> cache.asMap().get(OTHER));
        operations.put("look-up of several keys", cache -> cache.getAllPresent(List.of(SECRET)));
        operations.put("bulk load", cache -> cache.getAll(List.of(SECRET, OTHER), keys -> Map.of(OTHER, OTHER)));
        operations.put("peek", cache -> cache.peek(SECRET));
        operations.put("peek 2", cache -> cache.contains(OTHER));
        operations.put("peek 3", cache -> cache.expiresIn(SECRET));
        operations.put("peek 4", cache -> cache.tags(SECRET));
        operations.put("peek 5", cache -> cache.warm(List.of(SECRET), key -> key));
        operations.put(
                "peek 6", cache -> assertThat(cache.asMap().containsKey(SECRET)).isTrue());
        operations.put("put", cache -> cache.put(SECRET, OTHER));
        operations.put("put 2", cache -> cache.put(SECRET, OTHER, Keep.lasting(HOUR)));
        operations.put("put 3", cache -> cache.putIfAbsent(SECRET, OTHER));
        operations.put("put 4", cache -> cache.putAll(Map.of(SECRET, OTHER, OTHER, SECRET)));
        operations.put("put 5", cache -> cache.asMap().put(SECRET, OTHER));
        operations.put("replace", cache -> cache.replace(SECRET, OTHER));
        operations.put("replace 2", cache -> cache.replace(SECRET, OTHER, OTHER));
        operations.put("compute", cache -> cache.compute(SECRET, (key, now) -> now));
        operations.put("compute 2", cache -> cache.asMap().merge(SECRET, OTHER, String::concat));
        operations.put("compute 3", cache -> cache.asMap().putIfAbsent(SECRET, OTHER));
        operations.put("compute 4", cache -> cache.asMap().remove(SECRET));
        operations.put("remove", cache -> cache.remove(SECRET));
        operations.put("remove 2", cache -> cache.remove(SECRET, OTHER));
        operations.put("pop", cache -> cache.pop(SECRET));
        operations.put("new lifetime", cache -> cache.expireIn(SECRET, HOUR));
        operations.put("new lifetime 2", cache -> cache.keepForEver(SECRET));
        operations.put("removal by tag", cache -> cache.invalidateTag(SECRET));
        operations.put("size", Cache::size);
        operations.put("size 2", Cache::estimatedSize);
        operations.put("size 3", Cache::weight);
        operations.put("walk", cache -> cache.entries().close());
        operations.put("walk 2", cache -> assertThat(cache.iterator().hasNext()).isTrue());
        operations.put("walk 3", cache -> assertThat(cache.asMap().size()).isEqualTo(1));
        operations.put("clear", Cache::clear);
        operations.put("clear 2", cache -> cache.asMap().clear());
        operations.put("clear 3", cache -> twat.clear());
        operations.put("clear 4", cache -> twat.clear("d"));
        operations.put("close", Cache::close);
        assertSpoken(
                "d",
                twat.cache("d")
                        .engine(HeapEngine.NAME)
                        .tags()
                        .perEntryExpiry()
                        .types(String.class, String.class)
                        .build(),
                operations,
                cache -> {
                    cache.clear();
                    cache.put(SECRET, SECRET, Keep.under(SECRET));
                });
    }

    @Test
    void operations_ofAMemoizedFunction_eachSayWhatTheyDo() {
        Map<String, Operation<Cached1<String, String, RuntimeException>>> operations = new LinkedHashMap<>();
        operations.put("miss", f -> f.apply(OTHER));
        operations.put("peek", f -> f.peek(SECRET));
        operations.put("peek 2", f -> f.isCached(SECRET));
        operations.put("peek 3", f -> f.warm(List.of(SECRET)));
        operations.put("put", f -> f.put(SECRET, OTHER));
        operations.put("refresh", f -> f.refresh(SECRET));
        operations.put("refresh 2", f -> f.refreshAsync(SECRET).get());
        operations.put("remove", f -> f.invalidate(SECRET));
        operations.put("removal by tag", f -> f.invalidateTag(SECRET));
        operations.put("size", Cached::size);
        operations.put("clear", Cached::clear);
        assertSpoken("f", twat.cache("f").engine(HeapEngine.NAME).tags().memoize((String n) -> n), operations, f -> {
            f.clear();
            f.put(SECRET, SECRET);
        });
    }

    @Test
    void operations_beyondEntries_eachSayWhatTheyDo() throws IOException {
        Cache<String, Long> numbers = twat.cache("able")
                .engine(AbleEngine.NAME)
                .types(String.class, Long.class)
                .build();
        Map<String, Operation<Cache<String, Long>>> operations = new LinkedHashMap<>();
        operations.put("count", cache -> Counters.of(cache).increment(SECRET));
        operations.put("count 2", cache -> Counters.of(cache).addIfPresent(SECRET, 4_711));
        operations.put("queue: push", cache -> Queues.of(cache).queue(SECRET).add(4_711L));
        operations.put("queue: pull", cache -> Queues.of(cache).queue(SECRET).poll());
        operations.put("queue: peek", cache -> Queues.of(cache).queue(SECRET).peek());
        operations.put(
                "queue: size",
                cache -> assertThat(Queues.of(cache).queue(SECRET).size()).isEqualTo(1));
        operations.put("queue: clear", cache -> Queues.of(cache).queue(SECRET).clear());
        operations.put("transaction", cache -> Transactions.of(cache).run(() -> {}));
        operations.put("walk in order", cache -> Ordered.of(cache).byInsertion().close());
        operations.put(
                "walk in order 2", cache -> Ordered.of(cache).byKeyAfter(SECRET).close());
        operations.put("check", cache -> Maintenance.of(cache).check());
        operations.put("cull", cache -> Maintenance.of(cache).cull());
        operations.put("sweep", cache -> Maintenance.of(cache).expire());
        operations.put("volume", cache -> Maintenance.of(cache).volume());
        operations.put("reset of statistics", cache -> Maintenance.of(cache).resetStatistics());
        operations.put("agreement", cache -> Recipes.of(cache).lock(SECRET).tryLock());
        assertSpoken("able", numbers, operations, cache -> {});
        Map<String, Operation<Cache<String, byte[]>>> streaming = new LinkedHashMap<>();
        streaming.put(
                "write of a stream",
                cache -> Streams.of(cache)
                        .put(
                                SECRET,
                                new ByteArrayInputStream(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        streaming.put("reading of a stream", cache -> Streams.of(cache).open(SECRET));
        assertSpoken(
                "streams",
                twat.cache("streams")
                        .engine(AbleEngine.NAME)
                        .types(String.class, byte[].class)
                        .build(),
                streaming,
                cache -> {});
    }

    @Test
    void hits_sayNothing() {
        Cache<String, String> cache = twat.cache("h")
                .engine(HeapEngine.NAME)
                .types(String.class, String.class)
                .build();
        cache.put(SECRET, SECRET);
        Cached1<String, String, RuntimeException> function =
                twat.cache("g").engine(HeapEngine.NAME).memoize((String n) -> n);
        function.apply(SECRET);
        assertThat(CapturingProvider.heard(() -> {
                    assertThat(cache.getIfPresent(SECRET)).isEqualTo(SECRET);
                    assertThat(cache.get(SECRET, key -> OTHER)).isEqualTo(SECRET);
                    assertThat(function.apply(SECRET)).isEqualTo(SECRET);
                }))
                .isEmpty();
    }
}
