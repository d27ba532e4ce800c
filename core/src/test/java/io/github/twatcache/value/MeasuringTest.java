package io.github.twatcache.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Compressor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compression that decides by the beginning of each value. */
final class MeasuringTest {
    private static final int MEGABYTE = 1 << 20;

    /** Cuts zeros off the end, and remembers how much it was given. */
    private record Zeros(List<Integer> lengths) implements Compressor {
        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public byte[] compress(byte[] bytes) {
            lengths.add(bytes.length);
            int length = bytes.length;
            while (length > 0 && bytes[length - 1] == 0) {
                length--;
            }
            return Arrays.copyOf(bytes, length);
        }

        @Override
        public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
            return Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), expected);
        }
    }

    @Test
    void compress_beginningBecomesSmaller_allIsCompressed() {
        Zeros zeros = new Zeros(new ArrayList<>());
        Measuring measuring = new Measuring(zeros);
        byte[] bytes = new byte[3 * MEGABYTE];
        bytes[0] = 1;
        byte[] small = measuring.compress(bytes);
        assertThat(small).hasSize(1);
        assertThat(zeros.lengths).containsExactly(MEGABYTE, 3 * MEGABYTE);
        assertThat(measuring.decompress(small, 0, 1, bytes.length)).isEqualTo(bytes);
        assertThat(measuring.compress(new byte[100])).isEmpty();
    }

    @Test
    void compress_beginningDoesNot_theRestIsNotLookedAt() {
        Zeros zeros = new Zeros(new ArrayList<>());
        byte[] bytes = new byte[3 * MEGABYTE];
        bytes[MEGABYTE - 1] = 1;
        assertThat(new Measuring(zeros).compress(bytes)).isSameAs(bytes);
        assertThat(zeros.lengths).containsExactly(MEGABYTE);
    }

    @Test
    void auto_takesWhatIsPresentAndIsRefusedWhereNothingIs() {
        CacheSpec spec = CacheSpec.of("c", "disk").with(Settings.COMPRESS, "auto", "test");
        ValueFormats with = ValueFormats.found(Encoders.standard(), List.of(), List.of(new Zeros(new ArrayList<>())));
        assertThat(with.compressions()).contains("auto", "zeros", "none");
        byte[] stored = with.codec(spec, byte[].class).encode(new byte[100_000]);
        assertThat(stored.length).isLessThan(1_000);
        assertThat((byte[]) with.codec(CacheSpec.of("c", "disk"), byte[].class).decode(stored))
                .isEqualTo(new byte[100_000]);
        ValueFormats without = ValueFormats.found(Encoders.standard(), List.of(), List.of());
        assertThat(without.compressions()).containsExactly("none");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> without.codec(spec, byte[].class))
                .withMessageContaining("auto");
    }
}
