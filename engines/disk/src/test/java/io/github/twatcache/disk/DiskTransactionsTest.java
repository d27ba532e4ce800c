package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Streams;
import io.github.twatcache.Transactions;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.testkit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a transaction does to value files and to what is kept on the heap. */
class DiskTransactionsTest {
    private static final byte[] LARGE = new byte[100_000];

    @TempDir
    Path directory;

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void undone(Cache<?, ?> cache, Runnable body) {
        try {
            Transactions.of(cache).run(() -> {
                body.run();
                throw new Undone();
            });
        } catch (Undone expected) {
            return;
        }
        throw new AssertionError("it was not undone");
    }

    @Test
    void undone_filesAreDeletedAndThoseBeforeStay() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class);
            cache.put("kept", LARGE);
            undone(cache, () -> {
                for (int i = 0; i < 100; i++) {
                    cache.put("k" + i, LARGE);
                }
                cache.put("kept", new byte[200_000]);
                assertThat(opened.files()).hasSize(102);
            });
            assertThat(opened.files()).hasSize(1);
            assertThat(cache.getIfPresent("kept")).hasSize(100_000);
            assertThat(cache.size()).isEqualTo(1);
            Transactions.of(cache).run(() -> {
                for (int i = 0; i < 100; i++) {
                    cache.put("k" + i, LARGE);
                }
            });
            assertThat(opened.files()).hasSize(101);
        }
        try (Opened again = new Opened(directory)) {
            assertThat(again.cache(byte[].class).getIfPresent("k99")).hasSize(100_000);
            assertThat(again.files()).hasSize(101);
        }
    }

    @Test
    void undoneWithin_theFilesOfTheInnerAlone() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class);
            Transactions.of(cache).run(() -> {
                cache.put("outer", LARGE);
                undone(cache, () -> {
                    cache.put("inner", LARGE);
                    cache.put("outer", new byte[200_000]);
                    try {
                        Streams.of(cache).write("stream", out -> out.write(LARGE));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                assertThat(cache.getIfPresent("outer")).hasSize(100_000);
            });
            assertThat(opened.files()).hasSize(1);
            assertThat(cache.getIfPresent("outer")).hasSize(100_000);
            assertThat(cache.contains("inner")).isFalse();
            assertThat(cache.contains("stream")).isFalse();
        }
    }

    @Test
    void running_nobodyIsAnsweredWhatIsNotCommitted() {
        try (Opened one = new Opened(directory);
                Opened other = new Opened(directory)) {
            Cache<String, String> cache = one.cache(String.class);
            Cache<String, String> elsewhere = other.cache(String.class);
            cache.put("k", "old");
            assertThat(cache.getIfPresent("k")).isEqualTo("old");
            assertThat(elsewhere.getIfPresent("k")).isEqualTo("old");
            undone(cache, () -> {
                cache.put("k", "new");
                assertThat(cache.getIfPresent("k")).isEqualTo("new");
                assertThat(cache.getAllPresent(java.util.List.of("k", "l"))).containsValue("new");
                assertThat(Actor.start(() -> cache.getIfPresent("k")).result()).isEqualTo("old");
                assertThat(Actor.start(() -> elsewhere.getIfPresent("k")).result())
                        .isEqualTo("old");
            });
            assertThat(cache.getIfPresent("k")).isEqualTo("old");
            assertThat(elsewhere.getIfPresent("k")).isEqualTo("old");
            Transactions.of(cache).run(() -> cache.put("k", "new"));
            assertThat(cache.getIfPresent("k")).isEqualTo("new");
            assertThat(elsewhere.getIfPresent("k")).isEqualTo("new");
        }
    }

    @Test
    void errorOfTheJvm_undoesAll() {
        try (Opened opened = new Opened(directory)) {
            Cache<String, String> cache = opened.cache(String.class);
            try {
                Transactions.of(cache).run(() -> {
                    cache.put("k", "v");
                    descend(cache, 0);
                });
                throw new AssertionError("the stack is larger than thought");
            } catch (StackOverflowError expected) {
                assertThat(cache.contains("k")).isFalse();
            }
            cache.put("k", "after");
            assertThat(cache.getIfPresent("k")).isEqualTo("after");
        }
    }

    private static int descend(Cache<String, String> cache, int depth) {
        cache.put("deep", "v" + depth);
        return depth < 0 ? 0 : descend(cache, depth + 1) + 1;
    }

    @Test
    void openedWithin_refusedAndLater() {
        try (Opened opened = new Opened(directory);
                Opened other = new Opened(directory)) {
            Cache<String, String> cache = opened.cache(String.class);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Transactions.of(cache).run(() -> other.cache(Long.class)))
                    .withMessageContaining("before the transaction");
            other.cache(Long.class).put("k", 1L);
            assertThat(other.cache(Long.class).getIfPresent("k")).isEqualTo(1);
        }
    }

    @Test
    void ofAClosedCache_refused() {
        Opened opened = new Opened(directory);
        Cache<String, String> cache = opened.cache(String.class);
        Transactions transactions = Transactions.of(cache);
        opened.close();
        assertThatIllegalStateException().isThrownBy(() -> transactions.run(() -> {}));
    }
}
