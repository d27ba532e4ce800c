package io.github.twatcache.disk.upkeep;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process with the same cache open: it does what it is told, line by line. */
final class Companion implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final PrintStream out;

    private Companion(Process process) {
        this.process = process;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Companion start(Path directory, String cache) throws IOException {
        Companion companion = new Companion(ChildJvm.start(Companion.class, directory, cache));
        companion.answer("ready");
        return companion;
    }

    private String ask(String line) throws IOException {
        out.println(line);
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("the companion has ended at: " + line);
        }
        return answer;
    }

    private void answer(String expected) throws IOException {
        String answer = in.readLine();
        if (!expected.equals(answer)) {
            throw new IOException("the companion says " + answer + ", not " + expected);
        }
    }

    /** What it finds. */
    String get(int key) throws IOException {
        String answer = ask("get " + key);
        return answer.equals("nothing") ? null : answer.substring(1);
    }

    void put(int key, String value) throws IOException {
        if (!ask("put " + key + " " + value).equals("done")) {
            throw new IOException("the companion could not put " + key);
        }
    }

    @Override
    public void close() {
        out.close();
        process.onExit().join();
    }

    /** Overwrites a page of a database from another process, whose locks are its own. */
    static void spoil(Path database, long page) throws IOException, InterruptedException {
        if (ChildJvm.start(Spoiler.class, database, page).waitFor() != 0) {
            throw new IOException("cannot spoil " + database);
        }
    }

    /** Writes nonsense. */
    static final class Spoiler {
        private Spoiler() {}

        public static void main(String[] arguments) throws IOException {
            try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(arguments[0], "rw")) {
                byte[] nonsense = new byte[4_096];
                java.util.Arrays.fill(nonsense, (byte) 0xA5);
                file.seek((Long.parseLong(arguments[1]) - 1) * nonsense.length);
                file.write(nonsense);
            }
        }
    }

    /** The directory and the cache's name; commands come as lines. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (TwatCache twat = TwatCache.builder()
                        .configuration(Sources.none())
                        .directory(Path.of(arguments[0]))
                        .open();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Cache<Integer, String> cache = twat.disk(arguments[1])
                    .maximumSize(100_000)
                    .types(Integer.class, String.class)
                    .build();
            out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 3);
                int key = Integer.parseInt(words[1]);
                if (words[0].equals("get")) {
                    String value = cache.getIfPresent(key);
                    out.println(value == null ? "nothing" : "=" + value);
                } else {
                    cache.put(key, words[2]);
                    out.println("done");
                }
            }
        }
    }
}
