package io.github.twatcache.key;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the class of the keys of one function, as this source would be for {@code f(int, String)}:
 *
 * <pre>{@code
 * final class Key extends CallKey implements KeyMaker2 {
 *     int a;
 *     Object b;
 *
 *     public Object key(Object a, Object b) {
 *         return new Key((Integer) a, b);
 *     }
 *
 *     public boolean equals(Object other) {
 *         if (this == other) return true;
 *         if (!(other instanceof Key)) return false;
 *         Key that = (Key) other;
 *         if (a != that.a) return false;
 *         return b == that.b || (that.b != null && that.b.equals(b));
 *     }
 * }
 * }</pre>
 *
 * <p>A class of its own gives the JIT profiles of its own, in which each call of an argument's equals and hashCode has
 * one receiver; for the same reason nothing goes through methods that the whole JDK shares, such as Objects.equals.
 * References are held as Object, so that the class links to none of the user's. The class is hidden and weak: it dies
 * with the last key and the maker. What all keys of the class share is its class data.
 *
 * <p>A store asks the key that is looked up whether it equals the stored one. It is the stored argument that decides
 * first; where a collection may come, both must say so ({@link CallKey#agrees}).
 */
final class KeySpinner {
    private static final String SUPER = Type.getInternalName(CallKey.class);
    private static final String NAME = SUPER + "$Spun";
    private static final String SHAPE = Type.getDescriptor(CallShape.class);
    private static final String OBJECT = "java/lang/Object";
    private static final String ANY = "Ljava/lang/Object;";
    private static final String MAKER = Type.getInternalName(KeyMaker1.class);

    private final CallShape shape;
    private final List<CallShape.Parameter> parameters;
    private final Type[] fields;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private KeySpinner(CallShape shape) {
        this.shape = shape;
        this.parameters = shape.significant();
        this.fields = new Type[parameters.size()];
        for (int i = 0; i < fields.length; i++) {
            Class<?> type = parameters.get(i).type();
            fields[i] = Type.getType(type.isPrimitive() ? type : Object.class);
        }
    }

    /**
     * Spins the class of a function's keys.
     *
     * @param shape what its keys share; takes one argument or more
     * @return a key without arguments that makes the others, {@code null} where the platform defines no hidden class
     */
    static @Nullable CallKey spin(CallShape shape) {
        byte[] bytes = new KeySpinner(shape).write();
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, shape, true);
            return (CallKey) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | UnsupportedOperationException | SecurityException e) {
            return null;
        }
    }

    private byte[] write() {
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_SUPER,
                NAME,
                null,
                SUPER,
                new String[] {MAKER.substring(0, MAKER.length() - 1) + shape.arity()});
        for (int i = 0; i < fields.length; i++) {
            writer.visitField(Opcodes.ACC_PRIVATE, field(i), fields[i].getDescriptor(), null, null)
                    .visitEnd();
        }
        writeEmptyConstructor();
        writeConstructor();
        writeKey();
        writeEquals();
        writeHashCode();
        writeShape();
        writeHeld();
        writeHolding();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static String field(int position) {
        return "a" + position;
    }

    private MethodVisitor begin(int access, String name, String descriptor) {
        MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void writeEmptyConstructor() {
        MethodVisitor code = begin(0, "<init>", "()V");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private String constructorDescriptor() {
        return Type.getMethodDescriptor(Type.VOID_TYPE, fields);
    }

    private void writeConstructor() {
        MethodVisitor code = begin(0, "<init>", constructorDescriptor());
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        int slot = 1;
        for (int i = 0; i < fields.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(fields[i].getOpcode(Opcodes.ILOAD), slot);
            code.visitFieldInsn(Opcodes.PUTFIELD, NAME, field(i), fields[i].getDescriptor());
            slot += fields[i].getSize();
        }
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private void writeKey() {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "key", "(" + ANY.repeat(shape.arity()) + ")" + ANY);
        code.visitTypeInsn(Opcodes.NEW, NAME);
        code.visitInsn(Opcodes.DUP);
        for (int i = 0; i < fields.length; i++) {
            if (parameters.get(i).prepared()) {
                loadShape(code);
                code.visitIntInsn(Opcodes.BIPUSH, i);
            }
            code.visitVarInsn(Opcodes.ALOAD, 1 + parameters.get(i).index());
            if (parameters.get(i).prepared()) {
                code.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        Type.getInternalName(CallShape.class),
                        "prepared",
                        "(I" + ANY + ")" + ANY,
                        false);
            }
            unbox(code, fields[i]);
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, NAME, "<init>", constructorDescriptor(), false);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void writeEquals() {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "equals", "(" + ANY + ")Z");
        Label other = new Label();
        Label differs = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitJumpInsn(Opcodes.IF_ACMPNE, other);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(other);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.INSTANCEOF, NAME);
        code.visitJumpInsn(Opcodes.IFEQ, differs);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.CHECKCAST, NAME);
        code.visitVarInsn(Opcodes.ASTORE, 2);
        boolean first = true;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].getSort() == Type.OBJECT) {
                Label next = new Label();
                load(code, 0, i);
                load(code, 2, i);
                code.visitJumpInsn(Opcodes.IF_ACMPEQ, next);
                load(code, 2, i);
                code.visitJumpInsn(Opcodes.IFNULL, differs);
                load(code, 2, i);
                load(code, 0, i);
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OBJECT, "equals", "(" + ANY + ")Z", false);
                code.visitJumpInsn(Opcodes.IFEQ, differs);
                if (parameters.get(i).lopsided()) {
                    load(code, 0, i);
                    load(code, 2, i);
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, SUPER, "agrees", "(" + ANY + ANY + ")Z", false);
                    code.visitJumpInsn(Opcodes.IFEQ, differs);
                }
                code.visitLabel(next);
                if (first) {
                    code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {NAME}, 0, null);
                    first = false;
                } else {
                    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                }
            } else {
                comparePrimitives(code, i, differs);
            }
        }
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(differs);
        code.visitFrame(Opcodes.F_FULL, 2, new Object[] {NAME, OBJECT}, 0, new Object[0]);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
        end(code);
    }

    private void load(MethodVisitor code, int variable, int position) {
        code.visitVarInsn(Opcodes.ALOAD, variable);
        code.visitFieldInsn(Opcodes.GETFIELD, NAME, field(position), fields[position].getDescriptor());
    }

    private void comparePrimitives(MethodVisitor code, int position, Label differs) {
        load(code, 0, position);
        toBits(code, fields[position]);
        load(code, 2, position);
        toBits(code, fields[position]);
        if (fields[position].getSize() == 2) {
            code.visitInsn(Opcodes.LCMP);
            code.visitJumpInsn(Opcodes.IFNE, differs);
        } else {
            code.visitJumpInsn(Opcodes.IF_ICMPNE, differs);
        }
    }

    /** NaN equals itself, and 0.0 does not equal -0.0. */
    private static void toBits(MethodVisitor code, Type type) {
        if (type.getSort() == Type.DOUBLE) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToLongBits", "(D)J", false);
        } else if (type.getSort() == Type.FLOAT) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToIntBits", "(F)I", false);
        }
    }

    private void writeHashCode() {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, "hashCode", "()I");
        code.visitInsn(Opcodes.ICONST_0);
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].getSort() == Type.OBJECT) {
                Label absent = new Label();
                Label next = new Label();
                load(code, 0, i);
                code.visitJumpInsn(Opcodes.IFNULL, absent);
                load(code, 0, i);
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OBJECT, "hashCode", "()I", false);
                code.visitJumpInsn(Opcodes.GOTO, next);
                code.visitLabel(absent);
                code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {Opcodes.INTEGER});
                code.visitInsn(Opcodes.ICONST_0);
                code.visitLabel(next);
                code.visitFrame(
                        Opcodes.F_FULL, 1, new Object[] {NAME}, 2, new Object[] {Opcodes.INTEGER, Opcodes.INTEGER});
            } else {
                load(code, 0, i);
                toBits(code, fields[i]);
                if (fields[i].getSize() == 2) {
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Long", "hashCode", "(J)I", false);
                }
            }
            code.visitInsn(Opcodes.IADD);
            code.visitLdcInsn(Content.SPREAD);
            code.visitInsn(Opcodes.IMUL);
        }
        code.visitInsn(Opcodes.IRETURN);
        end(code);
    }

    private void writeShape() {
        MethodVisitor code = begin(0, "shape", "()" + SHAPE);
        loadShape(code);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private static void loadShape(MethodVisitor code) {
        code.visitLdcInsn(new ConstantDynamic(
                "_",
                SHAPE,
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        "java/lang/invoke/MethodHandles",
                        "classData",
                        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                        false)));
    }

    private void writeHeld() {
        MethodVisitor code = begin(0, "held", "(I)" + ANY);
        for (int i = 0; i < fields.length; i++) {
            Label next = new Label();
            code.visitVarInsn(Opcodes.ILOAD, 1);
            code.visitIntInsn(Opcodes.BIPUSH, i);
            code.visitJumpInsn(Opcodes.IF_ICMPNE, next);
            load(code, 0, i);
            box(code, fields[i]);
            code.visitInsn(Opcodes.ARETURN);
            code.visitLabel(next);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void writeHolding() {
        MethodVisitor code = begin(0, "holding", "([" + ANY + ")L" + SUPER + ";");
        code.visitTypeInsn(Opcodes.NEW, NAME);
        code.visitInsn(Opcodes.DUP);
        for (int i = 0; i < fields.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitIntInsn(Opcodes.BIPUSH, i);
            code.visitInsn(Opcodes.AALOAD);
            unbox(code, fields[i]);
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, NAME, "<init>", constructorDescriptor(), false);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private static String wrapper(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.CHAR -> "java/lang/Character";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            default -> "java/lang/Double";
        };
    }

    private static void unbox(MethodVisitor code, Type type) {
        if (type.getSort() != Type.OBJECT) {
            String wrapper = wrapper(type);
            code.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, wrapper, type.getClassName() + "Value", "()" + type.getDescriptor(), false);
        }
    }

    private static void box(MethodVisitor code, Type type) {
        if (type.getSort() != Type.OBJECT) {
            String wrapper = wrapper(type);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";", false);
        }
    }
}
