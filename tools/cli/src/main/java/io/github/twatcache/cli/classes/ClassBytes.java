package io.github.twatcache.cli.classes;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads a class file's big-endian numbers one after the other, and never past its end. */
final class ClassBytes {
    private final byte[] bytes;
    private int position;

    ClassBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    int u1() throws ClassFileException {
        need(1);
        return bytes[position++] & 0xFF;
    }

    int u2() throws ClassFileException {
        int high = u1();
        return high << 8 | u1();
    }

    /** As a signed int where only its bits count; lengths go through {@link #skipLong()}. */
    int u4() throws ClassFileException {
        int high = u2();
        return high << 16 | u2();
    }

    void skip(long count) throws ClassFileException {
        need(count);
        position += (int) count;
    }

    /** Skips a block that is led by its length in four bytes. */
    void skipLong() throws ClassFileException {
        skip(u4() & 0xFFFF_FFFFL);
    }

    /** The two bytes at a place that was read before. */
    int u2At(int place) {
        return (bytes[place] & 0xFF) << 8 | (bytes[place + 1] & 0xFF);
    }

    /** The string at a place that was read before, led by its length in two bytes, in the format's modified UTF-8. */
    String utf8At(int place) throws ClassFileException {
        var content = new ByteArrayInputStream(bytes, place, 2 + u2At(place));
        try (var in = new DataInputStream(content)) {
            return in.readUTF();
        } catch (IOException e) {
            throw new ClassFileException("the string at byte " + place + " is not modified UTF-8");
        }
    }

    private void need(long count) throws ClassFileException {
        if (count > bytes.length - position) {
            throw new ClassFileException("the file ends at byte " + bytes.length + ", where byte " + (position + count)
                    + " is still to come");
        }
    }
}
