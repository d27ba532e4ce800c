package io.github.twatcache.value;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Compressor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compressor's name stands in the names of files. */
class CompressorNamesTest {
    private record Named(String name) implements Compressor {
        @Override
        public byte[] compress(byte[] bytes) {
            return bytes.clone();
        }

        @Override
        public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zstd", "my_zip", "a.b", "../x", "zip\u00e9", "a23456789012345678901234567890123"})
    void name_thatCannotStandInAFilesName_isRefused(String name) {
        TwatCacheBuilder builder = TwatCache.builder();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.compressor(new Named(name)))
                .withMessageContainingAll(Named.class.getName(), "'" + name + "'", "a-z, 0-9 and -");
        // One that is found by itself is refused where it is taken.
        ValueFormats formats = ValueFormats.found(Encoders.standard(), List.of(), List.of(new Named(name)));
        CacheSpec spec = CacheSpec.of("users", "files").with(Settings.COMPRESS, "auto", "a test");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> formats.codec(spec, String.class))
                .withMessageContaining("cannot stand in the name of a file");
    }

    @Test
    void name_thatCan_isTaken() {
        assertThatNoException()
                .isThrownBy(
                        () -> TwatCache.builder().compressor(new Named("a-7")).compressor(new Named("z".repeat(32))));
    }
}
