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
 * A process that puts one value, says {@code c} when it is committed, and stands still there: after the commit and before
 * what follows it. When it is let go on, it dies on the spot.
 */
public final class StoppedWriter {
    private StoppedWriter() {}

    /** The directory, the cache's name, the key, the value. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            Cache<Integer, Long> cache =
                    twat.disk(arguments[1]).types(Integer.class, Long.class).build();
            OpenFolder folder = OpenFolder.take(
                    directory.resolve("caches").resolve(arguments[1]),
                    DatabaseOptions.standard(),
                    1,
                    Traces.before(directory.resolve("caches").resolve(arguments[1])));
            CommitHook whole = folder.stripes();
            folder.database().onCommit((CommitHook) Proxy.newProxyInstance(
                    CommitHook.class.getClassLoader(), new Class<?>[] {CommitHook.class}, (proxy, method, values) -> {
                        if (method.getName().equals("after")) {
                            System.out.write('c');
                            System.out.flush();
                            System.in.read();
                            Runtime.getRuntime().halt(9);
                        }
                        return method.invoke(whole, values);
                    }));
            cache.put(Integer.valueOf(arguments[2]), Long.valueOf(arguments[3]));
        }
    }
}
