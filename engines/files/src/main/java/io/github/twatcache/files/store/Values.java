package io.github.twatcache.files.store;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.ValueCodec;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes values to files in the form that suits them, and reads them back once their checksums fit. */
final class Values {
    private static final String TEXT = "text-1";
    private static final byte[] NO_KEY = {};

    private final ValueCodec codec;
    private final boolean signed;

    Values(ValueCodec codec) {
        this.codec = codec;
        this.signed = codec.proof(NO_KEY) != null;
    }

    /**
     * What was written.
     *
     * @param ending the ending of the file's name
     * @param type the class of the value
     * @param codec how it is written
     * @param length how many bytes
     * @param crc their CRC-32C
     */
    record Written(String ending, String type, String codec, long length, int crc) {}

    /**
     * Writes a value.
     *
     * @throws SerializationException when its class is not one that may be written
     */
    Written write(byte[] key, Object value, Path file) throws IOException {
        String type = value.getClass().getTypeName();
        byte[] text = signed || !(value instanceof String string) ? null : utf8(string);
        if (text != null) {
            return written("txt", type, TEXT, text, file);
        }
        return written("bin", type, codec.id(), codec.encode(key, value), file);
    }

    private static Written written(String ending, String type, String codec, byte[] bytes, Path file)
            throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
        }
        return new Written(ending, type, codec, bytes.length, crc(bytes));
    }

    /** The bytes of a text; null of one that UTF-8 cannot have, since half of a character stands alone. */
    private static byte @Nullable [] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException lone) {
            return null;
        }
    }

    /** Whether this cache can read what was written so. */
    boolean reads(Head head) {
        return signed
                ? head.codec().equals(codec.id())
                : head.codec().equals(codec.id()) || head.codec().equals(TEXT);
    }

    /**
     * Reads a value.
     *
     * @return the value; null where the file is gone
     * @throws DamagedValueException when the file is not what was written
     * @throws SerializationException when it is, and this cache can do nothing with it
     */
    @Nullable Object read(byte[] key, Head head, Path file) throws IOException, DamagedValueException {
        if (head.length() < 0 || head.length() > Integer.MAX_VALUE - Long.BYTES) {
            throw new DamagedValueException("it cannot have " + head.length() + " bytes");
        }
        byte[] bytes = Place.content(file, (int) head.length());
        if (bytes == null) {
            return null;
        }
        if (bytes.length != head.length()) {
            throw new DamagedValueException("it has not " + head.length() + " bytes");
        }
        if (crc(bytes) != head.crc()) {
            throw new DamagedValueException("its checksum is wrong");
        }
        if (!head.codec().equals(TEXT)) {
            return codec.decode(key, bytes);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        codec.check(text);
        return text;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
