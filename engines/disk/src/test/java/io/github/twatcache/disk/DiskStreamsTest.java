package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Streams;
import io.github.twatcache.config.Secret;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.error.ValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in value files: what is damaged is never handed out whole, what is signed proves who has written it. */
class DiskStreamsTest {
    private static final int LENGTH = 300_000;

    @TempDir
    Path directory;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static UnaryOperator<CacheBuilder> signed(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return builder -> builder.hmacKey(Secret.of(bytes));
    }

    private void damaged(UnaryOperator<CacheBuilder> settings, Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class, settings);
            try (InputStream in = Streams.of(cache).open("k").orElseThrow()) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(in::readAllBytes)
                        .withMessageContaining("damaged");
                assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
            }
            assertThat(Streams.of(cache).open("k")).as("set aside").isEmpty();
            assertThat(cache.getIfPresent("k")).isNull();
            Streams.of(cache).write("k", out -> out.write(random(LENGTH)));
            assertThat(cache.getIfPresent("k")).isEqualTo(random(LENGTH));
        }
    }

    @Test
    void open_fileDamaged_failsBeforeTheEnd() throws IOException {
        for (int seed = 0; seed < 2; seed++) {
            UnaryOperator<CacheBuilder> settings = seed == 0 ? builder -> builder : signed(seed);
            for (int kind = 0; kind < 4; kind++) {
                Path file;
                try (Opened opened = new Opened(directory)) {
                    Cache<String, byte[]> cache = opened.cache(byte[].class, settings);
                    cache.clear();
                    Streams.of(cache).write("k", out -> out.write(random(LENGTH)));
                    file = newest(opened);
                }
                byte[] content = Files.readAllBytes(file);
                int at = kind == 0 ? 0 : kind == 1 ? content.length - 1 : 70_000;
                content[at] ^= 1;
                damaged(settings, file, kind == 3 ? Arrays.copyOf(content, at) : content);
            }
        }
    }

    private static Path newest(Opened opened) {
        return opened.files().stream()
                .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
                .orElseThrow();
    }

    @Test
    void open_notSignedByThisKey_isNoneOfThisCache() throws IOException {
        for (int writer = 0; writer < 3; writer++) {
            try (Opened opened = new Opened(directory)) {
                Cache<String, byte[]> cache =
                        opened.cache(byte[].class, writer == 0 ? builder -> builder : signed(writer));
                Streams.of(cache).write("k", out -> out.write(random(LENGTH)));
                assertThat(cache.getIfPresent("k")).isEqualTo(random(LENGTH));
            }
            for (int reader = 0; reader < 3; reader++) {
                try (Opened opened = new Opened(directory)) {
                    Cache<String, byte[]> cache =
                            opened.cache(byte[].class, reader == 0 ? builder -> builder : signed(reader));
                    assertThat(readable(cache))
                            .as("%s read by %s", writer, reader)
                            .isEqualTo(reader == writer);
                    assertThat(cache.getIfPresent("k") != null).isEqualTo(reader == writer);
                }
            }
        }
    }

    @Test
    void write_signed_theTagIsWhatTheDocumentationSays() throws Exception {
        Path file;
        try (Opened opened = new Opened(directory)) {
            Streams.of(opened.cache(byte[].class, signed(1))).write("k", out -> out.write(random(LENGTH)));
            file = opened.files().get(0);
        }
        byte[] key;
        String url = "jdbc:sqlite:" + file.getParent().getParent().resolveSibling("twat.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT key FROM entry")) {
            key = row.getBytes(1);
        }
        byte[] secret = new byte[32];
        secret[0] = 1;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        for (byte[] part : List.of(
                "data".getBytes(StandardCharsets.UTF_16LE), "canonical-1".getBytes(StandardCharsets.UTF_16LE), key)) {
            mac.update(ByteBuffer.allocate(4).putInt(part.length).array());
            mac.update(part);
        }
        mac.update((byte) 0);
        mac.update(random(LENGTH));
        byte[] content = Files.readAllBytes(file);
        assertThat(content).hasSize(LENGTH + 32).startsWith(random(LENGTH));
        assertThat(Arrays.copyOfRange(content, LENGTH, content.length)).isEqualTo(mac.doFinal());
    }

    private static boolean readable(Cache<String, byte[]> cache) {
        try {
            Optional<InputStream> in = Streams.of(cache).open("k");
            if (in.isEmpty()) {
                return false;
            }
            try (InputStream open = in.get()) {
                return Arrays.equals(open.readAllBytes(), random(LENGTH));
            }
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void readOnly_streams_areReadWholeAndAsStreams() throws IOException {
        for (int seed = 0; seed < 2; seed++) {
            UnaryOperator<CacheBuilder> settings = seed == 0 ? builder -> builder : signed(seed);
            Path file;
            try (Opened opened = new Opened(directory)) {
                Cache<String, byte[]> cache = opened.cache(byte[].class, settings);
                Streams.of(cache).write("k", out -> out.write(random(LENGTH)));
                Streams.of(cache).write("small", out -> out.write(random(10)));
                file = newest(opened);
            }
            UnaryOperator<CacheBuilder> reading =
                    builder -> settings.apply(builder).set(DiskSettings.READ_ONLY, true);
            try (Opened opened = new Opened(directory)) {
                Cache<String, byte[]> cache = opened.cache(byte[].class, reading);
                assertThat(cache.getIfPresent("k")).isEqualTo(random(LENGTH));
                assertThat(cache.getIfPresent("small")).isEqualTo(random(10));
                assertThat(readable(cache)).isTrue();
                try (InputStream small = Streams.of(cache).open("small").orElseThrow()) {
                    assertThat(small.readAllBytes()).isEqualTo(random(10));
                }
                assertThat(Streams.of(cache).open("none")).isEmpty();
                assertThatExceptionOfType(ReadOnlyException.class)
                        .isThrownBy(() -> Streams.of(cache).write("k", out -> out.write(1)))
                        .withMessageContaining("read-only");
            }
            byte[] content = Files.readAllBytes(file);
            content[70_000] ^= 1;
            Files.write(file, content);
            try (Opened opened = new Opened(directory)) {
                Cache<String, byte[]> cache = opened.cache(byte[].class, reading);
                assertThat(readable(cache)).isFalse();
                assertThat(cache.getIfPresent("k")).isNull();
            }
            assertThat(file).as("stays where it is").exists();
        }
    }

    @Test
    void write_largerThanTheLimit_refusedAndNothingLeft() throws IOException {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class, builder -> builder.maximumBytes(1_000_000));
            Streams<String> streams = Streams.of(cache);
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(() -> streams.write("large", out -> out.write(random(1_000_001))));
            assertThat(opened.files()).isEmpty();
            for (int i = 0; i < 10; i++) {
                int key = i;
                streams.write("k" + key, out -> out.write(random(LENGTH + key)));
            }
            assertThat(cache.size()).isEqualTo(3);
            assertThat(opened.files()).hasSize(3);
        }
    }

    @Test
    void write_byAnInterruptedWriterThatClosesItsEnd_goesOn() throws IOException {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class);
            byte[] value = random(LENGTH);
            Thread.currentThread().interrupt();
            Streams.of(cache).write("k", out -> {
                out.write(value, 0, 100_000);
                out.close();
                out.write(value, 100_000, LENGTH - 100_000);
            });
            try (InputStream in = Streams.of(cache).open("k").orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(value);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void write_afterItsWriterReturned_refused() throws IOException {
        try (Opened opened = new Opened(directory)) {
            Cache<String, byte[]> cache = opened.cache(byte[].class);
            java.io.OutputStream[] kept = new java.io.OutputStream[1];
            Streams.of(cache).write("k", out -> {
                kept[0] = out;
                out.write(random(LENGTH));
            });
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> kept[0].write(1));
            assertThat(cache.getIfPresent("k")).isEqualTo(random(LENGTH));
        }
    }
}
