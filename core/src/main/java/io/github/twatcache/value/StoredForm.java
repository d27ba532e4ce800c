package io.github.twatcache.value;

import io.github.twatcache.error.SerializationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The envelope of stored values, version 1. A value that is neither compressed nor signed stands as its codec wrote it; else
 * the envelope is
 *
 * <pre>
 * f5 01              what no codec begins with, the version
 * flags              1 compressed, 2 signed
 * [n name*n length]  compressed: by whom (ASCII), and to how many bytes it comes back (4 bytes, little-endian)
 * body
 * [tag*32]           signed: HMAC-SHA-256
 * </pre>
 *
 * <p>A codec's bytes that begin with {@code f5} are put in an envelope without flags.
 *
 * @param flags what was done
 * @param compressor who compressed; empty for nobody
 * @param rawLength how many bytes the body comes back to; the body's own where nobody compressed
 * @param bodyFrom where the body begins
 * @param bodyTo where it ends, and the tag begins if there is one
 */
record StoredForm(int flags, String compressor, int rawLength, int bodyFrom, int bodyTo) {
    static final int MARK = 0xF5;
    static final int TAG_BYTES = 32;

    private static final int VERSION = 1;
    private static final int COMPRESSED = 1;
    private static final int SIGNED = 2;
    private static final int PREFIX = 3;
    private static final int LONGEST_NAME = 32;

    /** Whether bytes are an envelope, and not a codec's own. */
    static boolean isEnvelope(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xFF) == MARK;
    }

    /** Makes an envelope around a body; a tag's bytes are left zero at the end. */
    static byte[] wrap(byte[] body, String compressor, int rawLength, boolean signed) {
        byte[] name = compressor.getBytes(StandardCharsets.US_ASCII);
        boolean compressed = name.length > 0;
        int size = PREFIX + (compressed ? 1 + name.length + Integer.BYTES : 0) + body.length + (signed ? TAG_BYTES : 0);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) MARK).put((byte) VERSION).put((byte) ((compressed ? COMPRESSED : 0) | (signed ? SIGNED : 0)));
        if (compressed) {
            bytes.put((byte) name.length).put(name).putInt(rawLength);
        }
        bytes.put(body);
        return bytes.array();
    }

    /** Reads an envelope; nothing in it is believed. */
    static StoredForm read(byte[] bytes) {
        if (bytes.length < PREFIX || bytes[1] != VERSION) {
            throw damaged("its envelope is of no known version");
        }
        int flags = bytes[2];
        if ((flags & ~(COMPRESSED | SIGNED)) != 0) {
            throw damaged("its envelope has unknown flags");
        }
        int from = PREFIX;
        String compressor = "";
        int rawLength = -1;
        if ((flags & COMPRESSED) != 0) {
            int name = bytes.length > PREFIX ? bytes[PREFIX] : 0;
            if (name < 1 || name > LONGEST_NAME || bytes.length < PREFIX + 1 + name + Integer.BYTES) {
                throw damaged("its envelope ends too early");
            }
            compressor = new String(bytes, PREFIX + 1, name, StandardCharsets.US_ASCII);
            from = PREFIX + 1 + name;
            rawLength = ByteBuffer.wrap(bytes, from, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            from += Integer.BYTES;
        }
        int to = bytes.length - ((flags & SIGNED) != 0 ? TAG_BYTES : 0);
        if (to < from) {
            throw damaged("its envelope ends too early");
        }
        return new StoredForm(flags, compressor, rawLength < 0 ? to - from : rawLength, from, to);
    }

    boolean compressed() {
        return (flags & COMPRESSED) != 0;
    }

    boolean signed() {
        return (flags & SIGNED) != 0;
    }

    byte[] body(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bodyFrom, bodyTo);
    }

    static SerializationException damaged(String what) {
        return new SerializationException("a stored value is damaged: " + what + "; compute it anew");
    }
}
