package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Streams;
import io.github.twatcache.spi.Trait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stream is stored whole or not at all, and read as it was when it was opened. */
@Contract("§3 streams")
public abstract class StreamsContract extends EngineContract {
    /** Makes a contract. */
    protected StreamsContract() {}

    private Cache<String, byte[]> bytes() {
        return cache().types(String.class, byte[].class).build();
    }

    private boolean refused() {
        return refuses(Trait.STREAMS, () -> Streams.of(bytes()));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(Seed.value() + length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Streams<String> streams, String key) throws IOException {
        try (InputStream in = streams.open(key).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    @Test
    void put_anyLength_readBackBothWays() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        for (int length : new int[] {0, 1, 2, 4_095, 4_096, 32_767, 32_768, 65_537, 3_000_000}) {
            byte[] value = random(length);
            streams.put("in", new ByteArrayInputStream(value));
            assertThat(read(streams, "in")).as("%s bytes as a stream", length).isEqualTo(value);
            assertThat(cache.getIfPresent("in")).as("%s bytes whole", length).isEqualTo(value);
            cache.put("whole", value);
            assertThat(read(streams, "whole")).isEqualTo(value);
        }
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void open_absent_empty() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        assertThat(streams.open("k")).isEmpty();
        streams.write("k", out -> out.write(1));
        cache.remove("k");
        assertThat(streams.open("k")).isEmpty();
    }

    @Test
    void write_fails_whatWasThereStays() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        IOException broken = new IOException("broken pipe");
        Streams.Writer failing = out -> {
            out.write(random(200_000));
            throw broken;
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> streams.write("new", failing))
                .isSameAs(broken);
        assertThat(cache.contains("new")).isFalse();
        cache.put("old", new byte[] {1, 2, 3});
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> streams.write("old", failing))
                .isSameAs(broken);
        IllegalArgumentException unchecked = new IllegalArgumentException("no");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> streams.write("old", out -> {
                    out.write(1);
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        assertThat(cache.getIfPresent("old")).containsExactly(1, 2, 3);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void write_underWay_nobodySeesAPart() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        cache.put("k", new byte[] {9});
        streams.write("k", out -> {
            out.write(random(100_000));
            out.flush();
            assertThat(Actor.start(() -> cache.getIfPresent("k")).result()).containsExactly(9);
            assertThat(Actor.start(() -> cache.contains("new")).result()).isFalse();
            out.write(random(100_000));
        });
        assertThat(cache.getIfPresent("k")).hasSize(200_000);
    }

    @Test
    void open_replacedMeanwhile_readsWhatItOpened() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        for (int length : new int[] {100, 1_000_000}) {
            byte[] first = random(length);
            streams.put("k", new ByteArrayInputStream(first));
            try (InputStream in = streams.open("k").orElseThrow()) {
                byte[] head = in.readNBytes(length / 2);
                streams.put("k", new ByteArrayInputStream(random(length + 1)));
                byte[] tail = in.readAllBytes();
                assertThat(head.length + tail.length).isEqualTo(length);
                assertThat(tail).isEqualTo(Arrays.copyOfRange(first, length / 2, length));
            }
            try (InputStream in = streams.open("k").orElseThrow()) {
                cache.remove("k");
                assertThat(in.readAllBytes()).isEqualTo(random(length + 1));
            }
        }
    }

    @Test
    void writeIfAbsent_byManyThreads_oneWins() {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        CountDownLatch begun = new CountDownLatch(4);
        List<Actor<Boolean>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            byte value = (byte) t;
            actors.add(Actor.start(() -> Streams.of(cache).writeIfAbsent("k", out -> {
                begun.countDown();
                Actor.await(begun);
                out.write(new byte[] {value});
            })));
        }
        List<Boolean> won = actors.stream().map(Actor::result).toList();
        assertThat(won).containsOnlyOnce(true);
        assertThat(cache.getIfPresent("k")).containsExactly(won.indexOf(true));
    }

    @Test
    void write_whileALoadRuns_theLoadIsNotStored() throws IOException {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Gate gate = new Gate();
        Actor<byte[]> owner = Actor.start(() -> cache.get("k", key -> gate.pass(new byte[] {1})));
        gate.awaitLoader();
        Streams.of(cache).write("k", out -> out.write(2));
        gate.open();
        assertThat(owner.result()).containsExactly(1);
        assertThat(cache.getIfPresent("k")).containsExactly(2);
    }

    @Test
    void write_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = bytes();
        Streams<String> streams = Streams.of(cache);
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> streams.write("k", out -> out.write(1)));
        assertThatIllegalStateException().isThrownBy(() -> streams.open("k"));
    }
}
