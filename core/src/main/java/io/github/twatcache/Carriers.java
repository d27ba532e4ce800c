package io.github.twatcache;

import io.github.twatcache.spi.ContextCarrier;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/** The context that is carried to the threads that load: SLF4J's diagnostic one, and what the user's carriers bring. */
final class Carriers implements ContextCarrier {
    /** A thread may have inherited the context of whoever made it, which is not that of a caller who has none. */
    private static final Carried NOTHING = task -> {
        Map<String, String> inherited = MDC.getCopyOfContextMap();
        if (inherited == null || inherited.isEmpty()) {
            task.run();
        } else {
            diagnosed(Map.of(), task);
        }
    };

    private final List<ContextCarrier> own;

    Carriers(List<ContextCarrier> own) {
        this.own = List.copyOf(own);
    }

    @Override
    public Carried capture() {
        Map<String, String> diagnostic = MDC.getCopyOfContextMap();
        Carried all = diagnostic == null || diagnostic.isEmpty() ? NOTHING : task -> diagnosed(diagnostic, task);
        for (ContextCarrier carrier : own) {
            Carried outer = all;
            Carried inner = carrier.capture();
            if (inner != null) {
                all = task -> outer.run(() -> inner.run(task));
            }
        }
        return all;
    }

    private static void diagnosed(Map<String, String> diagnostic, Runnable task) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.setContextMap(diagnostic);
        try {
            task.run();
        } finally {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }
    }
}
