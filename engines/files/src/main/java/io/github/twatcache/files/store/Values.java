package io.github.twatcache.files.store;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.files.npy.Npz;
import io.github.twatcache.files.npy.Written;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes values to files in the form that suits them, and reads them back once their checksums fit: arrays as NumPy's
 * {@code .npy}, records of arrays as {@code .npz}, text as UTF-8, all else as the codec does. Where values are signed the
 * codec, which signs, writes all of them.
 */
final class Values {
    private static final String TEXT = "text-1";
    private static final String ARRAY = "npy-1";
    private static final String ARRAYS = "npz-1";
    private static final Set<String> FORMS = Set.of(ARRAY, ARRAYS);
    private static final byte[] NO_KEY = {};
    private static final int LONGEST = Integer.MAX_VALUE - Long.BYTES;

    private final ValueCodec codec;
    private final boolean verifies;
    private final boolean signed;
    private final Class<?> type;

    Values(ValueCodec codec, boolean verifies) {
        this.codec = codec;
        this.verifies = verifies;
        this.signed = codec.proof(NO_KEY) != null;
        this.type = codec.type();
    }

    /** Writes a value, compressed where that is wanted and makes it smaller, and says how. */
    Stored write(byte[] key, Object value, Path file) throws IOException {
        String name = value.getClass().getTypeName();
        if (!signed) {
            byte[] text = value instanceof String string ? utf8(string) : null;
            if (text != null) {
                return packed(new Stored("txt", name, TEXT, write(file, text)), file);
            }
            if (Npy.fits(value)) {
                return packed(new Stored("npy", name, ARRAY, array(value, file)), file);
            }
            if (value instanceof Record record && value.getClass() == type && Npz.fits(value)) {
                return packed(new Stored("npz", name, ARRAYS, arrays(record, file)), file);
            }
        }
        return new Stored("bin", name, codec.id(), write(file, codec.encode(key, value)));
    }

    /** Writes an empty file. It is not cut off first, which has some file systems write to the disk when it is closed. */
    private static Written write(Path file, byte[] bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(bytes);
        }
        return new Written(bytes.length, crc(bytes));
    }

    private static Written rewrite(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
        }
        return new Written(bytes.length, crc(bytes));
    }

    private static Written array(Object value, Path file) throws IOException {
        return Interrupts.apart(() -> {
            try (FileChannel to = FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                return Npy.write(value, to);
            }
        });
    }

    private static Written arrays(Record value, Path file) throws IOException {
        return Interrupts.apart(() -> {
            try (FileChannel to = FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                return Npz.write(value, to);
            }
        });
    }

    /** Compresses a file that was written, where that is wanted and makes it smaller. A mapped array stays as it is. */
    private Stored packed(Stored plain, Path file) throws IOException {
        Compressor compressor = codec.compressor(plain.length()).orElse(null);
        if (compressor == null || plain.type().equals(MappedArray.class.getTypeName())) {
            return plain;
        }
        byte[] packed = packed(compressor, plain, file);
        return packed == null ? plain : plain.packed(compressor.name(), rewrite(file, packed));
    }

    /** What a file is compressed to; null where that is not smaller, or there is no memory for it. */
    private static byte @Nullable [] packed(Compressor compressor, Stored plain, Path file) throws IOException {
        try {
            byte[] bytes = Place.content(file, (int) Math.min(plain.length(), LONGEST), LONGEST);
            if (bytes == null) {
                throw new NoSuchFileException(file.toString());
            }
            byte[] packed = compressor.compress(bytes);
            return packed.length < bytes.length ? packed : null;
        } catch (OutOfMemoryError tooLarge) {
            // The file is written, and the value computed: neither is lost because it cannot be made smaller.
            Desk.LOG.debug("{} is not compressed", file, tooLarge);
            return null;
        }
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
        return switch (head.stored().codec()) {
            case TEXT, ARRAY, ARRAYS -> !signed;
            default -> head.stored().codec().equals(codec.id());
        };
    }

    /**
     * Reads a value.
     *
     * @return the value; null where the file is gone
     * @throws DamagedValueException when the file is not what was written
     * @throws SerializationException when it is, and this cache can do nothing with it
     */
    @Nullable Object read(byte[] key, Head head, Path file) throws IOException, DamagedValueException {
        Stored stored = head.stored();
        try {
            Object value = stored.compressor() == null && FORMS.contains(stored.codec())
                    ? stored.codec().equals(ARRAY) ? array(stored, file) : arrays(stored, file)
                    : fromBytes(key, stored, file);
            if (value != null && value != Nil.NIL && !type.isInstance(value)) {
                throw new SerializationException("a stored value is a "
                        + value.getClass().getTypeName() + ", and the cache now holds " + type.getTypeName()
                        + "; compute it anew");
            }
            return value;
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** An array, verified as it is copied unless that is not wanted; one that was stored mapped is mapped. */
    private Object array(Stored stored, Path file) throws IOException, DamagedValueException {
        if (stored.type().equals(MappedArray.class.getTypeName())) {
            return mapped(stored, file);
        }
        return Interrupts.apart(() -> {
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
                if (verifies) {
                    return Npy.read(from, stored.written());
                } else if (from.size() != stored.length()) {
                    throw new SerializationException("it has not " + stored.length() + " bytes");
                }
                return Npy.read(from, stored.length());
            } catch (SerializationException damaged) {
                // What was written by us as an array is one, unless it was changed.
                throw new DamagedValueException(String.valueOf(damaged.getMessage()));
            }
        });
    }

    /** A record of arrays, which may be longer than an array of its bytes: verified, and then read from the file. */
    private Object arrays(Stored stored, Path file) throws IOException, DamagedValueException {
        Class<? extends Record> record = record(stored);
        return Interrupts.apart(() -> {
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
                try {
                    stored.written().verify(Written.of(from));
                } catch (SerializationException changed) {
                    throw new DamagedValueException(String.valueOf(changed.getMessage()));
                }
                return Npz.read(from, record);
            }
        });
    }

    /** Whether a value lies in its file as an array that can be mapped, and is of the type that the cache now holds. */
    static boolean maps(Stored stored, Class<?> type) {
        return stored.compressor() == null
                && stored.codec().equals(ARRAY)
                && (type == Object.class || type.getTypeName().equals(stored.type()));
    }

    /** Maps an array. Its content is not looked at. */
    static MappedArray mapped(Stored stored, Path file) throws IOException, DamagedValueException {
        try {
            return Interrupts.apartFromMapping(() -> MappedArray.open(file, stored.written()));
        } catch (SerializationException damaged) {
            throw new DamagedValueException(String.valueOf(damaged.getMessage()));
        } catch (PathException trouble) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            throw new IOException(trouble);
        }
    }

    private @Nullable Object fromBytes(byte[] key, Stored stored, Path file) throws IOException, DamagedValueException {
        if (stored.length() < 0 || stored.length() > LONGEST) {
            throw new DamagedValueException("it cannot have " + stored.length() + " bytes");
        }
        byte[] bytes = Place.content(file, (int) stored.length(), (int) stored.length());
        if (bytes == null) {
            return null;
        }
        if (bytes.length != stored.length()) {
            throw new DamagedValueException("it has not " + stored.length() + " bytes");
        }
        if (crc(bytes) != stored.crc()) {
            throw new DamagedValueException("its checksum is wrong");
        }
        String compressor = stored.compressor();
        byte[] plain = compressor == null
                ? bytes
                : codec.decompressor(compressor, stored.plain())
                        .decompress(bytes, 0, bytes.length, Math.toIntExact(stored.plain()));
        return switch (stored.codec()) {
            case TEXT -> new String(plain, StandardCharsets.UTF_8);
            case ARRAY -> Npy.read(Channels.newChannel(new ByteArrayInputStream(plain)), plain.length);
            case ARRAYS -> Npz.read(plain, record(stored));
            default -> codec.decode(key, plain);
        };
    }

    /** The record that a value is to be. */
    private Class<? extends Record> record(Stored stored) {
        if (!type.isRecord() || !type.getTypeName().equals(stored.type())) {
            throw new SerializationException(
                    "a stored value is of another type than the cache now holds; compute it anew");
        }
        return type.asSubclass(Record.class);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
