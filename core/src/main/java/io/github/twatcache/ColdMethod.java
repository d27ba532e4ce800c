package io.github.twatcache;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps what follows on a miss out of the code of a hit.
 *
 * <p>HotSpot inlines by what a method was called for while its cache was being filled, and then finds the whole of
 * loading in {@code apply}: more code than it is willing to inline into {@code apply}'s own callers. So the method
 * {@value #NAME} is filled up with instructions that do nothing until it is larger than what HotSpot ever inlines
 * ({@code FreqInlineSize}, 325 bytes). They are gone once it is compiled; {@code apply} stays small, and a hit becomes part
 * of whoever calls it.
 */
final class ColdMethod extends ClassVisitor {
    /** The method of the {@code Memo} classes that a miss runs. */
    static final String NAME = "missed";

    private static final int NEVER_INLINED = 326;

    private ColdMethod(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** The byte code of a class whose method {@value #NAME} is too large to be inlined. */
    static byte[] padded(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ColdMethod(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
        return name.equals(NAME) ? new Padding(method) : method;
    }

    private static final class Padding extends MethodVisitor {
        Padding(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            for (int i = 0; i < NEVER_INLINED; i++) {
                visitInsn(Opcodes.NOP);
            }
        }
    }
}
