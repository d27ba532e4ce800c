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
        ClassFile read = ClassFile.of(file);
        String packageName = ReferredClasses.packageOf(read.name());
        return new ClassFacts(
                read.name().replace('/', '.'),
                packageName,
                read.pool().counts(),
                read.referred().packagesWithout(packageName));
    }
}
