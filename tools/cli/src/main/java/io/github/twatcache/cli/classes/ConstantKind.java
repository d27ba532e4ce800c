package io.github.twatcache.cli.classes;

import org.jspecify.annotations.Nullable;

/** The kinds of constants, as table 4.4-A of the Java Virtual Machine Specification lists them, up to Java SE 25. */
public enum ConstantKind {
    /** Text in modified UTF-8, led by its length. */
    UTF8("Utf8", 1, 2),
    /** An int. */
    INTEGER("Integer", 3, 4),
    /** A float. */
    FLOAT("Float", 4, 4),
    /** A long; it takes two places in the pool. */
    LONG("Long", 5, 8),
    /** A double; it takes two places in the pool. */
    DOUBLE("Double", 6, 8),
    /** A class, interface or array type. */
    CLASS("Class", 7, 2),
    /** A string literal. */
    STRING("String", 8, 2),
    /** A field of some class. */
    FIELDREF("Fieldref", 9, 4),
    /** A method of some class. */
    METHODREF("Methodref", 10, 4),
    /** A method of some interface. */
    INTERFACE_METHODREF("InterfaceMethodref", 11, 4),
    /** A member's name and descriptor. */
    NAME_AND_TYPE("NameAndType", 12, 4),
    /** A method handle. */
    METHOD_HANDLE("MethodHandle", 15, 3),
    /** A method's descriptor. */
    METHOD_TYPE("MethodType", 16, 2),
    /** A constant that is computed when first used. */
    DYNAMIC("Dynamic", 17, 4),
    /** A call site that is linked when first reached. */
    INVOKE_DYNAMIC("InvokeDynamic", 18, 4),
    /** A module's name. */
    MODULE("Module", 19, 2),
    /** A package's name, in a module's declaration. */
    PACKAGE("Package", 20, 2);

    private static final @Nullable ConstantKind[] BY_TAG = new @Nullable ConstantKind[21];

    static {
        for (ConstantKind kind : values()) {
            BY_TAG[kind.tag] = kind;
        }
    }

    private final String title;
    private final int tag;
    private final int length;

    ConstantKind(String title, int tag, int length) {
        this.title = title;
        this.tag = tag;
        this.length = length;
    }

    /**
     * The kind's name in the specification.
     *
     * @return such as {@code "NameAndType"}
     */
    public String title() {
        return title;
    }

    static @Nullable ConstantKind ofTag(int tag) {
        return tag < BY_TAG.length ? BY_TAG[tag] : null;
    }

    /** How many bytes follow the tag; of {@link #UTF8}, before its text. */
    int length() {
        return length;
    }

    /** How many places of the pool an entry takes: 2 for what is 8 bytes long. */
    int places() {
        return this == LONG || this == DOUBLE ? 2 : 1;
    }
}
