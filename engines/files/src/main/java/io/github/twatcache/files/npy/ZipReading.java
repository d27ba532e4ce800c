package io.github.twatcache.files.npy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the files in an archive by the directory at its end, which is the only thing that is believed: what it says must
 * lie inside of the archive, apart from each other, and be no more than its bytes can hold. Names are names, never paths.
 */
final class ZipReading {
    /** A comment of the longest kind, and the record before it. */
    private static final int LONGEST_END = Zip.END_BYTES + 0xFFFF;

    /** Deflate makes no more of a byte. */
    private static final long MOST_INFLATION = 1032;

    private final SeekableByteChannel from;
    private final long size;

    private ZipReading(SeekableByteChannel from) throws IOException {
        this.from = from;
        this.size = from.size();
    }

    /** The files, in the order of the directory. */
    static List<ZipEntry> entries(SeekableByteChannel from) throws IOException {
        return new ZipReading(from).entries();
    }

    /** Where the content of a file begins. */
    static long contentFrom(SeekableByteChannel from, ZipEntry entry) throws IOException {
        ByteBuffer header = bytes(from, entry.offset(), Zip.LOCAL_BYTES);
        if (header.getInt(0) != Zip.LOCAL) {
            throw damaged("no file where the directory says that one is");
        }
        return entry.offset()
                + Zip.LOCAL_BYTES
                + Short.toUnsignedInt(header.getShort(26))
                + Short.toUnsignedInt(header.getShort(28));
    }

    private List<ZipEntry> entries() throws IOException {
        long end = end();
        ByteBuffer record = bytes(from, end, Zip.END_BYTES);
        long count = Short.toUnsignedInt(record.getShort(10));
        long bytes = Integer.toUnsignedLong(record.getInt(12));
        long offset = Integer.toUnsignedLong(record.getInt(16));
        long behind = end;
        if (record.getInt(4) != 0 || record.getShort(8) != record.getShort(10)) {
            throw damaged("it is in several parts");
        }
        if (count == Zip.COUNT_ELSEWHERE || bytes == Zip.ELSEWHERE || offset == Zip.ELSEWHERE) {
            ByteBuffer locator = within(end - Zip.LOCATOR_64_BYTES, Zip.LOCATOR_64_BYTES);
            if (locator.getInt(0) != Zip.LOCATOR_64) {
                throw damaged("no record of its large numbers");
            }
            behind = locator.getLong(8);
            ByteBuffer record64 = within(behind, Zip.END_64_BYTES);
            if (record64.getInt(0) != Zip.END_64) {
                throw damaged("no record of its large numbers");
            }
            count = record64.getLong(32);
            bytes = record64.getLong(40);
            offset = record64.getLong(48);
        }
        if (bytes < 0 || offset < 0 || offset > behind || bytes != behind - offset) {
            throw damaged("its directory does not lie before its end");
        }
        if (count < 0 || count > bytes / Zip.CENTRAL_BYTES || bytes > Integer.MAX_VALUE) {
            throw damaged("its directory has no room for the files that it says it has");
        }
        return sound(directory(bytes(from, offset, (int) bytes), (int) count), offset);
    }

    /** The record at the end, before a comment that ends where the archive does. */
    private long end() throws IOException {
        int length = (int) Math.min(size, LONGEST_END);
        long start = size - length;
        ByteBuffer tail = bytes(from, start, length);
        for (int at = length - Zip.END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == Zip.END
                    && at + Zip.END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20)) == length) {
                return start + at;
            }
        }
        throw damaged("its end is missing");
    }

    private static List<ZipEntry> directory(ByteBuffer directory, int count) {
        List<ZipEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ZipEntry entry = entry(directory);
            if (!names.add(entry.name())) {
                throw damaged("two files of one name");
            }
            entries.add(entry);
        }
        if (directory.hasRemaining()) {
            throw damaged("its directory has more than the files that it says it has");
        }
        return entries;
    }

    private static ZipEntry entry(ByteBuffer directory) {
        int at = directory.position();
        if (directory.remaining() < Zip.CENTRAL_BYTES || directory.getInt(at) != Zip.CENTRAL) {
            throw damaged("its directory is cut off");
        }
        int flags = directory.getShort(at + 8);
        int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraBytes = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentBytes = Short.toUnsignedInt(directory.getShort(at + 32));
        int whole = Zip.CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
        if (directory.remaining() < whole) {
            throw damaged("its directory is cut off");
        }
        if ((flags & Zip.ENCRYPTED_FLAG) != 0) {
            throw damaged("a file that is encrypted");
        }
        int nameFrom = at + Zip.CENTRAL_BYTES;
        ByteBuffer extra = directory.slice(nameFrom + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] numbers = {
            Integer.toUnsignedLong(directory.getInt(at + 24)),
            Integer.toUnsignedLong(directory.getInt(at + 20)),
            Integer.toUnsignedLong(directory.getInt(at + 42))
        };
        elsewhere(extra, numbers);
        directory.position(at + whole);
        return new ZipEntry(
                name(directory.slice(nameFrom, nameBytes), (flags & Zip.UTF_8_FLAG) != 0 ? UTF_8 : US_ASCII),
                Short.toUnsignedInt(directory.getShort(at + 10)),
                directory.getInt(at + 16),
                numbers[1],
                numbers[0],
                numbers[2]);
    }

    /** Puts the numbers of the extra field where they are missing. */
    private static void elsewhere(ByteBuffer extra, long[] numbers) {
        while (extra.remaining() >= 2 * Short.BYTES) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                throw damaged("its directory is cut off");
            }
            int next = extra.position() + length;
            if (id == Zip.EXTRA_64) {
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == Zip.ELSEWHERE && next - extra.position() >= Long.BYTES) {
                        numbers[i] = extra.getLong();
                    }
                }
            }
            extra.position(next);
        }
    }

    private static String name(ByteBuffer bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException("the archive is damaged: a name that is no text", e);
        }
    }

    /** Refuses files that lie where none can, overlap, or say that they are larger than they can be. */
    private static List<ZipEntry> sound(List<ZipEntry> entries, long directoryFrom) {
        long free = 0;
        for (ZipEntry entry : entries.stream()
                .sorted(Comparator.comparingLong(ZipEntry::offset))
                .toList()) {
            if (entry.offset() < free
                    || entry.packed() < 0
                    || entry.packed() > directoryFrom - Zip.LOCAL_BYTES - entry.offset()) {
                throw damaged("files that overlap");
            }
            free = entry.offset() + Zip.LOCAL_BYTES + entry.packed();
            boolean possible = switch (entry.method()) {
                case Zip.STORED -> entry.bytes() == entry.packed();
                case Zip.DEFLATED -> entry.bytes() >= 0 && entry.bytes() / MOST_INFLATION <= entry.packed();
                default ->
                    throw damaged("a file that is compressed by method " + entry.method()
                            + ", and only those that NumPy writes are known, 0 and 8");
            };
            if (!possible) {
                throw damaged("a file that says that it is larger than it can be");
            }
        }
        return entries;
    }

    private ByteBuffer within(long at, int count) throws IOException {
        if (at < 0 || at > size - count) {
            throw damaged("a record outside of it");
        }
        return bytes(from, at, count);
    }

    private static ByteBuffer bytes(SeekableByteChannel from, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        from.position(at);
        while (bytes.hasRemaining()) {
            if (from.read(bytes) < 0) {
                throw damaged("it is cut off");
            }
        }
        return bytes.flip();
    }

    static SerializationException damaged(String found) {
        return new SerializationException("the archive is damaged, or not one of NumPy's: " + found);
    }
}
