package io.github.twatcache.key;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What a record class tells of how its objects compare, and the way to their components. */
final class RecordTraits {
    private static final ClassValue<RecordTraits> TRAITS = new ClassValue<>() {
        @Override
        protected RecordTraits computeValue(Class<?> type) {
            return new RecordTraits(type);
        }
    };

    private final RecordShape shape;
    private final List<Class<?>> componentTypes;
    private final boolean plain;

    private RecordTraits(Class<?> type) {
        this.shape = RecordShape.of(type);
        this.componentTypes = Arrays.stream(type.getRecordComponents())
                .<Class<?>>map(RecordComponent::getType)
                .toList();
        this.plain = DeclaredTypes.plain(type);
    }

    static RecordTraits of(Class<?> type) {
        return TRAITS.get(type);
    }

    List<Class<?>> componentTypes() {
        return componentTypes;
    }

    /** Whether the component types alone tell that the record's equals goes by content, and that nothing can change. */
    boolean plain() {
        return plain;
    }

    /** Whether the components can be read: the record's module exports or opens its package to this one. */
    boolean readable() {
        return shape.obstacle(false) == null;
    }

    @Nullable Object[] read(Object object) {
        @Nullable Object[] values = new @Nullable Object[componentTypes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.component(object, i);
        }
        return values;
    }

    /**
     * Makes a record of components, by its canonical constructor.
     *
     * @param values the components
     * @return the record
     */
    Object make(@Nullable Object[] values) {
        try {
            return shape.make(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the canonical constructor of " + shape.type.getName() + " threw", e);
        }
    }

    /**
     * Whether a record class was written with an equals of its own, which is trusted like that of any user class.
     *
     * @param type the record class
     * @return false where equals is what the compiler makes, or there is no byte code to tell
     */
    static boolean ownEquals(Class<?> type) {
        byte @Nullable [] bytes = ByteCode.of(type);
        if (bytes == null) {
            return false;
        }
        EqualsReader reader = new EqualsReader();
        try {
            new ClassReader(bytes).accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return !reader.generated;
    }

    private static final class EqualsReader extends ClassVisitor {
        private boolean generated;

        EqualsReader() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String desc, @Nullable String signature, String @Nullable [] exceptions) {
            if (!name.equals("equals") || !desc.equals("(Ljava/lang/Object;)Z")) {
                return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(
                        String call, String callDesc, Handle bootstrap, Object... arguments) {
                    generated |= bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods");
                }
            };
        }
    }
}
