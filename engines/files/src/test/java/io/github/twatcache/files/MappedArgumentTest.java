package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.key.KeyDigest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mapped array as an argument: its content is the key, wherever it lies. */
final class MappedArgumentTest {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        CALLS.set(0);
    }

    record Weighted(MappedArray array, double weight) {}

    private static double sum(MappedArray array) {
        CALLS.incrementAndGet();
        double sum = 0;
        for (long i = 0; i < array.size(); i++) {
            sum += array.getDouble(i);
        }
        return sum;
    }

    private static double weighted(List<Weighted> all) {
        return all.stream().mapToDouble(one -> sum(one.array) * one.weight).sum();
    }

    private MappedArray mapped(double... elements) {
        Path file = directory.resolve(UUID.randomUUID() + ".npy");
        Npy.write(elements, file);
        return MappedArray.open(file);
    }

    private Opened open() {
        return new Opened(directory.resolve("cache"));
    }

    @ParameterizedTest
    @EnumSource(names = {"XXH3_128", "SHA_256"})
    void content_isTheKey_overFilesAndPrograms(KeyDigest digest) {
        for (int program = 0; program < 2; program++) {
            try (Opened opened = open();
                    MappedArray one = mapped(1, 2, 3);
                    MappedArray same = mapped(1, 2, 3);
                    MappedArray zero = mapped(0.0);
                    MappedArray minus = mapped(-0.0);
                    MappedArray other = mapped(1, 2, 4)) {
                Cached1<MappedArray, Double, RuntimeException> sum =
                        opened.cache("sums").digest(digest).memoize(MappedArgumentTest::sum);
                assertThat(sum.apply(one)).isEqualTo(6);
                assertThat(sum.apply(same)).isEqualTo(6);
                assertThat(sum.isCached(same)).isTrue();
                assertThat(sum.apply(other)).isEqualTo(7);
                sum.apply(zero);
                sum.apply(minus);
                assertThat(CALLS).hasValue(4);
            }
        }
    }

    @Test
    void inside_recordsAndLists_itIsTheKeyToo() {
        for (int program = 0; program < 2; program++) {
            try (Opened opened = open();
                    MappedArray one = mapped(1, 2, 3)) {
                Cached1<List<Weighted>, Double, RuntimeException> weighted =
                        opened.cache("weighted").memoize(MappedArgumentTest::weighted);
                assertThat(weighted.apply(List.of(new Weighted(one, 2)))).isEqualTo(12);
                assertThat(weighted.apply(List.of(new Weighted(one, 2)))).isEqualTo(12);
                assertThat(weighted.apply(List.of(new Weighted(one, 3)))).isEqualTo(18);
            }
        }
        assertThat(CALLS).hasValue(2);
    }

    @Test
    void onTheHeap_itIsComparedByContent() {
        try (Opened opened = open();
                MappedArray one = mapped(1, 2, 3);
                MappedArray same = mapped(1, 2, 3)) {
            CacheBuilder memory = opened.twat.memory("sums");
            Cached1<MappedArray, Double, RuntimeException> sum = memory.memoize(MappedArgumentTest::sum);
            assertThat(sum.apply(one)).isEqualTo(6);
            assertThat(sum.apply(same)).isEqualTo(6);
            assertThat(CALLS).hasValue(1);
        }
    }

    @Test
    void asKeyOfData_itIsRefused() {
        try (Opened opened = open()) {
            assertThatExceptionOfType(KeyException.class)
                    .isThrownBy(() -> opened.cache("data")
                            .types(MappedArray.class, String.class)
                            .build())
                    .withMessageContaining("MappedArray");
        }
    }
}
