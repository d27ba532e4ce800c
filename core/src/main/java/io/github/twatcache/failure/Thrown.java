package io.github.twatcache.failure;

/**
 * What an engine, or other code that is not ours, has thrown. It may be anything: languages without checked exceptions, and
 * libraries that throw past the compiler, do not keep to what a method declares.
 */
public final class Thrown {
    private Thrown() {}

    /**
     * Throws it on when it is the JVM's own, which says nothing of whose code it came through: out of memory or stack, a
     * thread that is stopped. Everything else is a failure of that code.
     *
     * @param thrown what was thrown
     */
    public static void passUnlessFailure(Throwable thrown) {
        if (thrown instanceof VirtualMachineError || thrown instanceof ThreadDeath) {
            throw (Error) thrown;
        }
    }

    /**
     * Throws it as it is.
     *
     * @param <X> what the compiler is to take it for
     * @param thrown what was thrown
     * @return never
     * @throws X always
     */
    @SuppressWarnings("unchecked") // the cast is never executed: X is erased
    public static <X extends Throwable> RuntimeException again(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
