package io.github.twatcache.files.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.twatcache.error.SerializationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/** Files in memory. */
final class NpyFiles {
    private NpyFiles() {}

    /** A value as the bytes of a file. */
    static byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npy.write(value, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The bytes of a file as a value. */
    static Object value(byte[] bytes) {
        try {
            return Npy.read(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of a file that was written as something else. */
    static Object value(byte[] bytes, Written expected) {
        try {
            return Npy.read(Channels.newChannel(new ByteArrayInputStream(bytes)), expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written, if it is these bytes. */
    static Written written(byte[] bytes) {
        try {
            return Written.of(Channels.newChannel(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of version 1.0 with any header and some data. */
    static byte[] file(String descr, String shape, int dataBytes) {
        String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s}\n".formatted(descr, shape);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.write(text.length());
        bytes.write(text.length() >> 8);
        bytes.writeBytes(text.getBytes(ISO_8859_1));
        bytes.writeBytes(new byte[dataBytes]);
        return bytes.toByteArray();
    }

    /** Whether bytes are a file, where nothing but a refusal is allowed if they are not. */
    static boolean readable(byte[] bytes) {
        try {
            value(bytes);
            return true;
        } catch (SerializationException e) {
            return false;
        }
    }
}
