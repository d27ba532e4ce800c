package io.github.twatcache.disk.sqlite;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A process of many virtual threads, each of which writes and reads one database; says how it went in one line. */
final class VirtualCallers {
    private static final int MINUTES = 2;

    private VirtualCallers() {}

    /** The database, and how many threads. */
    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[1]);
        // Looked up: it is not there on the JDK that this is compiled for.
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        Set<Link> links = ConcurrentHashMap.newKeySet();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(callers);
        DatabaseOptions options = DatabaseOptions.standard().waiting(Duration.ofMinutes(MINUTES));
        try (Database database = Database.open(Path.of(arguments[0]), options)) {
            database.write(link -> {
                link.run("CREATE TABLE t(n INTEGER)");
                return true;
            });
            Runnable call = () -> {
                try {
                    long before = look(database, links);
                    database.write(link -> {
                        links.add(link);
                        link.run("INSERT INTO t VALUES (1)");
                        return true;
                    });
                    if (look(database, links) <= before) {
                        throw new IllegalStateException("what was written is not read");
                    }
                } catch (Throwable why) {
                    failure.compareAndSet(null, why);
                } finally {
                    ended.countDown();
                }
            };
            for (int i = 0; i < callers; i++) {
                start.invoke(null, call);
            }
            boolean all = ended.await(MINUTES, TimeUnit.MINUTES);
            System.out.println((all ? "ended " : "hung ")
                    + look(database, links)
                    + ' '
                    + (links.size() <= options.connections() ? "bounded" : links.size() + " connections")
                    + ' '
                    + failure.get());
        }
    }

    private static long look(Database database, Set<Link> links) {
        return database.read(link -> {
            links.add(link);
            return link.number("SELECT count(*) FROM t", -1);
        });
    }
}
