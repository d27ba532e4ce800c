package io.github.twatcache.shared;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.CellStore.Cell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the places of a lock or a semaphore: the content of its cell.
 *
 * <p>Written big-endian: the format (1), the last fencing token (8 bytes), how many hold a place (4 bytes), and of each the
 * owner (as {@link DataOutputStream#writeUTF} does), the token and the end of the lease in milliseconds since 1970.
 *
 * @param lastFence the last token that was given; grows for ever
 * @param all those who hold a place
 */
record Holders(long lastFence, List<Holder> all) {
    private static final int FORMAT = 1;

    /** What a cell holds at most. */
    private static final int MOST_BYTES = 1 << 16;

    private static final int HEAD = 1 + Long.BYTES + Integer.BYTES;
    private static final int OF_EACH = Short.BYTES + 2 * Long.BYTES;
    private static final int LONGEST_OWNER = 200;

    /**
     * One who holds a place.
     *
     * @param owner who
     * @param fence the token
     * @param until the end of the lease, in milliseconds since 1970
     */
    record Holder(String owner, long fence, long until) {
        boolean is(String other, long token) {
            return fence == token && owner.equals(other);
        }
    }

    /** Those whose lease has not ended. */
    static Holders alive(@Nullable Cell cell, long now) {
        if (cell == null) {
            return new Holders(0, List.of());
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(cell.content()))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new SerializationException("a lock is written in format " + format + ", and this version reads "
                        + FORMAT + "; use one version of twat-cache in all processes");
            }
            long lastFence = in.readLong();
            List<Holder> alive = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                Holder holder = new Holder(in.readUTF(), in.readLong(), in.readLong());
                if (holder.until > now) {
                    alive.add(holder);
                }
            }
            return new Holders(lastFence, List.copyOf(alive));
        } catch (IOException damaged) {
            throw new SerializationException("the cell of a lock cannot be read; clear it with check(true)", damaged);
        }
    }

    /** How many bytes the name of each owner may take where so many hold a place. */
    static int ownerBytes(int count) {
        return Math.min(LONGEST_OWNER, (MOST_BYTES - HEAD) / count - OF_EACH);
    }

    byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(lastFence);
            out.writeInt(all.size());
            for (Holder holder : all) {
                out.writeUTF(holder.owner);
                out.writeLong(holder.fence);
                out.writeLong(holder.until);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * With one more, who gets the next token.
     *
     * @param atLeast what the token is not below
     */
    Holders with(String owner, long until, long atLeast) {
        long fence = Math.max(lastFence + 1, atLeast);
        List<Holder> more = new ArrayList<>(all);
        more.add(new Holder(owner, fence, until));
        return new Holders(fence, more);
    }

    /** Without one; the same where he holds nothing. */
    Holders without(String owner, long fence) {
        List<Holder> fewer = new ArrayList<>(all);
        fewer.removeIf(holder -> holder.is(owner, fence));
        return new Holders(lastFence, fewer);
    }

    boolean holds(String owner, long fence) {
        return all.stream().anyMatch(holder -> holder.is(owner, fence));
    }

    /** With a later end of one's lease. */
    Holders renewed(String owner, long fence, long until) {
        return new Holders(
                lastFence,
                all.stream()
                        .map(holder -> holder.is(owner, fence) ? new Holder(owner, fence, until) : holder)
                        .toList());
    }
}
