package io.github.twatcache.disk.store;

import com.dynatrace.hash4j.hashing.HashStream64;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.ValueCodec.Proof;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes as a stream, before it is stored: in memory as long as it is small, then in a value file. Closed
 * without having been {@link #taken}, it leaves nothing behind. For one thread.
 */
final class StreamDraft implements Closeable {
    /** No more is held in memory, however large a value may be that belongs in a row. */
    private static final int MOST_HELD = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final Desk<?> desk;
    private final Storing<?> storing;
    private final byte[] key;
    private final int held;
    private final HashStream64 hash = Seal.hash();
    private final @Nullable Proof proof;
    private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable OutputStream out;
    private long file;
    private long content;
    private long length;
    private @Nullable IOException failed;
    private boolean ended;

    StreamDraft(Desk<?> desk, Storing<?> storing, byte[] key) {
        this.desk = desk;
        this.storing = storing;
        this.key = key;
        this.held = (int) Math.min(MOST_HELD, desk.fileThreshold);
        this.proof = desk.values.proof(key);
    }

    /** What its writer is given; closing it does nothing. */
    private final class Writer extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            add(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, bytes.length);
            add(bytes, from, count);
        }
    }

    OutputStream writer() {
        return new Writer();
    }

    private void add(byte[] bytes, int from, int count) throws IOException {
        if (ended) {
            throw new IOException("the value was stored when its writer returned; nothing can be added to it");
        }
        try {
            added(bytes, from, count);
        } catch (IOException why) {
            // Whatever the writer makes of it: what is missing here must not be stored.
            failed = why;
            throw why;
        }
    }

    private void added(byte[] bytes, int from, int count) throws IOException {
        content += count;
        ByteArrayOutputStream small = memory;
        if (small != null && content <= held) {
            small.write(bytes, from, count);
            return;
        }
        if (small != null) {
            byte[] before = small.toByteArray();
            memory = null;
            file = storing.number();
            out = new BufferedOutputStream(desk.folder.files().create(file), BUFFER);
            filed(before, 0, before.length);
            prove(before, 0, before.length);
        }
        filed(bytes, from, count);
        prove(bytes, from, count);
    }

    private void prove(byte[] bytes, int from, int count) {
        if (proof != null) {
            proof.update(bytes, from, count);
        }
    }

    private void filed(byte[] bytes, int from, int count) throws IOException {
        hash.putBytes(bytes, from, count);
        length += count;
        OutputStream to = out;
        if (to != null) {
            to.write(bytes, from, count);
        }
    }

    /** The writer has returned. */
    void end() throws IOException {
        ended = true;
        desk.tenure().expects(length);
        if (failed != null) {
            throw failed;
        }
        OutputStream to = out;
        if (to != null) {
            if (proof != null) {
                byte[] tag = proof.tag();
                filed(tag, 0, tag.length);
            }
            to.close();
            out = null;
        }
    }

    /** How many bytes were written. */
    long content() {
        return content;
    }

    /** All of them, where they are few. */
    byte @Nullable [] small() {
        ByteArrayOutputStream small = memory;
        return small == null ? null : small.toByteArray();
    }

    /** The draft of what was written; whoever has it answers for the file. */
    <T> Draft<T> taken(T of, Terms terms) {
        long find = Seal.find(key);
        int mode = desk.values.streamMode();
        long sum = Seal.sum(find, key.length, mode, hash.getAsLong(), length);
        Draft<T> draft = new Draft<>(of, key, find, mode, null, length, sum, file, terms);
        file = 0;
        return draft;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        OutputStream to = out;
        out = null;
        try {
            if (to != null) {
                to.close();
            }
        } finally {
            storing.discard(file);
            file = 0;
        }
    }
}
