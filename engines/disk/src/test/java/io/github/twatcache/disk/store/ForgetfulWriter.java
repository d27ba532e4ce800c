package io.github.twatcache.disk.store;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.sqlite.CommitHook;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * A process with a fault: it puts one value and moves no counter, neither before the commit nor after it. It says {@code c}
 * when the put has returned.
 */
public final class ForgetfulWriter {
    private ForgetfulWriter() {}

    /** The directory, the cache's name, the key, the value. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        Path place = directory.resolve("caches").resolve(arguments[1]);
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            Cache<Integer, Long> cache =
                    twat.disk(arguments[1]).types(Integer.class, Long.class).build();
            OpenFolder folder = OpenFolder.take(place, DatabaseOptions.standard(), 1, Traces.before(place));
            CommitHook whole = folder.stripes();
            folder.database().onCommit((CommitHook) Proxy.newProxyInstance(
                    CommitHook.class.getClassLoader(),
                    new Class<?>[] {CommitHook.class},
                    (proxy, method, values) -> switch (method.getName()) {
                        case "before", "after" -> null;
                        default -> method.invoke(whole, values);
                    }));
            cache.put(Integer.valueOf(arguments[2]), Long.valueOf(arguments[3]));
            System.out.write('c');
            System.out.flush();
            // What it has open is let go of by the operating system: closing would move counters.
            Runtime.getRuntime().halt(0);
        }
    }
}
