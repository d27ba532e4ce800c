package io.github.twatcache.cli.classes;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Collects the classes that names and descriptors speak of. */
final class ReferredClasses {
    private final Set<String> names = new HashSet<>();

    /** The package of a class, given its name in class files: {@code java.lang} of {@code java/lang/String}. */
    static String packageOf(String className) {
        int end = className.lastIndexOf('/');
        return end < 0 ? "" : className.substring(0, end).replace('/', '.');
    }

    /** A class's name, or the descriptor of an array type. */
    void addClass(String className) throws ClassFileException {
        if (className.startsWith("[")) {
            addDescriptor(className);
        } else {
            names.add(className);
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
                names.add(descriptor.substring(at + 1, end));
                at = end;
            } else if ("BCDFIJSZV[()".indexOf(letter) < 0) {
                throw new ClassFileException("the descriptor '" + descriptor + "' has a '" + letter + "' at " + at);
            }
        }
    }

    /** The names that were collected, as class files write them, sorted; but one. */
    Set<String> without(String className) {
        Set<String> others = new TreeSet<>(names);
        others.remove(className);
        return others;
    }

    /** The packages of what was collected, but one; the unnamed package never counts. */
    Set<String> packagesWithout(String packageName) {
        Set<String> others = new HashSet<>();
        names.forEach(name -> others.add(packageOf(name)));
        others.remove(packageName);
        others.remove("");
        return others;
    }
}
