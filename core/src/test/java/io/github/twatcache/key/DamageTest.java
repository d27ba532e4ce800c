package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Nil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DamageTest {
    private static final CanonicalCodec CODEC = new CanonicalCodec();
    private static final int MUTATIONS = 120_000;

    @Test
    void decode_mutatedBytes_givesAValueOrASerializationException() {
        long seed = Long.getLong("twat.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sound = sound();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(sound, random);
            try {
                CODEC.decode(bytes);
            } catch (RuntimeException | Error e) {
                if (e instanceof SerializationException) {
                    continue;
                }
                fail("-Dtwat.seed=" + seed + " " + HexFormat.of().formatHex(bytes), e);
            }
        }
    }

    private static List<byte[]> sound() {
        List<byte[]> sound = new ArrayList<>();
        CanonicalKeyCodec<Object> keys = new CanonicalKeyCodec<>(Encoders.standard());
        KeyVectors.keys().values().forEach(value -> {
            sound.add(CODEC.encode(Nil.mask(value)));
            sound.add(keys.encoded(Nil.mask(value)));
        });
        KeyVectors.values().values().forEach(value -> sound.add(CODEC.encode(value)));
        sound.removeIf(bytes -> bytes.length > 1000);
        return sound;
    }

    private static byte[] mutated(List<byte[]> sound, SplittableRandom random) {
        byte[] bytes = sound.get(random.nextInt(sound.size())).clone();
        for (int changes = random.nextInt(3) + 1; changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(9));
                default -> bytes = spliced(bytes, at, sound.get(random.nextInt(sound.size())), random);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] other, SplittableRandom random) {
        int from = random.nextInt(other.length);
        byte[] result = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, result, at, other.length - from);
        return result;
    }

    @Test
    void decode_hugeLengths_areRefusedBeforeAnythingIsMade() {
        for (int tag = 0; tag < 256; tag++) {
            for (String form : List.of("014b", "0156")) {
                for (String length :
                        List.of("ffffffff07", "00ffffffff07", "0000ffffffff07", "0a00ffffffff07", "000a00ffffffff07")) {
                    byte[] bytes = HexFormat.of().parseHex(form + "%02x".formatted(tag) + length + "00".repeat(40));
                    assertThatThrownBy(() -> {
                                CODEC.decode(bytes);
                                throw new SerializationException("a value is as good");
                            })
                            .isInstanceOf(SerializationException.class);
                }
            }
        }
    }

    @Test
    void decode_deepNesting_neitherOverflowsTheStackNorTheHeap() {
        StringBuilder lists = new StringBuilder("014b");
        lists.append("28".concat("ff7f").repeat(200_000));
        StringBuilder patterns = new StringBuilder("014b58000000000a80a006");
        patterns.append("28".repeat(102_400));
        for (StringBuilder hex : List.of(lists, patterns)) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void decode_strangeBeginningsAndEnds_areRefused() {
        for (String hex :
                List.of("", "01", "014b", "024b00", "014c00", "014b0000", "014bff", "014b0a8000", "014b0aff")) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThatThrownBy(() -> CODEC.decode(bytes)).as(hex).isInstanceOf(SerializationException.class);
        }
    }
}
