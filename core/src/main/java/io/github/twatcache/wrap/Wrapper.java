package io.github.twatcache.wrap;

import io.github.twatcache.error.ConfigurationException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts an object between an interface and its target: one of a class spun for it, or a proxy of the JDK's. */
public final class Wrapper {
    private static final String SPIN = "twat.cache.spin";

    private final Plan plan;
    private final Access access;

    private Wrapper(Plan plan, Access access) {
        this.plan = plan;
        this.access = access;
    }

    /**
     * Prepares to carry a plan out.
     *
     * @param plan the plan
     * @param lookup reaches the interface; {@code null} where it is to be reached from here
     * @return a wrapper
     * @throws ConfigurationException when the interface cannot be reached
     */
    public static Wrapper of(Plan plan, MethodHandles.@Nullable Lookup lookup) {
        return new Wrapper(plan, Access.to(plan.type(), lookup));
    }

    /**
     * A method of the target, to be called as it is.
     *
     * @param method a method of the plan
     * @return calls it
     * @throws ConfigurationException when it cannot be reached
     */
    public Call call(Method method) {
        return access.call(plan.type(), method, plan.target());
    }

    /**
     * Makes the wrapped object.
     *
     * @param parts what it is made of
     * @return the object; a {@link Proxy} where no class can be defined
     */
    public Object wrap(Parts parts) {
        if (access.spins() && mayDefine()) {
            try {
                return spun(parts);
            } catch (ReflectiveOperationException | UnsupportedOperationException cannotDefine) {
                return proxy(parts);
            }
        }
        return proxy(parts);
    }

    /**
     * Why the wrapped object is a proxy, where it is one.
     *
     * @return a half-sentence: why, and what mends it
     */
    public String whyProxy() {
        if (!mayDefine()) {
            return SPIN + " is false";
        }
        return access.spins()
                ? "this platform defines no classes at run time"
                : "it is not public; call wrap(MethodHandles.lookup(), ...) beside it for a class of its own";
    }

    private static boolean mayDefine() {
        return !"false".equals(System.getProperty(SPIN));
    }

    private Object spun(Parts parts) throws ReflectiveOperationException {
        MethodHandles.Lookup own = access.defines();
        MethodHandles.Lookup lookup = own == null ? SpunLoader.lookup(plan.type()) : own;
        Weaver weaver = new Weaver(lookup.lookupClass().getPackageName(), plan);
        byte[] bytes = weaver.write(parts);
        MethodHandles.Lookup spun = lookup.defineHiddenClassWithClassData(bytes, weaver.constants(), true);
        try {
            return spun.findConstructor(spun.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (ReflectiveOperationException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a constructor that does nothing has thrown", impossible);
        }
    }

    private Object proxy(Parts parts) {
        Map<Methods.Signature, Call> meant = meant(parts);
        Map<Method, Call> calls = new HashMap<>();
        for (Method method : plan.type().getMethods()) {
            Method answering = method.isBridge() ? Methods.unbridged(method, plan.methods()) : method;
            Call call = meant.get(Methods.Signature.of(answering));
            if (call != null) {
                calls.put(method, call);
            }
        }
        return Proxy.newProxyInstance(
                plan.type().getClassLoader(),
                new Class<?>[] {plan.type(), Wrapped.class},
                new Handler(plan.target(), Map.copyOf(calls)));
    }

    /** What each method does, whichever interface declares it. */
    private Map<Methods.Signature, Call> meant(Parts parts) {
        Map<Methods.Signature, Call> calls = new HashMap<>();
        for (int i = 0; i < plan.cached().size(); i++) {
            CachedMethod cached = plan.cached().get(i);
            calls.put(
                    Methods.Signature.of(cached.method()),
                    Functions.call(parts.memoized().get(i), cached.packed()));
        }
        for (int i = 0; i < plan.changing().size(); i++) {
            calls.put(
                    Methods.Signature.of(plan.changing().get(i).method()),
                    parts.changes().get(i));
        }
        plan.direct().forEach(method -> calls.put(Methods.Signature.of(method), call(method)));
        plan.aliases().forEach((alias, method) -> {
            Call call = calls.get(Methods.Signature.of(method));
            if (call != null) {
                calls.put(Methods.Signature.of(alias), call);
            }
        });
        return calls;
    }

    private record Handler(Object target, Map<Method, Call> calls) implements InvocationHandler {
        private static final @Nullable Object[] NONE = {};

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            Call call = calls.get(method);
            @Nullable Object[] given = arguments == null ? NONE : arguments;
            if (call != null) {
                return call.call(given);
            }
            return switch (method.getName()) {
                case "equals" -> Wrapped.equal((Wrapped) proxy, given[0]);
                case "hashCode" -> target.hashCode();
                case "toString" -> target.toString();
                default -> target;
            };
        }
    }
}
