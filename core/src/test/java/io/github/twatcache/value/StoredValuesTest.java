package io.github.twatcache.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final Secret SECRET = secret(1);

    private static Secret secret(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return Secret.of(bytes);
    }

    /** Writes runs of a byte: length, byte. */
    private static final class Runs implements Compressor {
        @Override
        public String name() {
            return "runs";
        }

        @Override
        public byte[] compress(byte[] bytes) {
            byte[] out = new byte[2 * bytes.length];
            int size = 0;
            for (int at = 0; at < bytes.length; ) {
                int run = 1;
                while (run < 255 && at + run < bytes.length && bytes[at + run] == bytes[at]) {
                    run++;
                }
                out[size++] = (byte) run;
                out[size++] = bytes[at];
                at += run;
            }
            return Arrays.copyOf(out, size);
        }

        @Override
        public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
            byte[] out = new byte[expected];
            int size = 0;
            for (int at = offset; at + 1 < offset + length; at += 2) {
                int run = bytes[at] & 0xFF;
                if (size + run > expected) {
                    throw new SerializationException("too much comes out");
                }
                Arrays.fill(out, size, size + run, bytes[at + 1]);
                size += run;
            }
            if (size != expected) {
                throw new SerializationException("too little comes out");
            }
            return out;
        }
    }

    /** Hands byte arrays through, so that tests choose the very bytes. */
    private static final class Through implements ValueFormat, ValueCodec {
        @Override
        public String name() {
            return "through";
        }

        @Override
        public ValueCodec codec(ValueType type) {
            return this;
        }

        @Override
        public String id() {
            return "through-1";
        }

        @Override
        public byte[] encode(Object value) {
            return ((byte[]) value).clone();
        }

        @Override
        public Object decode(byte[] bytes) {
            return bytes.clone();
        }
    }

    private static final ValueFormats FORMATS =
            ValueFormats.found(Encoders.standard(), List.of(new Through()), List.of(new Runs()));

    private static final CacheSpec SPEC = CacheSpec.of("reports", "disk");
    private static final CacheSpec BYTES = with(SPEC, Settings.CODEC, "through");
    private static final CacheSpec SMALL = with(with(BYTES, Settings.COMPRESS, "runs"), Settings.COMPRESS_ABOVE, 8L);
    private static final CacheSpec SIGNED = with(BYTES, Settings.HMAC_KEY, SECRET);

    private static <T> CacheSpec with(CacheSpec spec, Setting<T> setting, T value) {
        return spec.with(setting, value, "test");
    }

    private static ValueCodec codec(CacheSpec spec) {
        return FORMATS.codec(spec, byte[].class);
    }

    private static byte[] runs(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, length / 2, length, (byte) 7);
        return bytes;
    }

    private static void refuses(ValueCodec codec, byte[] key, byte[] stored) {
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> codec.decode(key, stored));
    }

    // ---------------------------------------------------------------- as it is

    @Test
    void value_withoutSettings_standsAsItsCodecWroteIt() {
        ValueCodec codec = FORMATS.codec(SPEC, String.class);
        assertThat(codec.id()).isEqualTo("canonical-1");
        assertThat(codec.encode(KEY, "x")).isEqualTo(new CanonicalCodec().encode("x"));
        assertThat(codec.decode(KEY, codec.encode(KEY, Nil.NIL))).isSameAs(Nil.NIL);
    }

    @Test
    void value_thatLooksLikeAnEnvelope_isReadAsItIs() {
        for (byte[] bytes : new byte[][] {{}, {(byte) 0xF5}, {(byte) 0xF5, 1, 0}, {(byte) 0xF5, 1, 3, 9, 9}}) {
            byte[] stored = codec(BYTES).encode(KEY, bytes);
            assertThat((byte[]) codec(BYTES).decode(KEY, stored)).isEqualTo(bytes);
            assertThat((byte[]) codec(SMALL).decode(KEY, stored)).isEqualTo(bytes);
        }
    }

    @Test
    void value_ofAnotherType_isRefusedWhenRead() {
        byte[] stored = FORMATS.codec(SPEC, Object.class).encode(KEY, "a string");
        assertThat(FORMATS.codec(SPEC, CharSequence.class).decode(KEY, stored)).isEqualTo("a string");
        for (Class<?> type : List.of(Integer.class, int.class, List.class, byte[].class)) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> FORMATS.codec(SPEC, type).decode(KEY, stored))
                    .withMessageContaining("java.lang.String");
        }
        byte[] number = FORMATS.codec(SPEC, int.class).encode(KEY, 7);
        assertThat(FORMATS.codec(SPEC, int.class).decode(KEY, number)).isEqualTo(7);
        refuses(FORMATS.codec(SPEC, long.class), KEY, number);
    }

    // ---------------------------------------------------------------- compressed

    @Test
    void value_aboveTheSize_isCompressed_andReadWithoutTheSetting() {
        byte[] stored = codec(SMALL).encode(KEY, runs(1_000));
        assertThat(stored).hasSizeLessThan(40);
        assertThat((byte[]) codec(BYTES).decode(KEY, stored)).isEqualTo(runs(1_000));
        assertThat((byte[]) codec(SMALL).decode(KEY, codec(BYTES).encode(KEY, runs(1_000))))
                .isEqualTo(runs(1_000));
    }

    @Test
    void value_upToTheSize_orOverTheLimit_isNotCompressed() {
        assertThat(codec(SMALL).encode(KEY, runs(8))).isEqualTo(runs(8));
        assertThat(codec(SMALL).encode(KEY, runs(9))).isNotEqualTo(runs(9));
        ValueCodec limited = codec(with(SMALL, Settings.DECOMPRESS_LIMIT, 100L));
        assertThat(limited.encode(KEY, runs(100))).hasSizeLessThan(40);
        assertThat(limited.encode(KEY, runs(101))).isEqualTo(runs(101));
    }

    @Test
    void value_thatGrowsWhenCompressed_isStoredAsItIs() {
        byte[] noise = new byte[1_000];
        new SplittableRandom(1).nextBytes(noise);
        noise[0] = 0;
        assertThat(codec(SMALL).encode(KEY, noise)).isEqualTo(noise);
    }

    @Test
    void value_thatWouldBecomeTooMuch_isRefusedBeforeAnythingIsMade() {
        byte[] stored = codec(SMALL).encode(KEY, runs(1_000));
        refuses(codec(with(BYTES, Settings.DECOMPRESS_LIMIT, 999L)), KEY, stored);
        int length = 3 + 1 + "runs".length();
        for (int declared : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 999, 1_001}) {
            byte[] bomb = stored.clone();
            for (int i = 0; i < 4; i++) {
                bomb[length + i] = (byte) (declared >>> (8 * i));
            }
            refuses(codec(BYTES), KEY, bomb);
        }
    }

    @Test
    void value_compressedByWhatIsNotPresent_isRefusedWithTheArtifact() {
        byte[] stored = codec(SMALL).encode(KEY, runs(1_000));
        ValueFormats without = ValueFormats.found(Encoders.standard(), List.of(new Through()), List.of());
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> without.codec(BYTES, byte[].class).decode(KEY, stored))
                .withMessageContaining("'runs'")
                .withMessageContaining("twat-cache-compress");
    }

    // ---------------------------------------------------------------- signed

    @Test
    void value_signed_isReadWithTheKeyOnly() {
        byte[] stored = codec(SIGNED).encode(KEY, runs(10));
        assertThat((byte[]) codec(SIGNED).decode(KEY, stored)).isEqualTo(runs(10));
        refuses(codec(BYTES), KEY, stored);
        refuses(codec(with(BYTES, Settings.HMAC_KEY, secret(2))), KEY, stored);
        refuses(codec(SIGNED), KEY, codec(BYTES).encode(KEY, runs(10)));
        refuses(codec(SIGNED), KEY, codec(SMALL).encode(KEY, runs(1_000)));
    }

    @Test
    void value_signedForAnotherEntryCacheOrCodec_isRefused() {
        byte[] stored = codec(SIGNED).encode(KEY, runs(10));
        refuses(codec(SIGNED), new byte[] {1, 2, 4}, stored);
        refuses(codec(SIGNED), new byte[0], stored);
        refuses(codec(SIGNED.named("others")), KEY, stored);
        ValueCodec canonical = FORMATS.codec(with(SPEC, Settings.HMAC_KEY, SECRET), byte[].class);
        refuses(canonical, KEY, stored);
    }

    @Test
    void value_signed_everyBitThatIsFlipped_isRefused() {
        CacheSpec both = with(SMALL, Settings.HMAC_KEY, SECRET);
        byte[] stored = codec(both).encode(KEY, runs(1_000));
        for (int bit = 0; bit < 8 * stored.length; bit++) {
            byte[] flipped = stored.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            refuses(codec(both), KEY, flipped);
        }
        for (int length = 0; length < stored.length; length++) {
            refuses(codec(both), KEY, Arrays.copyOf(stored, length));
        }
        refuses(codec(both), KEY, Arrays.copyOf(stored, stored.length + 1));
    }

    // ---------------------------------------------------------------- anybody's bytes

    @Test
    void bytes_atRandom_areRefusedOrAValue() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        byte[] whole = codec(SMALL).encode(KEY, runs(1_000));
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
                if (bytes.length > 2) {
                    bytes[0] = (byte) StoredForm.MARK;
                    bytes[1] = 1;
                    bytes[2] &= 3;
                }
            } else {
                bytes = whole.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            for (CacheSpec spec : List.of(SMALL, SIGNED)) {
                try {
                    assertThat(codec(spec).decode(KEY, bytes)).isNotNull();
                    assertThat(spec).isNotEqualTo(SIGNED);
                } catch (SerializationException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
        }
    }

    // ---------------------------------------------------------------- settings

    @Test
    void codec_thatIsNotPresent_isRefusedWithWhatIs() {
        assertThatThrownBy(() -> codec(with(SPEC, Settings.CODEC, "throuhg")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("codec = throuhg (from test)")
                .hasMessageContaining("did you mean 'through'?");
        assertThatThrownBy(() -> codec(with(SPEC, Settings.CODEC, "jackson")))
                .hasMessageContaining("twat-cache-jackson")
                .hasMessageContaining("canonical, through");
        assertThatThrownBy(() -> codec(with(SPEC, Settings.COMPRESS, "zstd")))
                .hasMessageContaining("compress = zstd")
                .hasMessageContaining("twat-cache-compress");
    }

    @Test
    void canonical_typeThatCannotBeWritten_isRefusedAtOnce() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> FORMATS.codec(SPEC, Thread.class))
                .withMessageContaining("java.lang.Thread")
                .withMessageContaining("codec");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        FORMATS.codec(with(SPEC, Settings.ALLOW, new Classes(Set.of(Thread.class))), Object.class))
                .withMessageContaining("allow = java.lang.Thread");
    }

    @Test
    void secret_anywhere_isNotShown() {
        String base64 = "c2VjcmV0c2VjcmV0c2VjcmV0";
        Secret secret = Secret.ofBase64(base64);
        assertThat(secret)
                .hasToString("(hidden)")
                .isEqualTo(Secret.of("secretsecretsecret".getBytes(StandardCharsets.US_ASCII)));
        CacheSpec spec = with(SPEC, Settings.HMAC_KEY, secret);
        assertThat(spec.toString()).contains("hmac-key=(hidden)").doesNotContain("secret");
        assertThat(spec.toProperties().toString()).doesNotContain(base64).doesNotContain("hmac");
        assertThat(Settings.HMAC_KEY.formatted(secret)).isEqualTo("(hidden)");
        assertThatThrownBy(() -> Secret.ofBase64("c2Vj=cmV0!"))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageNotContaining("c2Vj");
        assertThatThrownBy(() -> Secret.of(new byte[15])).hasMessageContaining("16 bytes");
    }
}
