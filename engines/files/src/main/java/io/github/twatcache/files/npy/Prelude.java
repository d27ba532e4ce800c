package io.github.twatcache.files.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * What stands before the text of a header: a mark, the version of the format, and how long the text is, in two bytes in
 * version 1.0 and in four in 2.0 and 3.0. The text is Latin-1, in version 3.0 UTF-8.
 */
final class Prelude {
    /** Many times as long as a header of any array that Java can hold. */
    static final int LONGEST_TEXT = 65_535;

    private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_BYTES = 2;

    private Prelude() {}

    /** Mark, version 1.0, length and text, with spaces and a line end behind it up to a multiple of the alignment. */
    static byte[] toBytes(CharSequence text, int alignment) {
        int before = MARK.length + VERSION_BYTES + Short.BYTES;
        int whole = before + text.length() + 1;
        // As NumPy counts: what is aligned already gets one more.
        whole += alignment - whole % alignment;
        ByteBuffer bytes = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(bytes.array(), (byte) ' ');
        bytes.put(MARK).put((byte) 1).put((byte) 0).putShort((short) (whole - before));
        bytes.put(text.toString().getBytes(ISO_8859_1));
        bytes.put(whole - 1, (byte) '\n');
        return bytes.array();
    }

    /**
     * Reads a header, and compares what it says with what is left.
     *
     * @throws SerializationException when it is none, has no counterpart in Java, or another number of bytes follows
     */
    static Layout read(Source from) throws IOException {
        byte[] start = from.take(MARK.length + VERSION_BYTES);
        if (!Arrays.equals(start, 0, MARK.length, MARK, 0, MARK.length)) {
            throw new SerializationException("the file does not begin as an .npy file does");
        }
        int major = start[MARK.length] & 0xFF;
        int minor = start[MARK.length + 1] & 0xFF;
        if (major < 1 || major > 3 || minor != 0) {
            throw new SerializationException(
                    "the file is of version %d.%d of .npy, and 1.0, 2.0 and 3.0 are known".formatted(major, minor));
        }
        byte[] size = from.take(major == 1 ? Short.BYTES : Integer.BYTES);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | (size[i] & 0xFF);
        }
        if (length > LONGEST_TEXT) {
            throw new SerializationException(
                    "the header says that it is %,d bytes long, and %,d are the most".formatted(length, LONGEST_TEXT));
        }
        Layout layout = HeaderText.parse(text(major, from.take((int) length)));
        if (layout.dataBytes() != from.left()) {
            throw new SerializationException("the header's shape %s of %s needs %,d bytes, and %,d follow it"
                    .formatted(layout.shapeText(), layout.element().descr(), layout.dataBytes(), from.left()));
        }
        return layout;
    }

    private static String text(int major, byte[] bytes) {
        if (major < 3) {
            return new String(bytes, ISO_8859_1);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException("the header is not UTF-8", e);
        }
    }
}
