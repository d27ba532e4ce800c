package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.Nil;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function taken apart: the method that implements it and what it has captured.
 *
 * @param form how the method is reached
 * @param implementation the method
 * @param captured the values that stand before the arguments, a receiver first; may hold {@code null}
 * @param lambda the compiler's description, {@code null} for an object of an ordinary class
 */
record Callee(
        Form form,
        Implementation implementation,
        List<@Nullable Object> captured,
        @Nullable SerializedLambda lambda) {
    /** How a function reaches its method. */
    enum Form {
        LAMBDA("lambda"),
        STATIC("reference to a static method"),
        BOUND("reference to a method of a captured receiver"),
        UNBOUND("reference to a method of its first argument"),
        CONSTRUCTOR("reference to a constructor"),
        OBJECT("object of a class that implements the function type");

        final String words;

        Form(String words) {
            this.words = words;
        }
    }

    static Callee of(Serializable function) {
        Serializable behind = function;
        while (behind instanceof Memoized memoized) {
            behind = memoized.originalFunction();
        }
        SerializedLambda lambda = LambdaCapture.of(behind);
        Class<?> declared = lambda == null ? null : load(lambda.getImplClass(), behind.getClass());
        return lambda == null || declared == null ? object(behind) : reference(lambda, declared);
    }

    /** A method of an object that is known beforehand, without a compiler's description. */
    static Callee bound(Implementation method, List<@Nullable Object> captured) {
        return new Callee(Form.BOUND, method, captured, null);
    }

    private static Callee reference(SerializedLambda lambda, Class<?> declared) {
        List<@Nullable Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(lambda.getCapturedArg(i));
        }
        String method = lambda.getImplMethodName();
        String descriptor = lambda.getImplMethodSignature();
        Object receiver = captured.isEmpty() ? null : captured.get(0);
        Form form;
        Class<?> called = declared;
        switch (lambda.getImplMethodKind()) {
            case MethodHandleInfo.REF_newInvokeSpecial -> form = Form.CONSTRUCTOR;
            case MethodHandleInfo.REF_invokeStatic -> form = Form.STATIC;
            default -> {
                form = captured.isEmpty() ? Form.UNBOUND : Form.BOUND;
                if (receiver != null) {
                    called = receiver.getClass();
                }
            }
        }
        Implementation implementation = Implementation.resolve(called, method, descriptor);
        if (called != declared && Implementation.isPrivate(declared, method, descriptor)) {
            implementation = new Implementation(called, declared, method, descriptor);
        }
        if (method.startsWith("lambda$")) {
            form = Form.LAMBDA;
        }
        return new Callee(form, implementation, Collections.unmodifiableList(captured), lambda);
    }

    private static Callee object(Serializable function) {
        Class<?> type = function.getClass();
        Method apply = apply(type);
        String descriptor = apply == null
                ? "()V"
                : MethodType.methodType(apply.getReturnType(), apply.getParameterTypes())
                        .toMethodDescriptorString();
        String name = apply == null ? "apply" : apply.getName();
        return new Callee(
                Form.OBJECT,
                Implementation.resolve(type, name, descriptor),
                hasState(type) ? List.of(function) : List.of(),
                null);
    }

    /** The most specific method that implements a function type: not the bridge that erasure asks for. */
    private static @Nullable Method apply(Class<?> type) {
        Method best = null;
        for (Method method : type.getMethods()) {
            if (!method.getName().equals("apply") || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            if (best == null || (best.isBridge() && !method.isBridge())) {
                best = method;
            }
        }
        return best;
    }

    private static boolean hasState(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a receiver, captured or first argument, stands before the descriptor's own parameters. */
    boolean hasReceiver() {
        return lambda != null
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_newInvokeSpecial;
    }

    /**
     * What tells functions apart within this JVM: the method and each captured value, immutable ones by content, any
     * other by the object that it is.
     */
    Space space() {
        List<Object> tokens = new ArrayList<>();
        for (Object value : captured) {
            tokens.add(token(value));
        }
        return new Space(implementation, List.copyOf(tokens));
    }

    private static Object token(@Nullable Object value) {
        if (value == null) {
            return Nil.NIL;
        }
        if (value instanceof Memoized || (value instanceof Serializable s && LambdaCapture.of(s) != null)) {
            return Callee.of((Serializable) value).space();
        }
        // What may change would make two functions one that are so only for now.
        Optional<Digest> content = encoded(value);
        return content.isPresent() && Settler.STANDARD.keeps(value) ? content.get() : new Same(value);
    }

    private static Optional<Digest> encoded(Object value) {
        try {
            return Optional.of(CanonicalEncoding.standard().digest(value));
        } catch (KeyException e) {
            return Optional.empty();
        }
    }

    /**
     * What tells functions apart in any JVM: names, and the captured values that have a canonical encoding.
     *
     * @return an object that can be encoded
     */
    List<Object> stable() {
        List<Object> parts = new ArrayList<>();
        parts.add(implementation.receiver().getName());
        parts.add(implementation.declaring().getName());
        parts.add(implementation.method());
        parts.add(implementation.descriptor());
        for (Object value : captured) {
            if (value instanceof Memoized || (value instanceof Serializable s && LambdaCapture.of(s) != null)) {
                parts.add(Callee.of((Serializable) value).stable());
            } else {
                Optional<Digest> content = value == null ? Optional.empty() : encoded(value);
                parts.add(content.<Object>map(Digest::hex).orElse(Nil.NIL));
            }
        }
        return parts;
    }

    /** Whether {@link #stable} tells the same at any time: nothing that was captured can change. */
    boolean fixed() {
        for (Object value : captured) {
            if (value instanceof Memoized || (value instanceof Serializable s && LambdaCapture.of(s) != null)) {
                if (!Callee.of((Serializable) value).fixed()) {
                    return false;
                }
            } else if (value != null && !fixed(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fixed(Object value) {
        // What has no encoding because of its class has none at any time.
        return Settler.STANDARD.keeps(value)
                || (Kind.of(value.getClass()) == Kind.UNFIT && encoded(value).isEmpty());
    }

    /** Whether {@link #stable} tells as much as {@link #space}: no captured value had to be left out of it. */
    boolean portable() {
        for (Object value : captured) {
            if (value instanceof Memoized || (value instanceof Serializable s && LambdaCapture.of(s) != null)) {
                if (!Callee.of((Serializable) value).portable()) {
                    return false;
                }
            } else if (value != null && encoded(value).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Class<?> load(String internalName, Class<?> near) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, near.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // A hidden class has no name to be found by; the function's own class then stands for it.
            return null;
        }
    }

    /**
     * The key space of a function.
     *
     * @param implementation the method
     * @param captured one token for each captured value
     */
    record Space(Implementation implementation, List<Object> captured) {}

    /** An object that equals itself alone. */
    private static final class Same {
        private final Object object;

        Same(Object object) {
            this.object = object;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Same that && object == that.object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }
}
