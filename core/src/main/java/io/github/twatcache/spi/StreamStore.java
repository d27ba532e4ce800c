package io.github.twatcache.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A store that takes and gives large values as streams, without holding them on the heap. What is written so is an entry
 * whose value is a {@code byte[]}: {@link Store#get} returns it whole, and what was put whole can be read as a stream.
 * Every store with {@link Trait#STREAMS} is one.
 *
 * @param <K> the type of the keys
 */
public interface StreamStore<K> {
    /** Writes the content of a value. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes everything, once.
         *
         * @param out where to; closing it does nothing
         * @throws IOException what the writer or the store throws
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Stores what a writer writes, if the guard holds, all or nothing: no reader sees a part. The writer runs outside every
     * lock of the store; the guard is tested, and the entry replaced, when it has returned. The store measures the bytes
     * itself, whatever weight the terms say.
     *
     * @param key the masked key; the store keeps it, so it must not change any more
     * @param content writes the value
     * @param terms on which it is kept
     * @param guard the condition
     * @return what became of it
     * @throws IOException what the writer throws; nothing has changed, nothing is left behind
     */
    Outcome put(K key, Content content, Terms terms, Guard guard) throws IOException;

    /**
     * Opens a value for reading. Counts as a use. What is read is the value as it was when it was opened, whole, even if
     * the entry is replaced or removed meanwhile. Damage that is found on the way is an {@link IOException} from the
     * stream, before its end is reported.
     *
     * @param key the masked key
     * @return a stream, to be closed; {@code null} where there is no live entry
     * @throws IOException when the value cannot be read
     * @throws io.github.twatcache.error.ValueException when the value is not a {@code byte[]}
     */
    @Nullable InputStream open(K key) throws IOException;
}
