package io.github.twatcache.config;

/**
 * What the values of a cache are, as far as the choice of an engine goes. It is read from the return type of the function;
 * {@code valueKind} says it where the type does not tell.
 */
public enum ValueKind {
    /** A number, a truth value, an enum constant, a date: of a size that is known and small. */
    SCALAR,
    /** A text, of any length. */
    TEXT,
    /** A list, set, map or array of objects, of any length. */
    COLLECTION,
    /** An array of numbers, of one dimension or more. */
    ARRAY,
    /** Rows and columns. */
    TABLE,
    /** An image, encoded or not. */
    IMAGE,
    /** A document, as text or as a tree. */
    JSON,
    /** An object of a class of one's own that has an encoding: a record, a sealed type. */
    CUSTOM,
    /** An object that has no encoding, so that only the heap can hold it. */
    OPAQUE,
    /** A {@link java.util.concurrent.CompletionStage}, whose value comes later. */
    STAGE,
    /** Nothing is known: the type is {@code Object}, an interface, or a type variable. */
    UNKNOWN
}
