package io.github.twatcache.cli.classes;

/**
 * A class file, read to its end (The Java Virtual Machine Specification, chapter 4).
 *
 * @param name the class's name as class files write it, such as {@code java/lang/String}
 * @param pool its constants
 * @param referred the classes that its constants and its members' descriptors name
 */
record ClassFile(String name, ConstantPool pool, ReferredClasses referred) {
    private static final int MAGIC = 0xCAFE_BABE;
    private static final int OLDEST = 45;

    /** Reads one; throws where the bytes do not follow the format. */
    static ClassFile of(byte[] file) throws ClassFileException {
        ClassBytes bytes = new ClassBytes(file);
        int magic = bytes.u4();
        if (magic != MAGIC) {
            throw new ClassFileException("begins with " + Integer.toHexString(magic) + " and not with cafebabe");
        }
        bytes.u2(); // minor version
        int version = bytes.u2();
        if (version < OLDEST) {
            throw new ClassFileException("has version " + version + ", and the oldest is " + OLDEST);
        }
        ConstantPool pool = ConstantPool.read(bytes);
        ReferredClasses referred = new ReferredClasses();
        addConstants(pool, referred);

        bytes.u2(); // access flags
        String name = pool.className(bytes.u2());
        bytes.u2(); // the superclass, a constant that was seen above
        bytes.skip(2L * bytes.u2()); // the interfaces, likewise
        addMembers(bytes, pool, referred); // fields
        addMembers(bytes, pool, referred); // methods
        skipAttributes(bytes);
        if (!bytes.atEnd()) {
            throw new ClassFileException("goes on after its end at byte " + bytes.position());
        }
        return new ClassFile(name, pool, referred);
    }

    private static void addConstants(ConstantPool pool, ReferredClasses referred) throws ClassFileException {
        for (int index = 1; index < pool.count(); index++) {
            ConstantKind kind = pool.kind(index);
            if (kind == ConstantKind.CLASS) {
                referred.addClass(pool.className(index));
            } else if (kind == ConstantKind.NAME_AND_TYPE) {
                referred.addDescriptor(pool.descriptor(index));
            } else if (kind == ConstantKind.METHOD_TYPE) {
                referred.addDescriptor(pool.methodType(index));
            }
        }
    }

    private static void addMembers(ClassBytes bytes, ConstantPool pool, ReferredClasses referred)
            throws ClassFileException {
        int members = bytes.u2();
        for (int member = 0; member < members; member++) {
            bytes.skip(4); // access flags, name
            referred.addDescriptor(pool.utf8(bytes.u2()));
            skipAttributes(bytes);
        }
    }

    private static void skipAttributes(ClassBytes bytes) throws ClassFileException {
        int attributes = bytes.u2();
        for (int attribute = 0; attribute < attributes; attribute++) {
            bytes.skip(2); // name
            bytes.skipLong();
        }
    }
}
