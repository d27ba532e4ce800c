package io.github.twatcache.cli.classes;

import java.util.HashSet;
import java.util.Set;

/** Collects the packages of the classes that names and descriptors speak of. */
final class PackageNames {
    private final Set<String> names = new HashSet<>();

    /** The package of a class, given its name in class files: {@code java.lang} of {@code java/lang/String}. */
    static String of(String className) {
        int end = className.lastIndexOf('/');
        return end < 0 ? "" : className.substring(0, end).replace('/', '.');
    }

    /** A class's name, or the descriptor of an array type. */
    void addClass(String className) throws ClassFileException {
        if (className.startsWith("[")) {
            addDescriptor(className);
        } else {
            names.add(of(className));
        }
    }

    /** A field's or a method's descriptor. */
    void addDescriptor(String descriptor) throws ClassFileException {
        for (int at = 0; at < descriptor.length(); at++) {
            char letter = descriptor.charAt(at);
            if (letter == 'L') {
                int end = descriptor.indexOf(';', at);
                if (end < 0) {
                    throw new ClassFileException("the descriptor '" + descriptor + "' has a class name without end");
                }
                names.add(of(descriptor.substring(at + 1, end)));
                at = end;
            } else if ("BCDFIJSZV[()".indexOf(letter) < 0) {
                throw new ClassFileException("the descriptor '" + descriptor + "' has a '" + letter + "' at " + at);
            }
        }
    }

    /** What was collected, but one name; the unnamed package never counts. */
    Set<String> without(String name) {
        Set<String> others = new HashSet<>(names);
        others.remove(name);
        others.remove("");
        return others;
    }
}
