package io.github.twatcache.disk.processes;

import io.github.twatcache.Cache;
import io.github.twatcache.Counters;
import io.github.twatcache.Queues;
import io.github.twatcache.SharedDeque;
import io.github.twatcache.Streams;
import io.github.twatcache.Transactions;
import io.github.twatcache.TwatCache;
import io.github.twatcache.disk.DiskSettings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One of several JVMs at work on the same data. */
final class Worker {
    static final String READY = "ready";

    /** So many counters are counted in over shards. */
    static final int COUNTERS = 40;

    /** How long a rate is fresh. */
    static final Duration LIFE = Duration.ofSeconds(30);

    private final DataOutputStream out = new DataOutputStream(System.out);
    private final int number;
    private final int count;

    private Worker(int number, int count) {
        this.number = number;
        this.count = count;
    }

    static Cache<String, Long> numbers(TwatCache twat) {
        return twat.disk("numbers").types(String.class, Long.class).build();
    }

    static Cache<String, String> texts(TwatCache twat) {
        return twat.disk("texts").types(String.class, String.class).build();
    }

    static Cache<String, byte[]> films(TwatCache twat) {
        return twat.disk("films").types(String.class, byte[].class).build();
    }

    /** Over four databases. */
    static Cache<String, Long> sharded(TwatCache twat) {
        return twat.disk("sharded")
                .set(DiskSettings.SHARDS, 4L)
                .types(String.class, Long.class)
                .build();
    }

    /** Which are kept past their freshness. */
    static Cache<String, String> rates(TwatCache twat) {
        return twat.disk("rates")
                .expireAfterWrite(LIFE)
                .failSafe(Duration.ofHours(1))
                .types(String.class, String.class)
                .build();
    }

    /** The directory, what to do, this worker's number, how often. */
    public static void main(String[] arguments) throws IOException {
        try (TwatCache twat =
                TwatCache.builder().directory(Path.of(arguments[0])).open()) {
            Worker worker = new Worker(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            Role role = worker.role(arguments[1], twat);
            worker.say(READY);
            System.in.read();
            role.play();
        }
    }

    /** What a worker does once all are ready. */
    private interface Role {
        void play() throws IOException;
    }

    /** Opens what a role needs, and no more: each opening takes its time. */
    private Role role(String name, TwatCache twat) {
        switch (name) {
            case "countInShards" -> {
                Cache<String, Long> sharded = sharded(twat);
                return () -> countInShards(sharded);
            }
            case "film", "fileInTransaction" -> {
                Cache<String, byte[]> films = films(twat);
                return name.equals("film") ? () -> film(films) : () -> fileInTransaction(films);
            }
            case "age" -> {
                Cache<String, String> rates = rates(twat);
                return () -> age(rates);
            }
            default -> {
                Cache<String, Long> numbers = numbers(twat);
                Cache<String, String> texts = texts(twat);
                return switch (name) {
                    case "count" -> () -> count(numbers);
                    case "countTwice" -> () -> countTwice(numbers);
                    case "give" -> () -> give(texts, numbers);
                    case "take" -> () -> take(texts, numbers);
                    case "move" -> () -> move(texts, numbers);
                    default -> throw new IllegalArgumentException(name);
                };
            }
        }
    }

    /** Makes stale what another has stored and stores something itself; then looks at what has become of it. */
    private void age(Cache<String, String> rates) throws IOException {
        rates.put("written here", "old");
        say(rates.getIfPresent("written there") + " " + rates.invalidateSoftly("written there"));
        System.in.read();
        say(String.valueOf(rates.getIfPresent("written there")));
    }

    private void say(String what) throws IOException {
        out.writeUTF(what);
        out.flush();
    }

    private void count(Cache<String, Long> numbers) throws IOException {
        for (int i = 0; i < count; i++) {
            Counters.of(numbers).add("n", number + 1);
            say("counted");
        }
    }

    /** Counts in many counters by turns, each in one of four databases, and writes down how far it is. */
    private void countInShards(Cache<String, Long> sharded) throws IOException {
        for (int i = 0; i < count; i++) {
            Counters.of(sharded).increment("counter " + (i * 7 + number) % COUNTERS);
            sharded.put(number + " " + i, (long) i);
            say(Integer.toString(i));
        }
    }

    /** Counts for all and for itself, both or neither. */
    private void countTwice(Cache<String, Long> numbers) throws IOException {
        Transactions transactions = Transactions.of(numbers);
        for (int i = 0; i < count; i++) {
            transactions.run(() -> {
                Counters.of(numbers).increment("n");
                Counters.of(numbers).increment("own " + number);
            });
            say("counted");
        }
    }

    private void give(Cache<String, String> texts, Cache<String, Long> numbers) throws IOException {
        SharedDeque<String> queue = Queues.of(texts).queue("work");
        for (int i = 0; i < count; i++) {
            queue.addLast(number + " " + i);
            say("given");
        }
        Counters.of(numbers).increment("givers that have ended");
    }

    /** Takes until so many givers have ended and nothing is left. */
    private void take(Cache<String, String> texts, Cache<String, Long> numbers) throws IOException {
        SharedDeque<String> queue = Queues.of(texts).queue("work");
        while (true) {
            boolean last = ended(numbers) == count;
            String item = queue.pollFirst();
            if (item != null) {
                say(item);
            } else if (last) {
                return;
            }
        }
    }

    private static long ended(Cache<String, Long> numbers) {
        Long ended = numbers.getIfPresent("givers that have ended");
        return ended == null ? 0 : ended;
    }

    /** Moves what it takes to a queue of its own, both or neither. */
    private void move(Cache<String, String> texts, Cache<String, Long> numbers) throws IOException {
        SharedDeque<String> work = Queues.of(texts).queue("work");
        SharedDeque<String> mine = Queues.of(texts).queue("done by " + number);
        while (true) {
            boolean last = ended(numbers) == count;
            String item = Transactions.of(texts).call(() -> {
                String next = work.pollFirst();
                if (next != null) {
                    mine.addLast(next);
                }
                return next;
            });
            if (item != null) {
                say(item);
            } else if (last) {
                return;
            }
        }
    }

    /** Writes so many mebibytes as one stream, and reads them back. */
    private void film(Cache<String, byte[]> films) throws IOException {
        byte[] part = new byte[1 << 20];
        Streams.of(films).write("film", to -> {
            for (int i = 0; i < count; i++) {
                part[0] = (byte) i;
                to.write(part);
                if (i == 2) {
                    say("begun");
                }
            }
        });
        long length = 0;
        try (var in = Streams.of(films).open("film").orElseThrow()) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                length += read;
            }
        }
        say(Long.toString(length));
    }

    /** Puts large values within a transaction that does not end before this is killed. */
    private void fileInTransaction(Cache<String, byte[]> films) throws IOException {
        Transactions.of(films).<IOException>run(() -> {
            for (int i = 0; i < count; i++) {
                films.put("large " + i, new byte[100_000]);
            }
            say("begun");
            System.in.read();
        });
    }
}
