package io.github.twatcache.files.npy;

import org.jspecify.annotations.Nullable;

/**
 * What the elements of an array are: the data types of NumPy that have a counterpart in Java. The byte order is not part
 * of it.
 */
public enum Dtype {
    /** {@code boolean}, a byte that is 0 or 1. */
    BOOL('b', 1, boolean.class),
    /** {@code byte}, signed. */
    INT8('i', 1, byte.class),
    /** {@code byte}, the same eight bits: {@link Byte#toUnsignedInt} gives the number. Only read, never written. */
    UINT8('u', 1, byte.class),
    /** {@code short}. */
    INT16('i', 2, short.class),
    /** {@code char}, Java's unsigned number of 16 bits. */
    UINT16('u', 2, char.class),
    /** {@code int}. */
    INT32('i', 4, int.class),
    /** {@code long}. */
    INT64('i', 8, long.class),
    /** {@code float}. */
    FLOAT32('f', 4, float.class),
    /** {@code double}. */
    FLOAT64('f', 8, double.class),
    /** Pairs of {@code float}: {@link Complex64}. */
    COMPLEX64('c', 8, float.class),
    /** Pairs of {@code double}: {@link Complex128}. */
    COMPLEX128('c', 16, double.class),
    /** {@link String}, each in as many code points of four bytes as the longest has. */
    UNICODE('U', 4, String.class);

    /** The letter of NumPy's {@code dtype.kind}. */
    final char kind;

    private final int bytes;
    private final Class<?> component;

    Dtype(char kind, int bytes, Class<?> component) {
        this.kind = kind;
        this.bytes = bytes;
        this.component = component;
    }

    /**
     * How many bytes an element takes in a file.
     *
     * @return 1 to 16; for {@link #UNICODE}, those of one code point
     */
    public int bytes() {
        return bytes;
    }

    /**
     * What a Java array of these elements is made of.
     *
     * @return a primitive type or {@code String.class}; that of both halves for complex numbers
     */
    public Class<?> component() {
        return component;
    }

    /** How many units of the component make one element. */
    int lanes() {
        return kind == 'c' ? 2 : 1;
    }

    /** The data type that arrays of a component are written as, or {@code null} where there is none. */
    static @Nullable Dtype ofComponent(Class<?> component) {
        for (Dtype dtype : values()) {
            if (dtype.component == component && dtype != UINT8 && dtype.kind != 'c') {
                return dtype;
            }
        }
        return null;
    }

    /** The data type of a kind and a size as they stand in a header, or {@code null} where there is none. */
    static @Nullable Dtype of(char kind, int bytes) {
        for (Dtype dtype : values()) {
            if (dtype.kind == kind && dtype.bytes == bytes && dtype != UNICODE) {
                return dtype;
            }
        }
        return null;
    }
}
