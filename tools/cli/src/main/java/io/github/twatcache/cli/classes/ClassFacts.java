package io.github.twatcache.cli.classes;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What a class file tells of its class. Immutable.
 *
 * @param name the class's name, such as {@code java.lang.String}
 * @param packageName its package; empty for a class without one, and for a module's declaration
 * @param constants how many constants of each kind it has; kinds without any are left out
 * @param references the packages of the classes that its constants and its members' descriptors name, its own left out
 */
public record ClassFacts(
        String name, String packageName, Map<ConstantKind, Integer> constants, Set<String> references) {
    private static final int MAGIC = 0xCAFE_BABE;
    private static final int OLDEST = 45;

    /** Copies the map and the set. */
    public ClassFacts {
        constants = Map.copyOf(constants);
        references = Set.copyOf(references);
    }

    /**
     * Reads a class file of the running JDK. The file decides alone, hence the result may be kept.
     *
     * @param path where {@link RuntimeImage#classFiles} found it
     * @return what it tells
     * @throws IOException when it cannot be read; {@link ClassFileException} when it does not follow the format
     */
    public static ClassFacts parse(String path) throws IOException {
        byte[] bytes = RuntimeImage.read(path);
        try {
            return of(bytes);
        } catch (ClassFileException e) {
            throw new ClassFileException(path, e);
        }
    }

    /**
     * Reads a class file, to its end.
     *
     * @param file its bytes
     * @return what it tells
     * @throws ClassFileException when they do not follow the format
     */
    public static ClassFacts of(byte[] file) throws ClassFileException {
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
        PackageNames packages = new PackageNames();
        addConstants(pool, packages);

        bytes.u2(); // access flags
        String name = pool.className(bytes.u2());
        bytes.u2(); // the superclass, a constant that was seen above
        bytes.skip(2L * bytes.u2()); // the interfaces, likewise
        addMembers(bytes, pool, packages); // fields
        addMembers(bytes, pool, packages); // methods
        skipAttributes(bytes);
        if (!bytes.atEnd()) {
            throw new ClassFileException("goes on after its end at byte " + bytes.position());
        }
        String packageName = PackageNames.of(name);
        return new ClassFacts(name.replace('/', '.'), packageName, pool.counts(), packages.without(packageName));
    }

    private static void addConstants(ConstantPool pool, PackageNames packages) throws ClassFileException {
        for (int index = 1; index < pool.count(); index++) {
            ConstantKind kind = pool.kind(index);
            if (kind == ConstantKind.CLASS) {
                packages.addClass(pool.className(index));
            } else if (kind == ConstantKind.NAME_AND_TYPE) {
                packages.addDescriptor(pool.descriptor(index));
            } else if (kind == ConstantKind.METHOD_TYPE) {
                packages.addDescriptor(pool.methodType(index));
            }
        }
    }

    private static void addMembers(ClassBytes bytes, ConstantPool pool, PackageNames packages)
            throws ClassFileException {
        int members = bytes.u2();
        for (int member = 0; member < members; member++) {
            bytes.skip(4); // access flags, name
            packages.addDescriptor(pool.utf8(bytes.u2()));
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
