package io.github.twatcache.spi;

import java.util.Objects;
import java.util.function.Supplier;

/** Whether an engine, a format or a compressor can run here. */
public sealed interface Availability {
    /** It can. */
    record Available() implements Availability {}

    /**
     * It cannot.
     *
     * @param why what is missing or in the way
     * @param mend what to do: the artifact to add, the server to start, the permission to give
     */
    record Unavailable(String why, String mend) implements Availability {}

    /**
     * What there is to say of something that is nothing without a library.
     *
     * <pre>{@code
     * public Availability availability() {
     *     return Availability.needing(() -> SQLiteConfig.class, "org.xerial:sqlite-jdbc");
     * }
     * }</pre>
     *
     * @param library names a class of the library, which is not initialised; whoever asks must load without the library
     *     itself, so no class of that stands in its fields, its signatures or its {@code catch} clauses
     * @param artifact what brings the library, such as {@code "org.xerial:sqlite-jdbc"}
     * @return available where the class can be loaded
     */
    static Availability needing(Supplier<Class<?>> library, String artifact) {
        try {
            Objects.requireNonNull(library.get(), "library names no class");
            return new Available();
        } catch (LinkageError missing) {
            return new Unavailable(
                    "its library cannot be loaded (" + missing + ")",
                    "add the artifact " + artifact + " to the class path");
        }
    }

    /**
     * What something says of itself, where it may fail to say it.
     *
     * @param asked asks it
     * @return what it says; unavailable where it throws
     */
    static Availability said(Supplier<Availability> asked) {
        try {
            return asked.get();
        } catch (VirtualMachineError | ThreadDeath ofTheJvm) {
            throw ofTheJvm;
        } catch (Throwable failed) {
            return new Unavailable(
                    "it failed to say whether it can run: " + failed,
                    "see whether all that it needs is on the class path");
        }
    }
}
