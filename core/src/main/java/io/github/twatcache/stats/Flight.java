package io.github.twatcache.stats;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Events of the JDK's Flight Recorder. The only class that knows of {@code jdk.jfr}, which may be missing: whoever calls it
 * has made sure that it is there, and holds its events as plain objects.
 *
 * <p>All are off until a recording enables them. Whether one is, is asked of an instance that is never committed: where the
 * recorder has not been started that is a method which returns false, since the JVM instruments these classes only then.
 */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields of its events
final class Flight {
    private static final String CATEGORY = "twat-cache";
    private static final LoadEvent LOAD = new LoadEvent();
    private static final WaitEvent WAIT = new WaitEvent();
    private static final EvictEvent EVICT = new EvictEvent();
    private static final StaleEvent STALE = new StaleEvent();
    private static final FallbackEvent FALLBACK = new FallbackEvent();

    private Flight() {}

    /** Loads the class, and with it those that it needs. */
    static boolean works() {
        return !LOAD.isEnabled() || LOAD.isEnabled();
    }

    @Name("twatcache.Load")
    @Label("Load")
    @Category(CATEGORY)
    @Description("A function has computed what was missing in a cache, or was due, or has failed to")
    @Threshold("1 ms")
    @Enabled(false)
    private static final class LoadEvent extends Event {
        @Label("Cache")
        String cache = "";

        @Label("Key")
        @Description("The digest of the key, or of the first one of a bulk load")
        String key = "";

        @Label("Keys")
        @Description("How many keys were computed at once")
        int keys;

        @Label("Refresh")
        @Description("Whether the value takes the place of one that was there")
        boolean refresh;

        @Label("Failure")
        @Description("The class of what the function has thrown, if it has")
        @Nullable String failure;
    }

    @Name("twatcache.Wait")
    @Label("Wait")
    @Category(CATEGORY)
    @Description("A call has waited for another call's computation")
    @Threshold("1 ms")
    @Enabled(false)
    private static final class WaitEvent extends Event {
        @Label("Cache")
        String cache = "";

        @Label("Key")
        @Description("The digest of the key")
        String key = "";
    }

    @Name("twatcache.Evict")
    @Label("Evict")
    @Category(CATEGORY)
    @Description("An entry has left a cache")
    @StackTrace(false)
    @Enabled(false)
    private static final class EvictEvent extends Event {
        @Label("Cache")
        String cache = "";

        @Label("Key")
        @Description("The digest of the key")
        String key = "";

        @Label("Cause")
        String cause = "";
    }

    @Name("twatcache.Stale")
    @Label("Stale Value")
    @Category(CATEGORY)
    @Description("A call was answered with a value past its freshness")
    @StackTrace(false)
    @Enabled(false)
    private static final class StaleEvent extends Event {
        @Label("Cache")
        String cache = "";

        @Label("Key")
        @Description("The digest of the key")
        String key = "";
    }

    @Name("twatcache.Fallback")
    @Label("Fallback")
    @Category(CATEGORY)
    @Description("Another engine has taken over a cache")
    @Enabled(false)
    private static final class FallbackEvent extends Event {
        @Label("Cache")
        String cache = "";

        @Label("Engine")
        @Description("The engine that answers from now on")
        String engine = "";
    }

    static boolean loads() {
        return LOAD.isEnabled();
    }

    static boolean waits() {
        return WAIT.isEnabled();
    }

    static boolean removals() {
        return EVICT.isEnabled();
    }

    static boolean stale() {
        return STALE.isEnabled();
    }

    /** A load begins. */
    static Object load() {
        LoadEvent event = new LoadEvent();
        event.begin();
        return event;
    }

    /** A wait begins. */
    static Object await() {
        WaitEvent event = new WaitEvent();
        event.begin();
        return event;
    }

    /** What was begun is over. */
    static void over(Object begun) {
        ((Event) begun).end();
    }

    static void loaded(Object begun, String cache, List<String> keys, boolean refresh, @Nullable String failure) {
        LoadEvent event = (LoadEvent) begun;
        if (event.shouldCommit()) {
            event.cache = cache;
            event.key = keys.isEmpty() ? "" : keys.get(0);
            event.keys = keys.size();
            event.refresh = refresh;
            event.failure = failure;
            event.commit();
        }
    }

    static void waited(Object begun, String cache, String key) {
        WaitEvent event = (WaitEvent) begun;
        if (event.shouldCommit()) {
            event.cache = cache;
            event.key = key;
            event.commit();
        }
    }

    static void removed(String cache, String key, RemovalCause cause) {
        EvictEvent event = new EvictEvent();
        event.cache = cache;
        event.key = key;
        event.cause = cause.name();
        event.commit();
    }

    static void stale(String cache, String key) {
        StaleEvent event = new StaleEvent();
        event.cache = cache;
        event.key = key;
        event.commit();
    }

    static void fellBack(String cache, String engine) {
        if (!FALLBACK.isEnabled()) {
            return;
        }
        FallbackEvent event = new FallbackEvent();
        event.cache = cache;
        event.engine = engine;
        event.commit();
    }
}
