package io.github.twatcache.key;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The default codec of values: JDK values, records, enums, arrays and collections, and registered types.
 *
 * <p>What is read has the content, the order and the kind of what was written: a {@code TreeMap} is a {@code TreeMap}
 * again, a {@code HashSet} a {@code LinkedHashSet} of the same order, an unmodifiable list an unmodifiable list. What
 * cannot be given back as it was is refused when it is written. {@code docs/key-format.md} specifies the bytes.
 *
 * <p><b>What runs when bytes are read</b>, whoever wrote them: canonical constructors of records, the static
 * initialisers of enums and of those records, registered decoders, and {@code hashCode}, {@code equals} and
 * {@code compareTo} of such objects where a collection needs them. No other class is initialised. Damaged bytes cost no
 * more memory than a fixed multiple of their length.
 *
 * <p>Immutable and thread-safe.
 */
public final class CanonicalCodec implements ValueCodec {
    /** The id of the format. */
    public static final String ID = "canonical-1";

    private final Encoders encoders;
    private final ClassNames classes;

    /** Creates a codec without registered types, which finds classes through the thread's context loader. */
    public CanonicalCodec() {
        this(Encoders.standard());
    }

    /**
     * Creates a codec that finds classes through the thread's context loader, then through the loader of this class.
     *
     * @param encoders the registered types
     */
    public CanonicalCodec(Encoders encoders) {
        this(encoders, List.of());
    }

    /**
     * Creates a codec that finds classes through some loaders, then as {@link #CanonicalCodec(Encoders)} does.
     *
     * @param encoders the registered types
     * @param first the loaders that are asked first, in this order: those of the classes that values are declared to have
     */
    public CanonicalCodec(Encoders encoders, List<ClassLoader> first) {
        this.encoders = Objects.requireNonNull(encoders, "encoders");
        this.classes = ClassNames.first(Objects.requireNonNull(first, "first"));
    }

    /**
     * Creates a codec that finds classes through one loader.
     *
     * @param encoders the registered types
     * @param loader finds records, enums and the types of arrays
     */
    public CanonicalCodec(Encoders encoders, ClassLoader loader) {
        this.encoders = Objects.requireNonNull(encoders, "encoders");
        this.classes = ClassNames.of(Objects.requireNonNull(loader, "loader"));
    }

    @Override
    public String id() {
        return ID;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.twatcache.error.SerializationException when the value holds something that could not be read
     *     back, contains itself, is nested more than 500 deep, or changes while it is written
     */
    @Override
    public byte[] encode(Object value) {
        return CanonicalWriter.value(encoders).encode(value);
    }

    /**
     * {@inheritDoc} {@code null} is read as {@link Nil#NIL}.
     *
     * @throws io.github.twatcache.error.SerializationException when the bytes are damaged, or speak of a class that is
     *     gone, or has changed since
     */
    @Override
    public Object decode(byte[] bytes) {
        return Nil.mask(CanonicalReader.of(encoders, classes).decode(bytes, bytes.length));
    }

    @Override
    public Object decode(byte[] key, byte[] bytes, int length) {
        return Nil.mask(CanonicalReader.of(encoders, classes).decode(bytes, length));
    }

    /**
     * Tells beforehand whether values of a declared type can be written, with what they hold: components of records,
     * elements, arguments of collections.
     *
     * @param declared the type that a signature names
     * @return why no object of that type, or of a subtype, can ever be unless it is empty; empty where some or all can
     */
    public Optional<String> refusal(Type declared) {
        return TypeRefusal.of(declared, encoders);
    }
}
