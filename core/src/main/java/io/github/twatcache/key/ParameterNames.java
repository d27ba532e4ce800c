package io.github.twatcache.key;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds the names of a function's parameters: {@code javac -parameters} writes them, so does {@code javac -g}. */
final class ParameterNames {
    private ParameterNames() {}

    /**
     * Reads the names.
     *
     * @param callee the function
     * @param arity how many arguments it takes
     * @return one name for each argument, or none
     */
    static List<String> of(Callee callee, int arity) {
        Implementation method = callee.implementation();
        byte @Nullable [] bytes = ByteCode.of(method.declaring());
        if (bytes == null || arity == 0) {
            return List.of();
        }
        Reader reader = new Reader(method.method(), method.descriptor());
        try {
            new ClassReader(bytes).accept(reader, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            // A class file newer than what can be read.
            return List.of();
        }
        List<String> names = reader.names();
        if (names.isEmpty() && Type.getArgumentTypes(method.descriptor()).length > 0) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        if (callee.hasReceiver()) {
            all.add("this");
        }
        all.addAll(names);
        int captured = callee.lambda() == null ? 0 : callee.captured().size();
        return all.size() == captured + arity ? List.copyOf(all.subList(captured, all.size())) : List.of();
    }

    private static final class Reader extends ClassVisitor {
        private final String method;
        private final String descriptor;
        private final List<String> parameters = new ArrayList<>();
        private final TreeMap<Integer, String> locals = new TreeMap<>();
        private boolean isStatic;

        Reader(String method, String descriptor) {
            super(Opcodes.ASM9);
            this.method = method;
            this.descriptor = descriptor;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String desc, @Nullable String signature, String @Nullable [] exceptions) {
            if (!name.equals(method) || !desc.equals(descriptor)) {
                return null;
            }
            isStatic = (access & Opcodes.ACC_STATIC) != 0;
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitParameter(@Nullable String parameter, int flags) {
                    if (parameter != null) {
                        parameters.add(parameter);
                    }
                }

                @Override
                public void visitLocalVariable(
                        String local, String type, @Nullable String generic, Label start, Label end, int index) {
                    locals.putIfAbsent(index, local);
                }
            };
        }

        List<String> names() {
            Type[] types = Type.getArgumentTypes(descriptor);
            if (parameters.size() == types.length) {
                return parameters;
            }
            List<String> names = new ArrayList<>();
            int slot = isStatic ? 0 : 1;
            for (Type type : types) {
                String name = locals.get(slot);
                if (name == null) {
                    return List.of();
                }
                names.add(name);
                slot += type.getSize();
            }
            return names;
        }
    }
}
