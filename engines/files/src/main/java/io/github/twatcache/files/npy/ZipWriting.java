package io.github.twatcache.files.npy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes an archive of arrays, not compressed, from front to back. Each array is looked at twice, first for its CRC-32,
 * which stands before the content: so that anything that reads zip files can read it.
 */
final class ZipWriting {
    private final Tally to;
    private final List<ZipEntry> entries = new ArrayList<>();

    ZipWriting(Tally to) {
        this.to = to;
    }

    void add(String name, Leaves array) throws IOException {
        Tally content = new Tally(null, new CRC32());
        Npy.write(array, content);
        ZipEntry entry =
                new ZipEntry(name, Zip.STORED, content.checksum(), content.bytes(), content.bytes(), to.bytes());
        local(entry);
        Tally again = new Tally(to, new CRC32());
        Npy.write(array, again);
        if (again.checksum() != content.checksum()) {
            throw Leaves.changed();
        }
        entries.add(entry);
    }

    private void local(ZipEntry entry) throws IOException {
        byte[] name = entry.name().getBytes(UTF_8);
        boolean large = entry.bytes() >= Zip.ELSEWHERE;
        ByteBuffer extra = extra(large ? new long[] {entry.bytes(), entry.packed()} : new long[0]);
        ByteBuffer header = buffer(Zip.LOCAL_BYTES + name.length + extra.remaining())
                .putInt(Zip.LOCAL)
                .putShort((short) (large ? Zip.VERSION_64 : Zip.VERSION));
        common(entry, header);
        int size = (int) (large ? Zip.ELSEWHERE : entry.bytes());
        header.putInt(size).putInt(size);
        header.putShort((short) name.length).putShort((short) extra.remaining());
        to.write(header.put(name).put(extra).flip());
    }

    private static void common(ZipEntry entry, ByteBuffer header) {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(entry.name());
        header.putShort((short) (ascii ? 0 : Zip.UTF_8_FLAG))
                .putShort((short) entry.method())
                .putShort((short) 0)
                .putShort((short) Zip.DATE)
                .putInt(entry.crc32());
    }

    private void central(ZipEntry entry) throws IOException {
        byte[] name = entry.name().getBytes(UTF_8);
        boolean large = entry.bytes() >= Zip.ELSEWHERE;
        boolean far = entry.offset() >= Zip.ELSEWHERE;
        ByteBuffer extra = extra(
                large && far
                        ? new long[] {entry.bytes(), entry.packed(), entry.offset()}
                        : large
                                ? new long[] {entry.bytes(), entry.packed()}
                                : far ? new long[] {entry.offset()} : new long[0]);
        short version = (short) (large || far ? Zip.VERSION_64 : Zip.VERSION);
        ByteBuffer header = buffer(Zip.CENTRAL_BYTES + name.length + extra.remaining())
                .putInt(Zip.CENTRAL)
                .putShort(version)
                .putShort(version);
        common(entry, header);
        int size = (int) (large ? Zip.ELSEWHERE : entry.bytes());
        header.putInt(size).putInt(size);
        header.putShort((short) name.length).putShort((short) extra.remaining());
        // No comment, the first disk, no attributes.
        header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        header.putInt((int) (far ? Zip.ELSEWHERE : entry.offset()));
        to.write(header.put(name).put(extra).flip());
    }

    /** The directory of all that was added, and the end. */
    void finish() throws IOException {
        long from = to.bytes();
        for (ZipEntry entry : entries) {
            central(entry);
        }
        long end = to.bytes();
        if (from >= Zip.ELSEWHERE) {
            end64(from, end);
        }
        to.write(buffer(Zip.END_BYTES)
                .putInt(Zip.END)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt((int) (end - from))
                .putInt((int) Math.min(from, Zip.ELSEWHERE))
                .putShort((short) 0)
                .flip());
    }

    private void end64(long from, long end) throws IOException {
        to.write(buffer(Zip.END_64_BYTES + Zip.LOCATOR_64_BYTES)
                .putInt(Zip.END_64)
                // As long as what follows this number.
                .putLong(Zip.END_64_BYTES - 12)
                .putShort((short) Zip.VERSION_64)
                .putShort((short) Zip.VERSION_64)
                .putLong(0)
                .putLong(entries.size())
                .putLong(entries.size())
                .putLong(end - from)
                .putLong(from)
                .putInt(Zip.LOCATOR_64)
                .putInt(0)
                .putLong(end)
                .putInt(1)
                .flip());
    }

    private static ByteBuffer extra(long[] numbers) {
        if (numbers.length == 0) {
            return buffer(0);
        }
        int bytes = numbers.length * Long.BYTES;
        ByteBuffer extra =
                buffer(2 * Short.BYTES + bytes).putShort((short) Zip.EXTRA_64).putShort((short) bytes);
        for (long number : numbers) {
            extra.putLong(number);
        }
        return extra.flip();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
