package io.github.twatcache.key;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Which function this is: the method that implements it, and the values it has captured.
 *
 * <p>Lambdas and method references of a serializable function type tell both without being written anywhere, also from
 * a module that opens nothing. Any other object is its class, and has captured itself where the class has fields.
 *
 * <p>Immutable and thread-safe. Making one costs some microseconds to milliseconds: it is for {@code memoize}, not for
 * calls.
 */
public final class FunctionIdentity {
    private final Callee callee;
    private final List<Class<?>> parameterTypes;
    private final Class<?> returnType;
    private final List<String> parameterNames;
    private final Object space;
    private final @Nullable Implementation through;
    private @Nullable Fingerprint fingerprint;
    private volatile boolean fingerprinted;

    private FunctionIdentity(Callee callee, List<Class<?>> parameterTypes, Class<?> returnType) {
        this.callee = callee;
        this.parameterTypes = parameterTypes;
        this.returnType = returnType;
        this.parameterNames = ParameterNames.of(callee, parameterTypes.size());
        this.space = callee.space();
        this.through = null;
    }

    private FunctionIdentity(
            Callee callee, Implementation through, List<Class<?>> parameterTypes, Class<?> returnType) {
        this.callee = callee;
        this.through = through;
        this.parameterTypes = parameterTypes;
        this.returnType = returnType;
        // What the interface calls its parameters is what its users see.
        List<String> names = ParameterNames.of(Callee.bound(through, callee.captured()), parameterTypes.size());
        this.parameterNames = names.isEmpty() ? ParameterNames.of(callee, parameterTypes.size()) : names;
        this.space = List.of(through, callee.space());
    }

    /**
     * Finds out which function an object is. A memoized function is the function behind it.
     *
     * @param function the function
     * @param functionType the type it is called through, such as {@code Fn2.class}
     * @param arity how many arguments it takes, 0 to 5
     * @return its identity
     */
    public static FunctionIdentity of(Serializable function, Class<?> functionType, int arity) {
        Callee callee = Callee.of(function);
        MethodType declared = declared(callee);
        MethodType called = called(callee, arity);
        if (declared == null || declared.parameterCount() != arity) {
            declared = called;
        }
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            types.add(known(declared.parameterType(i), called.parameterType(i)));
        }
        Class<?> result = declared.returnType().isPrimitive()
                ? declared.returnType()
                : narrower(declared.returnType(), called.returnType());
        return new FunctionIdentity(callee, Collections.unmodifiableList(types), result);
    }

    /**
     * The identity of an interface's method, called on one object. It is the same for every object of the interface, as
     * far as names go; the object, as a captured value, keeps the key spaces apart.
     *
     * @param receiver the object
     * @param type the interface through which it is called
     * @param method the method, which the interface declares or inherits
     * @param parameterTypes the types of its arguments, as far as known
     * @param returnType the type of its result, as far as known
     * @return its identity
     */
    public static FunctionIdentity of(
            Object receiver, Class<?> type, Method method, List<Class<?>> parameterTypes, Class<?> returnType) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        Implementation code = Implementation.resolve(receiver.getClass(), method.getName(), descriptor)
                .unbridged(parameterTypes);
        Implementation through = new Implementation(type, method.getDeclaringClass(), method.getName(), descriptor);
        return new FunctionIdentity(
                Callee.bound(code, List.of(receiver)), through, List.copyOf(parameterTypes), returnType);
    }

    /** The parameters that the implementing method declares for the arguments, and its result. */
    private static @Nullable MethodType declared(Callee callee) {
        Implementation method = callee.implementation();
        try {
            MethodType type = MethodType.fromMethodDescriptorString(
                    method.descriptor(), method.declaring().getClassLoader());
            if (callee.hasReceiver()) {
                type = type.insertParameterTypes(0, method.receiver());
            }
            if (callee.form() == Callee.Form.CONSTRUCTOR) {
                type = type.changeReturnType(method.declaring());
            }
            return callee.lambda() == null
                    ? type
                    : type.dropParameterTypes(0, callee.captured().size());
        } catch (TypeNotPresentException e) {
            return null;
        }
    }

    /** The arguments and the result as the call site knows them. */
    private static MethodType called(Callee callee, int arity) {
        if (callee.lambda() != null) {
            try {
                MethodType type = MethodType.fromMethodDescriptorString(
                        callee.lambda().getInstantiatedMethodType(),
                        callee.implementation().declaring().getClassLoader());
                if (type.parameterCount() == arity) {
                    return type;
                }
            } catch (TypeNotPresentException e) {
                return MethodType.genericMethodType(arity);
            }
        }
        return MethodType.genericMethodType(arity);
    }

    /** A primitive is known by what the caller boxes: an Integer may be widened to the long that the method declares. */
    private static Class<?> known(Class<?> declared, Class<?> called) {
        if (!declared.isPrimitive()) {
            return narrower(declared, called);
        }
        Class<?> unboxed = MethodType.methodType(called).unwrap().returnType();
        return unboxed.isPrimitive() ? unboxed : called;
    }

    private static Class<?> narrower(Class<?> declared, Class<?> called) {
        return called.isAssignableFrom(declared) ? declared : called;
    }

    /**
     * The function's own name, fully qualified: {@code com.acme.UserApi.fetchUser}, {@code com.acme.User.new},
     * {@code com.acme.Main.lambda$main$7b4335b0$1}. A method of a captured receiver is named after the receiver's class, one
     * of a wrapped interface after the interface.
     *
     * @return the name; of functions that are not {@link #nameable} it may differ between runs and builds
     */
    public String name() {
        if (through != null) {
            return through.receiver().getName() + "." + through.method();
        }
        Implementation method = callee.implementation();
        Class<?> owner = callee.form() == Callee.Form.BOUND ? method.receiver() : method.declaring();
        if (callee.form() == Callee.Form.OBJECT) {
            owner = method.receiver();
        }
        return owner.getName().replace('/', '.')
                + "."
                + (callee.form() == Callee.Form.CONSTRUCTOR ? "new" : method.method());
    }

    /**
     * Whether the name stands for the function alone, in any run: not so for lambdas, anonymous classes, methods of the
     * JDK's functional types, and functions that have captured something.
     *
     * @return whether {@link #name} may serve as the name of a persistent cache
     */
    public boolean nameable() {
        Class<?> declaring = callee.implementation().declaring();
        return callee.captured().isEmpty()
                && callee.form() != Callee.Form.LAMBDA
                && !declaring.isAnonymousClass()
                && !declaring.isHidden()
                && !declaring.isSynthetic()
                && !functional(declaring);
    }

    private static boolean functional(Class<?> type) {
        return type.isInterface()
                && type.getClassLoader() == null
                && (type.isAnnotationPresent(FunctionalInterface.class)
                        || type.getPackageName().equals("java.util.function"));
    }

    /** Whether the name means the same in any run: the function's own, or that of an interface's method. */
    boolean named() {
        return through != null || nameable();
    }

    /**
     * Whether each captured value has a canonical encoding, so that the identity means the same in any JVM. Where it has
     * not, a persistent cache needs a name that stands for the captured state.
     *
     * @return whether nothing was captured but what can be encoded
     */
    public boolean portable() {
        return callee.portable();
    }

    /**
     * The method behind the function, with the class of a captured receiver.
     *
     * @return an object with equals: the same for functions that one method implements
     */
    public Object implementation() {
        return through == null ? callee.implementation() : through;
    }

    /**
     * The implementation and the captured values: immutable ones that can be encoded by content, any other by the object
     * that it is, memoized functions by the function behind them.
     *
     * @return an object with equals: the same for functions that may share results in this JVM
     */
    public Object space() {
        return space;
    }

    /**
     * The types of the arguments, as far as known: primitive where the implementing method declares a primitive, else
     * the more specific of what it declares and what the call site knows.
     *
     * @return one type for each argument
     */
    public List<Class<?>> parameterTypes() {
        return parameterTypes;
    }

    /**
     * The names of the parameters, from the class file. The receiver of an unbound reference is called {@code this}.
     *
     * @return one name for each argument, or none at all when they are not known
     */
    public List<String> parameterNames() {
        return parameterNames;
    }

    /**
     * The type of the result, as far as known.
     *
     * @return the more specific of what the implementing method declares and what the call site knows
     */
    public Class<?> returnType() {
        return returnType;
    }

    /**
     * The type of the result with the type's arguments, where a method's reference tells them; a lambda does not.
     *
     * @return the type; {@link #returnType} where nothing more is known
     */
    public java.lang.reflect.Type resultType() {
        return callee.implementation().result(returnType);
    }

    /**
     * The digest of the byte code behind the function, computed at the first call.
     *
     * @return the fingerprint, empty where there is no byte code to be had
     */
    public Optional<Fingerprint> fingerprint() {
        if (!fingerprinted) {
            fingerprint = Fingerprint.of(this, List.of()).orElse(null);
            fingerprinted = true;
        }
        return Optional.ofNullable(fingerprint);
    }

    /** The name with the types of the parameters and of the result, as the implementing method declares them. */
    String signature() {
        Type method = Type.getMethodType(callee.implementation().descriptor());
        StringJoiner types = new StringJoiner(", ", "(", ")");
        for (Type type : method.getArgumentTypes()) {
            types.add(type.getClassName());
        }
        return method.getReturnType().getClassName() + " " + name() + types;
    }

    Callee callee() {
        return callee;
    }

    /** {@inheritDoc} For messages: the method, its descriptor, and how it is reached. */
    @Override
    public String toString() {
        StringJoiner types = new StringJoiner(", ", "(", ")");
        for (Type type : Type.getArgumentTypes(callee.implementation().descriptor())) {
            String full = type.getClassName();
            types.add(full.substring(full.lastIndexOf('.') + 1));
        }
        return name() + types + " (" + (through == null ? callee.form().words : "method of a wrapped interface") + ")";
    }
}
