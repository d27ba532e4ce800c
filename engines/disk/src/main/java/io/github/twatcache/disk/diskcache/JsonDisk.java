package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code JSONDisk}: keys and values are JSON, compressed by zlib. A key is found by its compressed bytes, so both
 * sides must compress alike, as all do that have the classic zlib.
 */
final class JsonDisk implements Disk {
    private static final int CHUNK = 4_096;
    private static final int LONGEST_KEY = 1 << 20;
    private static final int LONGEST_VALUE = 1 << 30;

    private final int level;

    /**
     * Makes a disk.
     *
     * @param level Python's {@code compress_level}
     */
    JsonDisk(int level) {
        this.level = level;
    }

    @Override
    public DbKey key(Object key) {
        return new DbKey(compress(JsonWriter.text(key)));
    }

    @Override
    public @Nullable Object plain(DbKey key) {
        String json = key.content() instanceof byte[] bytes ? decompress(bytes, LONGEST_KEY) : null;
        if (json == null) {
            return null;
        }
        try {
            Object plain = JsonReader.value(json);
            return plain instanceof String || plain instanceof Long ? plain : null;
        } catch (IllegalArgumentException noJson) {
            return null;
        }
    }

    @Override
    public boolean hasBytes() {
        return false;
    }

    @Override
    public Values values(ValueCodec codec) {
        return new JsonValues(codec, this);
    }

    byte[] compress(String json) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(json.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The text of a value; null where the bytes are none. */
    static @Nullable String decompress(byte[] bytes) {
        return decompress(bytes, LONGEST_VALUE);
    }

    private static @Nullable String decompress(byte[] bytes, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 || out.size() > most - length) {
                    return null;
                }
                out.write(chunk, 0, length);
            }
            return inflater.getRemaining() == 0 ? out.toString(StandardCharsets.UTF_8) : null;
        } catch (DataFormatException damaged) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Whether bytes are compressed JSON. */
    static boolean isJson(byte[] bytes) {
        String text = decompress(bytes, LONGEST_KEY);
        if (text == null) {
            return false;
        }
        try {
            JsonReader.value(text);
            return true;
        } catch (IllegalArgumentException noJson) {
            return false;
        }
    }
}
