package io.github.twatcache.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.value.ValueFormats;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value comes back only where the cache holds values of its type. */
final class ValuesTest {
    private static final byte[] KEY = new byte[32];

    @TempDir
    Path directory;

    @SuppressWarnings("ArrayRecordComponent") // a record of arrays is what is tested
    private record Rows(double[] values) {}

    @SuppressWarnings("ArrayRecordComponent") // a record of arrays is what is tested
    private record Columns(double[] values) {}

    private static Values of(Class<?> type) {
        return new Values(
                ValueFormats.found(Encoders.standard(), List.of(), List.of())
                        .codec(CacheSpec.of("values", "files"), type, Set.of()),
                true);
    }

    private Head written(Object value) throws Exception {
        Stored stored = of(value.getClass()).write(KEY, value, file(value));
        return new Head(
                ValueName.made(stored.ending()),
                stored,
                "00".repeat(32),
                null,
                0,
                Terms.FOREVER,
                Terms.FOREVER,
                0,
                1,
                Set.of(),
                null,
                null);
    }

    /** As in a cache, no two values have the same. */
    private Path file(Object value) {
        return directory.resolve(value.getClass().getSimpleName().replace('[', '-'));
    }

    @Test
    void read_byACacheOfAnotherType_isRefusedAsSuch() throws Exception {
        for (Object value : List.of(new double[] {1, 2}, "text", new Rows(new double[] {3}))) {
            Head head = written(value);
            assertThat(of(value.getClass()).read(KEY, head, file(value))).isInstanceOf(value.getClass());
            for (Class<?> other : List.of(int[].class, float[].class, Integer.class, Columns.class)) {
                Values others = of(other);
                assertThat(others.reads(head)).isTrue();
                assertThatExceptionOfType(SerializationException.class)
                        .isThrownBy(() -> others.read(KEY, head, file(value)))
                        .withMessageContaining("compute it anew");
            }
        }
    }
}
