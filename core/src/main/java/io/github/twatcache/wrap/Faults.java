package io.github.twatcache.wrap;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with an interface, collected to be told at once. Used by one thread. */
public final class Faults {
    private final String type;
    private final Set<ConfigurationFault> faults = new LinkedHashSet<>();
    private final List<Throwable> causes = new ArrayList<>();

    /**
     * Starts without any.
     *
     * @param type the interface
     */
    Faults(Class<?> type) {
        this.type = type.getName();
    }

    /**
     * Adds one.
     *
     * @param place what it is about, such as {@code "@Cached on forecast(String, int)"}
     * @param problem what is wrong and what to do
     */
    public void add(String place, String problem) {
        faults.add(new ConfigurationFault(type, place, null, problem));
    }

    /**
     * Adds one that was thrown.
     *
     * @param place what it is about
     * @param thrown its message says what is wrong
     */
    public void add(String place, RuntimeException thrown) {
        add(place, String.valueOf(thrown.getMessage()));
        causes.add(thrown);
    }

    /**
     * Whether there are any.
     *
     * @return whether none was added
     */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    int size() {
        return faults.size();
    }

    /**
     * Throws them all.
     *
     * @throws ConfigurationException when there are any; what was thrown is among its suppressed exceptions
     */
    public void raise() {
        if (!isEmpty()) {
            ConfigurationException all = new ConfigurationException(List.copyOf(faults));
            causes.forEach(all::addSuppressed);
            throw all;
        }
    }
}
