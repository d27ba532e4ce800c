package io.github.twatcache.spi;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where a result is stored, in words that another process understands. Small, immutable, thread-safe. */
public interface StoredReference extends Serializable {
    /**
     * Reads the result, with no cache open. Not a use.
     *
     * @param codec reads what is kept as bytes
     * @return the masked value; {@code null} where it is gone, has expired, was replaced, or is damaged
     * @throws io.github.twatcache.error.PathException when it cannot be read
     * @throws io.github.twatcache.error.SerializationException when it was written by a codec that is not this one
     */
    @Nullable Object load(ValueCodec codec);

    /**
     * The result in a form of the engine's own that spares reading it: of an array in a file, that file mapped. Not a use.
     *
     * @param <F> the form
     * @param form the class of the form
     * @param codec says of what type the results are
     * @return the result so; {@code null} where it has no such form, is of another type, is gone, has expired, was replaced, or
     *     is damaged
     * @throws io.github.twatcache.error.PathException when it cannot be read
     */
    default <F> @Nullable F as(Class<F> form, ValueCodec codec) {
        return null;
    }

    /**
     * The name of the codec with which the result was stored.
     *
     * @return the name, as the setting {@code codec} has it
     */
    String codec();

    /**
     * The class of the result, as Java names it.
     *
     * @return the name
     */
    String type();

    /**
     * Where the value is.
     *
     * @return the file; empty where it is gone
     * @throws io.github.twatcache.error.PathException when it cannot be read
     */
    Optional<Path> file();

    /**
     * To how many bytes the result may be decompressed, as its cache says; for who reads it without that.
     *
     * @return the number of bytes; 0 where nobody has said
     */
    default long decompressLimit() {
        return 0;
    }
}
