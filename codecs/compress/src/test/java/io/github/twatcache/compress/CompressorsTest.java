package io.github.twatcache.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.testkit.Seed;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorsTest {
    private static Compressor compressor(String name) {
        return ServiceLoader.load(Compressor.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void present_areThese() {
        assertThat(ServiceLoader.load(Compressor.class).stream()
                        .map(one -> one.get().name()))
                .containsExactlyInAnyOrder("zstd", "lz4", "gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "lz4", "gzip"})
    void bytes_ofEachKind_comeBack(String name) {
        Compressor compressor = compressor(name);
        SplittableRandom random = Seed.random();
        for (int size : new int[] {0, 1, 2, 13, 255, 256, 4_096, 65_537, 1 << 20, 5 << 20}) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            byte[] text = new byte[size];
            for (int i = 0; i < size; i++) {
                text[i] = (byte) ('a' + random.nextInt(4));
            }
            for (byte[] bytes : new byte[][] {noise, text, new byte[size]}) {
                byte[] small = compressor.compress(bytes);
                assertThat(compressor.decompress(small, 0, small.length, size)).isEqualTo(bytes);
                byte[] inside = new byte[small.length + 20];
                random.nextBytes(inside);
                System.arraycopy(small, 0, inside, 7, small.length);
                assertThat(compressor.decompress(inside, 7, small.length, size)).isEqualTo(bytes);
            }
        }
        assertThat(compressor.compress(new byte[1 << 20])).hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip"})
    void levels_theHighest_makesLeastOfIt(String name) {
        Compressor compressor = compressor(name);
        Compressor.Levels levels = compressor.levels().orElseThrow();
        byte[] text = new byte[300_000];
        SplittableRandom random = Seed.random();
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) "a few words that come again and again".charAt((i + random.nextInt(3)) % 37);
        }
        byte[] fast = compressor.at(levels.least()).compress(text);
        byte[] small = compressor.at(levels.most()).compress(text);
        assertThat(small.length).isLessThan(fast.length);
        // Whatever the level was.
        assertThat(compressor.decompress(fast, 0, fast.length, text.length)).isEqualTo(text);
        assertThat(compressor.at(levels.least()).decompress(small, 0, small.length, text.length))
                .isEqualTo(text);
        assertThat(compressor("lz4").levels()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "lz4", "gzip"})
    void bytes_damaged_areRefusedOrOtherBytesOfThatLength(String name) {
        Compressor compressor = compressor(name);
        SplittableRandom random = Seed.random();
        byte[] bytes = new byte[2_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(3);
        }
        byte[] whole = compressor.compress(bytes);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = i % 4 == 0 ? new byte[random.nextInt(100)] : whole.clone();
            if (i % 4 == 0) {
                random.nextBytes(damaged);
            } else {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                assertThat(compressor.decompress(damaged, 0, damaged.length, bytes.length))
                        .hasSize(bytes.length);
            } catch (SerializationException refused) {
                assertThat(refused).hasMessageContaining(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "lz4", "gzip"})
    void length_thatIsNotTheirs_isRefusedBeforeItIsMade(String name) {
        Compressor compressor = compressor(name);
        byte[] small = compressor.compress(new byte[1_000]);
        for (int expected : new int[] {-1, 0, 999, 1_001, 256 << 20, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> compressor.decompress(small, 0, small.length, expected));
        }
        byte[] empty = new byte[0];
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> compressor.decompress(empty, 0, 0, 10));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() ->
                        compressor.decompress(Arrays.copyOf(small, small.length - 1), 0, small.length - 1, 1_000));
    }
}
