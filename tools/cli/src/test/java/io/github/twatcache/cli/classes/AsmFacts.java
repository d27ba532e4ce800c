package io.github.twatcache.cli.classes;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The same facts, by ASM. */
final class AsmFacts {
    private AsmFacts() {}

    static Map<ConstantKind, Integer> constants(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        Map<ConstantKind, Integer> counts = new TreeMap<>();
        for (int item = 1; item < reader.getItemCount(); item++) {
            if (reader.getItem(item) != 0) {
                counts.merge(kind(reader.readByte(reader.getItem(item) - 1)), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The packages of the classes that are referred to. */
    static Set<String> references(byte[] bytes) {
        Set<String> packages = new HashSet<>();
        classes(bytes).forEach(name -> packages.add(packageOf(name)));
        packages.remove(packageOf(new ClassReader(bytes).getClassName().replace('/', '.')));
        packages.remove("");
        return packages;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The classes that are referred to, by their names with dots. */
    static Set<String> classes(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> classes = new HashSet<>();
        for (int item = 1; item < reader.getItemCount(); item++) {
            int at = reader.getItem(item);
            switch (at == 0 ? 0 : reader.readByte(at - 1)) {
                case 7 -> add(classes, Type.getObjectType(reader.readUTF8(at, buffer)));
                case 12 -> add(classes, Type.getType(reader.readUTF8(at + 2, buffer)));
                case 16 -> add(classes, Type.getType(reader.readUTF8(at, buffer)));
                default -> {}
            }
        }
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(int access, String name, String type, String generic, Object value) {
                        add(classes, Type.getType(type));
                        return null;
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] exceptions) {
                        add(classes, Type.getType(type));
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return classes;
    }

    private static void add(Set<String> classes, Type type) {
        switch (type.getSort()) {
            case Type.METHOD -> {
                add(classes, type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    add(classes, argument);
                }
            }
            case Type.ARRAY -> add(classes, type.getElementType());
            case Type.OBJECT -> classes.add(type.getClassName());
            default -> {}
        }
    }

    /** The specification's numbers, written down once more. */
    private static ConstantKind kind(int tag) {
        return switch (tag) {
            case 1 -> ConstantKind.UTF8;
            case 3 -> ConstantKind.INTEGER;
            case 4 -> ConstantKind.FLOAT;
            case 5 -> ConstantKind.LONG;
            case 6 -> ConstantKind.DOUBLE;
            case 7 -> ConstantKind.CLASS;
            case 8 -> ConstantKind.STRING;
            case 9 -> ConstantKind.FIELDREF;
            case 10 -> ConstantKind.METHODREF;
            case 11 -> ConstantKind.INTERFACE_METHODREF;
            case 12 -> ConstantKind.NAME_AND_TYPE;
            case 15 -> ConstantKind.METHOD_HANDLE;
            case 16 -> ConstantKind.METHOD_TYPE;
            case 17 -> ConstantKind.DYNAMIC;
            case 18 -> ConstantKind.INVOKE_DYNAMIC;
            case 19 -> ConstantKind.MODULE;
            case 20 -> ConstantKind.PACKAGE;
            default -> throw new AssertionError("tag " + tag);
        };
    }
}
