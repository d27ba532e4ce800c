package io.github.twatcache;

import io.github.twatcache.config.Layer;
import io.github.twatcache.config.Settings;
import io.github.twatcache.text.ThreadWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Overrides the settings of the caches that are made inside it, on the thread that opened it; see {@link TwatCache#scope}.
 *
 * <p>A scope inside another adds to it and wins where both speak. What a scope overrides it overrides for each cache made
 * inside, so the same name asked for outside is another cache, with the settings of outside. The caches live on when the
 * scope ends.
 */
public final class Scope implements AutoCloseable {
    private final ThreadLocal<@Nullable Scope> current;
    private final @Nullable Scope outer;
    private final Layer layer;
    private final Thread owner = Thread.currentThread();
    private boolean closed;

    /** Opens a scope. It is in force when this returns. */
    Scope(ThreadLocal<@Nullable Scope> current, Layer layer) {
        this.current = current;
        this.outer = current.get();
        this.layer = layer;
        current.set(this);
    }

    /** What this scope and those around it say, the outermost first. */
    static List<Layer> layers(@Nullable Scope innermost) {
        List<Layer> layers = new ArrayList<>();
        for (Scope scope = innermost; scope != null; scope = scope.outer) {
            layers.add(0, scope.layer);
        }
        return layers;
    }

    /** What scopes say, as values: caches are apart where these differ. */
    static Map<String, Object> overrides(List<Layer> layers) {
        Map<String, Object> overrides = new LinkedHashMap<>();
        for (Layer layer : layers) {
            if (layer.chosen()) {
                overrides.put(Settings.ENGINE.key(), layer.spec().engine());
            }
            layer.spec()
                    .given()
                    .forEach(setting -> layer.spec()
                            .sourced(setting)
                            .ifPresent(given -> overrides.put(setting.key(), given.value())));
        }
        return overrides;
    }

    /**
     * Ends the scope, and with it those that were opened inside it and not closed. Closing again does nothing.
     *
     * @throws IllegalStateException when another thread than the one that opened it closes it
     */
    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a scope belongs to the thread that opened it, " + ThreadWords.of(owner)
                    + ", and was to be closed by " + ThreadWords.of(Thread.currentThread())
                    + "; open and close it in one try statement");
        }
        if (closed) {
            return;
        }
        for (Scope scope = current.get(); scope != null; scope = scope.outer) {
            scope.closed = true;
            if (scope == this) {
                break;
            }
        }
        if (outer == null) {
            current.remove();
        } else {
            current.set(outer);
        }
    }

    @Override
    public String toString() {
        Map<String, String> words = new LinkedHashMap<>();
        overrides(layers(this)).forEach((key, value) -> words.put(key, Settings.shown(key, value)));
        return (closed ? "ended scope" : "scope") + " that overrides " + words;
    }
}
