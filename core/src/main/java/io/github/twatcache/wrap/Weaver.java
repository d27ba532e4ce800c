package io.github.twatcache.wrap;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the class that stands before an object, as this source would be:
 *
 * <pre>{@code
 * final class Weather$Cached implements Weather, Wrapped {
 *     public Forecast forecast(String city, int day) {
 *         return (Forecast) FORECAST.apply(city, Integer.valueOf(day)); // a Fn2: the memoized method
 *     }
 *
 *     public void report(String city, Forecast seen) {
 *         REPORT.call(new Object[] {city, seen}); // a Call: the method, and what is to be removed
 *     }
 *
 *     public List<String> cities() {
 *         return TARGET.cities();
 *     }
 * }
 * }</pre>
 *
 * <p>What stands in capitals are constants of the class: the JIT compiler knows the memoized function's own class, and sees
 * through it to the store. Each wrapped object has a class of its own for that.
 */
final class Weaver {
    private static final String OBJECT = "java/lang/Object";
    private static final String ANY = "Ljava/lang/Object;";
    private static final String FUNCTIONS = "io/github/twatcache/function/Fn";
    private static final String CALL = Type.getInternalName(Call.class);
    private static final String WRAPPED = Type.getInternalName(Wrapped.class);
    private static final int MOST_OF_ONE_BYTE = Byte.MAX_VALUE;

    private final String name;
    private final Plan plan;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final List<Object> constants = new ArrayList<>();

    Weaver(String packageName, Plan plan) {
        String prefix = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        this.name = prefix + plan.type().getSimpleName() + "$Cached";
        this.plan = plan;
    }

    /** Writes the class; {@link #constants} is what it is to be defined with. */
    byte[] write(Parts parts) {
        String type = Type.getInternalName(plan.type());
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_SUPER,
                name,
                null,
                OBJECT,
                new String[] {type, WRAPPED});
        writeConstructor();
        constants.add(plan.target());
        for (int i = 0; i < plan.cached().size(); i++) {
            writeCached(plan.cached().get(i), parts.memoized().get(i));
        }
        for (int i = 0; i < plan.changing().size(); i++) {
            writeCall(plan.changing().get(i).method(), parts.changes().get(i));
        }
        plan.direct().forEach(this::writeDirect);
        plan.aliases().forEach(this::writeAlias);
        writeObjectMethods();
        writer.visitEnd();
        return writer.toByteArray();
    }

    List<Object> constants() {
        return constants;
    }

    private MethodVisitor begin(int access, String method, String descriptor) {
        MethodVisitor code = writer.visitMethod(access, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void writeConstructor() {
        MethodVisitor code = begin(0, "<init>", "()V");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private MethodVisitor begin(Method method) {
        return begin(Opcodes.ACC_PUBLIC, method.getName(), Type.getMethodDescriptor(method));
    }

    private void writeCached(CachedMethod cached, Object memoized) {
        MethodVisitor code = begin(cached.method());
        Type[] parameters = Type.getArgumentTypes(cached.method());
        int arity = cached.packed() ? 1 : parameters.length;
        loadConstant(code, FUNCTIONS + arity, memoized);
        if (cached.packed()) {
            loadArray(code, parameters);
        } else {
            int slot = 1;
            for (Type parameter : parameters) {
                loadBoxed(code, parameter, slot);
                slot += parameter.getSize();
            }
        }
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, FUNCTIONS + arity, "apply", "(" + ANY.repeat(arity) + ")" + ANY, true);
        returnUnboxed(code, Type.getReturnType(cached.method()));
        end(code);
    }

    private void writeCall(Method method, Call call) {
        MethodVisitor code = begin(method);
        loadConstant(code, CALL, call);
        loadArray(code, Type.getArgumentTypes(method));
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "call", "([" + ANY + ")" + ANY, true);
        returnUnboxed(code, Type.getReturnType(method));
        end(code);
    }

    private void writeDirect(Method method) {
        MethodVisitor code = begin(method);
        String type = Type.getInternalName(plan.type());
        loadConstant(code, type, 0);
        int slot = 1;
        for (Type parameter : Type.getArgumentTypes(method)) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
            slot += parameter.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, type, method.getName(), Type.getMethodDescriptor(method), true);
        code.visitInsn(Type.getReturnType(method).getOpcode(Opcodes.IRETURN));
        end(code);
    }

    /** As the compiler's bridges: narrows the arguments, and calls the method that is meant. */
    private void writeAlias(Method alias, Method meant) {
        MethodVisitor code = begin(alias);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        int slot = 1;
        for (Type parameter : Type.getArgumentTypes(meant)) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
            if (!primitive(parameter)) {
                code.visitTypeInsn(Opcodes.CHECKCAST, parameter.getInternalName());
            }
            slot += parameter.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, meant.getName(), Type.getMethodDescriptor(meant), false);
        if (!alias.getReturnType().isAssignableFrom(meant.getReturnType())) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getReturnType(alias).getInternalName());
        }
        code.visitInsn(Type.getReturnType(alias).getOpcode(Opcodes.IRETURN));
        end(code);
    }

    private void writeObjectMethods() {
        if (!plan.answers("wrappedTarget")) {
            MethodVisitor target = begin(Opcodes.ACC_PUBLIC, "wrappedTarget", "()" + ANY);
            loadConstant(target, OBJECT, 0);
            target.visitInsn(Opcodes.ARETURN);
            end(target);
        }
        if (Serializable.class.isAssignableFrom(plan.type()) && !plan.answers("writeReplace")) {
            writeReplace();
        }
        MethodVisitor equals = begin(Opcodes.ACC_PUBLIC, "equals", "(" + ANY + ")Z");
        equals.visitVarInsn(Opcodes.ALOAD, 0);
        equals.visitVarInsn(Opcodes.ALOAD, 1);
        equals.visitMethodInsn(Opcodes.INVOKESTATIC, WRAPPED, "equal", "(L" + WRAPPED + ";" + ANY + ")Z", true);
        equals.visitInsn(Opcodes.IRETURN);
        end(equals);

        writeObjectMethod("hashCode", "()I", Opcodes.IRETURN);
        writeObjectMethod("toString", "()Ljava/lang/String;", Opcodes.ARETURN);
    }

    /** A live cache cannot be written down; without this it could, and never be read again. */
    private void writeReplace() {
        String refusal = Type.getInternalName(NotSerializableException.class);
        MethodVisitor code = begin(Opcodes.ACC_PRIVATE, "writeReplace", "()" + ANY);
        code.visitTypeInsn(Opcodes.NEW, refusal);
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn(plan.type().getName()
                + " is wrapped, tied to its caches, and cannot be serialized; serialize the target (wrappedTarget())");
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, refusal, "<init>", "(Ljava/lang/String;)V", false);
        code.visitInsn(Opcodes.ATHROW);
        end(code);
    }

    private void writeObjectMethod(String method, String descriptor, int opcode) {
        MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method, descriptor);
        loadConstant(code, OBJECT, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OBJECT, method, descriptor, false);
        code.visitInsn(opcode);
        end(code);
    }

    private void loadConstant(MethodVisitor code, String type, Object constant) {
        constants.add(constant);
        loadConstant(code, type, constants.size() - 1);
    }

    private static void loadConstant(MethodVisitor code, String type, int index) {
        code.visitLdcInsn(new ConstantDynamic(
                "_",
                "L" + type + ";",
                new Handle(
                        Opcodes.H_INVOKESTATIC,
                        Type.getInternalName(MethodHandles.class),
                        "classDataAt",
                        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
                        false),
                index));
    }

    private static void loadArray(MethodVisitor code, Type[] parameters) {
        push(code, parameters.length);
        code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        int slot = 1;
        for (int i = 0; i < parameters.length; i++) {
            code.visitInsn(Opcodes.DUP);
            push(code, i);
            loadBoxed(code, parameters[i], slot);
            code.visitInsn(Opcodes.AASTORE);
            slot += parameters[i].getSize();
        }
    }

    private static void push(MethodVisitor code, int number) {
        code.visitIntInsn(number <= MOST_OF_ONE_BYTE ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
    }

    private static void loadBoxed(MethodVisitor code, Type type, int slot) {
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
        if (primitive(type)) {
            String wrapper = wrapper(type);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";", false);
        }
    }

    private static void returnUnboxed(MethodVisitor code, Type type) {
        if (type.getSort() == Type.VOID) {
            code.visitInsn(Opcodes.POP);
        } else if (primitive(type)) {
            String wrapper = wrapper(type);
            code.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, wrapper, type.getClassName() + "Value", "()" + type.getDescriptor(), false);
        } else if (!type.getInternalName().equals(OBJECT)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        }
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    private static boolean primitive(Type type) {
        return type.getSort() < Type.ARRAY;
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
}
