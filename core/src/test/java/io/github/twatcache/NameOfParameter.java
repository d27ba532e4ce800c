package io.github.twatcache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads the names of parameters from class files that were compiled with debug data. */
final class NameOfParameter {
    private NameOfParameter() {}

    /** The name as the source says it, in the class of the instance or above, where the method has a body. */
    static String of(Object instance, Method method, int index) {
        int slot = Modifier.isStatic(method.getModifiers()) ? 0 : 1;
        for (int i = 0; i < index; i++) {
            Class<?> type = method.getParameterTypes()[i];
            slot += type == long.class || type == double.class ? 2 : 1;
        }
        for (Class<?> at = instance == null ? method.getDeclaringClass() : instance.getClass();
                at != null;
                at = at.getSuperclass()) {
            String name = local(at, method, slot);
            if (name != null) {
                return name;
            }
        }
        String own = local(method.getDeclaringClass(), method, slot);
        if (own == null) {
            throw new AssertionError("no name for " + method);
        }
        return own;
    }

    private static @Nullable String local(Class<?> in, Method method, int slot) {
        Map<Integer, String> names = new HashMap<>();
        try (InputStream code =
                in.getResourceAsStream(in.getName().substring(in.getName().lastIndexOf('.') + 1) + ".class")) {
            if (code == null) {
                return null;
            }
            new ClassReader(code)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String signature, String[] thrown) {
                                    boolean same = name.equals(method.getName())
                                            && Arrays.equals(
                                                    Type.getArgumentTypes(descriptor), Type.getArgumentTypes(method));
                                    return !same || (access & Opcodes.ACC_BRIDGE) != 0
                                            ? null
                                            : new MethodVisitor(Opcodes.ASM9) {
                                                @Override
                                                public void visitLocalVariable(
                                                        String local,
                                                        String type,
                                                        String generic,
                                                        Label from,
                                                        Label to,
                                                        int index) {
                                                    names.putIfAbsent(index, local);
                                                }
                                            };
                                }
                            },
                            0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names.get(slot);
    }
}
