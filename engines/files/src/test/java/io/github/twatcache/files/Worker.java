package io.github.twatcache.files;

import io.github.twatcache.Cache;
import io.github.twatcache.Shelved;
import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What tests run in processes of their own. */
public final class Worker {
    private static final int LENGTH = 20_000;

    private Worker() {}

    /** A value that shows by itself whether it is whole. */
    static double[] value(long seed) {
        double[] value = new double[LENGTH];
        java.util.Arrays.fill(value, (double) seed);
        return value;
    }

    static void requireWhole(double[] value) {
        if (value.length != LENGTH) {
            throw new IllegalStateException("a value of " + value.length + " elements");
        }
        for (double element : value) {
            if (element != value[0]) {
                throw new IllegalStateException("half a value: " + element + " and " + value[0]);
            }
        }
    }

    /**
     * Runs one role.
     *
     * @param args the role, the directory, and what else the role needs
     */
    public static void main(String... args) throws Exception {
        switch (args[0]) {
            case "write" -> write(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "wait and write" -> {
                System.out.println("ready");
                System.in.read();
                write(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            }
            case "forever" -> forever(Path.of(args[1]));
            case "load" -> load(args[1]);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("done");
    }

    private static Cache<String, double[]> cache(Opened opened) {
        return opened.cache("data").types(String.class, double[].class).build();
    }

    /** Writes and reads one key, with some threads. */
    private static void write(Path directory, int threads, int times) throws Exception {
        try (Opened opened = new Opened(directory)) {
            Cache<String, double[]> cache = cache(opened);
            List<Thread> running = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                long seed = ProcessHandle.current().pid() * 100 + t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < times; i++) {
                        cache.put("key", value(seed));
                        double[] found = cache.getIfPresent("key");
                        if (found == null) {
                            throw new IllegalStateException("nothing is there");
                        }
                        requireWhole(found);
                    }
                });
                thread.setUncaughtExceptionHandler((which, failure) -> {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                });
                running.add(thread);
                thread.start();
            }
            for (Thread thread : running) {
                thread.join();
            }
            if (!failures.isEmpty()) {
                throw new IllegalStateException(failures.get(0));
            }
        }
    }

    /** Writes until it is killed; says what it has written. */
    private static void forever(Path directory) {
        try (Opened opened = new Opened(directory)) {
            Cache<String, double[]> cache = cache(opened);
            for (long i = 0; ; i++) {
                cache.put("key" + i % 5, value(i));
                System.out.println("wrote " + i);
            }
        }
    }

    /** Loads a shelved result that another process has made. */
    private static void load(String shelved) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(shelved);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            requireWhole((double[]) ((Shelved<?>) in.readObject()).get());
        }
    }

    /** Starts a process. */
    static Process start(String... args) throws java.io.IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
