package io.github.twatcache;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that compute in the background: made when first needed, daemons, named, gone when idle.
 *
 * <p>Virtual threads where the JDK has them; else a bounded pool, since what runs here may block.
 */
final class LoadThreads implements Executor, AutoCloseable {
    private static final int MOST = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private final String name;
    private final AtomicInteger number = new AtomicInteger();
    private @Nullable ExecutorService service;
    private boolean closed;

    /** Threads whose names begin with this. */
    LoadThreads(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        service().execute(task);
    }

    private synchronized ExecutorService service() {
        if (closed) {
            throw new IllegalStateException("twat-cache is closed; open a new one");
        }
        if (service == null) {
            service = virtual();
        }
        if (service == null) {
            service = pool();
        }
        return service;
    }

    /** Java 17 does not know them, so they are found by name. */
    private @Nullable ExecutorService virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("name", String.class, long.class).invoke(builder, name, 1L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ReflectiveOperationException | RuntimeException olderJdk) {
            return null;
        }
    }

    private ExecutorService pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(MOST, MOST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Lets what runs come to its end, and starts nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (service != null) {
            service.shutdown();
        }
    }
}
