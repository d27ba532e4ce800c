package io.github.twatcache.value;

import java.util.HashSet;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes over what service loaders find; one that cannot be loaded, since a jar that it needs is not there, takes no other with it. */
public final class Providers {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final String what;
    private final Set<String> leftOut = new HashSet<>();

    /**
     * Begins.
     *
     * @param what one of them, in words: {@code "an engine"}
     */
    public Providers(String what) {
        this.what = what;
    }

    /**
     * Takes each; those that fail are left out, each with one warning.
     *
     * @param <T> the type of the service
     * @param loader finds them; a {@link ServiceLoader}, or what was given by hand
     * @param taking takes one, and asks it whatever it must be able to say
     */
    public <T> void each(Iterable<T> loader, Consumer<T> taking) {
        Iterator<T> found = loader.iterator();
        Set<String> broken = new HashSet<>();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                taking.accept(found.next());
            } catch (ServiceConfigurationError | LinkageError fault) {
                String words = fault.getMessage() + (fault.getCause() == null ? "" : " (" + fault.getCause() + ")");
                if (leftOut.add(words)) {
                    LOG.warn(
                            "{} is left out, since it cannot be loaded: {}; add what it needs to the class path, or take"
                                    + " it away",
                            what,
                            words);
                }
                if (!broken.add(words)) {
                    return; // it would say so for ever
                }
            }
        }
    }

    /**
     * What was left out.
     *
     * @return the failures, in words
     */
    public Set<String> leftOut() {
        return Set.copyOf(leftOut);
    }
}
