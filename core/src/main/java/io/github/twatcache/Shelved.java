package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StoredReference;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.value.ValueFormats;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result that stays where it is stored until somebody wants it: a small reference, which can be serialized and loaded in
 * another process, as {@link Cached1#shelve} and its kin make it. Where an engine keeps no result in files of its own, or
 * the result was not stored, it holds the result itself, and cannot be serialized. Immutable and thread-safe.
 *
 * @param <R> the type of the result
 */
public final class Shelved<R extends @Nullable Object> implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable StoredReference reference;
    private final transient @Nullable Object held;

    /** The codec of the cache; null where that was another process's. */
    private final transient @Nullable LazyCodec codec;

    private Shelved(@Nullable StoredReference reference, @Nullable Object held, @Nullable LazyCodec codec) {
        this.reference = reference;
        this.held = held;
        this.codec = codec;
    }

    static <R extends @Nullable Object> Shelved<R> at(StoredReference reference, LazyCodec codec) {
        return new Shelved<>(reference, null, codec);
    }

    static <R extends @Nullable Object> Shelved<R> holding(R result) {
        return new Shelved<>(null, result, null);
    }

    /**
     * Reads the result, each time anew. No cache need be open. One that was serialized is read without what the cache was
     * taught: types that were registered, a key that signs.
     *
     * @return the result
     * @throws ValueException when it is gone, has expired, was replaced by another, or is damaged; ask the function again
     * @throws SerializationException when it was stored by a codec that is not present here
     * @throws io.github.twatcache.error.PathException when it cannot be read
     */
    public R get() {
        if (reference == null) {
            return Cast.to(held);
        }
        Object value = reference.load(codec == null ? standard(reference) : codec.get());
        if (value == null) {
            throw new ValueException("the shelved result " + reference
                    + " is gone, has expired, was replaced or is damaged; call the function again");
        }
        return Cast.to(Nil.unmask(value));
    }

    /** What reads it where the cache is not at hand. */
    private static ValueCodec standard(StoredReference reference) {
        String source = "a shelved result";
        CacheSpec spec = CacheSpec.of("shelved", "files").with(Settings.CODEC, reference.codec(), source);
        if (reference.decompressLimit() > 0) {
            spec = spec.with(Settings.DECOMPRESS_LIMIT, reference.decompressLimit(), source);
        }
        return ValueFormats.found(Encoders.standard(), List.of(), List.of())
                .codec(spec, type(reference.type()), Set.of());
    }

    /** Records are found by name, where they are to be had; all else says by itself what it is. */
    private static Class<?> type(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> found = Class.forName(name, false, context == null ? Shelved.class.getClassLoader() : context);
            return found.isRecord() ? found : Object.class;
        } catch (ClassNotFoundException | LinkageError notHere) {
            return Object.class;
        }
    }

    /**
     * Where the result is, for programs that read it by themselves: {@code numpy.load(path, mmap_mode="r")}.
     *
     * @return the file; empty where it is gone, or the result is held here
     * @throws io.github.twatcache.error.PathException when it cannot be read
     */
    public Optional<Path> file() {
        return reference == null ? Optional.empty() : reference.file();
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (reference == null) {
            throw new NotSerializableException(
                    "this result is held by the reference itself, since it is not stored in a file; get() it, or keep"
                            + " it with the engine files");
        }
        out.defaultWriteObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shelved<?> that
                && (reference == null ? this == that : reference.equals(that.reference));
    }

    @Override
    public int hashCode() {
        return reference == null ? System.identityHashCode(this) : Objects.hashCode(reference);
    }

    @Override
    public String toString() {
        return "shelved " + (reference == null ? "in memory" : reference.toString());
    }
}
