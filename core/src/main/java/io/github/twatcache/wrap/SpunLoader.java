package io.github.twatcache.wrap;

import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class loader for one class that implements an interface which is public to all: it sees what the interface's loader
 * sees, and of this library what the class is written against. It goes when the wrapped object goes.
 */
final class SpunLoader extends ClassLoader {
    private static final String OURS = "io.github.twatcache.";
    private static final String ANCHOR = OURS + "spun.Anchor";
    private static final String LOOKUP = "()Ljava/lang/invoke/MethodHandles$Lookup;";

    private SpunLoader(@Nullable ClassLoader parent) {
        super(parent);
    }

    /** A look-up object that may define classes in a loader below that of the interface. */
    static MethodHandles.Lookup lookup(Class<?> type) throws ReflectiveOperationException {
        SpunLoader loader = new SpunLoader(type.getClassLoader());
        byte[] bytes = anchor();
        Class<?> anchor = loader.defineClass(ANCHOR, bytes, 0, bytes.length);
        return (MethodHandles.Lookup) anchor.getMethod("lookup").invoke(null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        // The loader of an interface need see no more of this library than the annotations.
        if (name.startsWith(OURS)) {
            return Class.forName(name, false, SpunLoader.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }

    /** A class that gives its look-up object away. */
    private static byte[] anchor() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_SUPER,
                ANCHOR.replace('.', '/'),
                null,
                "java/lang/Object",
                null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "lookup", LOOKUP, null, null);
        code.visitCode();
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/invoke/MethodHandles", "lookup", LOOKUP, false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
