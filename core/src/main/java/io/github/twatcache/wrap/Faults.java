package io.github.twatcache.wrap;

import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with an interface, collected to be told at once. Used by one thread. */
public final class Faults {
    private final String type;
    private final Set<String> faults = new LinkedHashSet<>();
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
     * @param fault what is wrong and what to do
     */
    public void add(String place, String fault) {
        faults.add(place + ": " + fault);
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
     * @throws ConfigurationException when there are any
     */
    public void raise() {
        if (isEmpty()) {
            return;
        }
        String message = faults.size() == 1
                ? type + " cannot be wrapped: " + faults.iterator().next()
                : type + " cannot be wrapped, for " + faults.size() + " reasons:\n  - " + String.join("\n  - ", faults);
        ConfigurationException all = causes.size() == 1
                ? new ConfigurationException(message, causes.get(0))
                : new ConfigurationException(message);
        if (causes.size() > 1) {
            causes.forEach(all::addSuppressed);
        }
        throw all;
    }
}
