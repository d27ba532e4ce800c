package io.github.twatcache.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts off what would run code of the user's while this room holds a lock, or on a thread that somebody waits for. */
final class Deferral {
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own, and taken out again by the same operation
    private final ThreadLocal<@Nullable List<Runnable>> held = new ThreadLocal<>();

    /** Takes an action to be run later; false when there is no need to wait. */
    boolean takes(Runnable action) {
        List<Runnable> later = held.get();
        if (later == null) {
            return false;
        }
        later.add(action);
        return true;
    }

    /** Runs something, and hands out afterwards what it has put off. */
    <R extends @Nullable Object> R during(Supplier<R> body) {
        if (held.get() != null) {
            return body.get();
        }
        List<Runnable> later = new ArrayList<>();
        held.set(later);
        try {
            return body.get();
        } finally {
            held.remove();
            later.forEach(Runnable::run);
        }
    }

    /** Runs something, and returns what it has put off. */
    List<Runnable> collect(Runnable body) {
        List<Runnable> later = new ArrayList<>();
        held.set(later);
        try {
            body.run();
        } finally {
            held.remove();
        }
        return later;
    }
}
