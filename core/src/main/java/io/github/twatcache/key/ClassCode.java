package io.github.twatcache.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class file without debug data: each method as a list of what its instructions say, in order. */
final class ClassCode extends ClassVisitor {
    /** The methods by name and descriptor, in order of these. */
    final Map<String, Method> methods = new TreeMap<>();

    /** The fields by name and descriptor; the value is that of a constant, else empty. */
    final Map<String, String> fields = new TreeMap<>();

    final List<String> parents = new ArrayList<>();
    final List<String> nestMembers = new ArrayList<>();
    String name = "";
    String nestHost = "";

    private ClassCode() {
        super(Opcodes.ASM9);
    }

    /**
     * Reads a class file.
     *
     * @param bytes the class file
     * @return what it says
     * @throws IllegalArgumentException when the class file is newer than what can be read
     */
    static ClassCode of(byte[] bytes) {
        ClassCode code = new ClassCode();
        new ClassReader(bytes).accept(code, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return code;
    }

    /**
     * A method.
     *
     * @param access its modifiers
     * @param name its name
     * @param descriptor its descriptor
     * @param says strings, boxed numbers, {@link Call} and {@link StaticRead}
     */
    record Method(int access, String name, String descriptor, List<Object> says) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }

    /** A method that is called or referred to. */
    record Call(int opcode, String owner, String name, String descriptor) {}

    /** A static field that is read. */
    record StaticRead(String owner, String name, String descriptor) {}

    @Override
    public void visit(
            int version,
            int access,
            String className,
            @Nullable String signature,
            @Nullable String parent,
            String @Nullable [] interfaces) {
        name = className;
        nestHost = className;
        if (parent != null) {
            parents.add(parent);
        }
        if (interfaces != null) {
            parents.addAll(List.of(interfaces));
        }
    }

    @Override
    public void visitNestHost(String host) {
        nestHost = host;
    }

    @Override
    public void visitNestMember(String member) {
        nestMembers.add(member);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String desc, @Nullable String signature, @Nullable Object value) {
        if ((access & Opcodes.ACC_SYNTHETIC) == 0) {
            fields.put(field + desc, value == null ? "" : value.getClass().getName() + value);
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String desc, @Nullable String signature, String @Nullable [] exceptions) {
        List<Object> says = new ArrayList<>();
        methods.put(method + desc, new Method(access, method, desc, says));
        return new Instructions(says);
    }
}
