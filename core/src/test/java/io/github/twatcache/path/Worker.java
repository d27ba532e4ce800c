package io.github.twatcache.path;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** What other processes do in these tests: one word says what. */
final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        DirectorySettings settings = DirectorySettings.standard().at(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "open" -> open(settings);
            case "draft" -> draft(settings);
            case "write" -> write(settings, arguments[2], Integer.parseInt(arguments[3]));
            case "bounded" ->
                write(
                        settings.bounded(new Quota(Long.parseLong(arguments[4]), QuotaPolicy.valueOf(arguments[5]))),
                        arguments[2],
                        Integer.parseInt(arguments[3]));
            case "die" -> die(settings, arguments[2]);
            case "deleting" -> deleting(settings, Integer.parseInt(arguments[2]));
            case "hold" -> hold(settings);
            case "try" -> attempt(settings);
            case "read" -> read(settings);
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    /** Says whether a directory that cannot be written to can be read. */
    private static void read(DirectorySettings settings) {
        try (CacheDirectory directory = CacheDirectory.open(settings)) {
            say("open " + directory.path());
        } catch (PathException refused) {
            say("readable " + CacheDirectory.readable(refused));
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void await() throws IOException {
        // One line each time: what comes after it is for the next time.
        for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
            if (next < 0) {
                throw new IllegalStateException("nobody says go");
            }
        }
    }

    /** Starts together with others, and writes one file. */
    private static void open(DirectorySettings settings) throws IOException {
        say("ready");
        await();
        try (CacheDirectory directory = CacheDirectory.open(settings);
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("from-" + ProcessHandle.current().pid(), 10);
            say("written");
            await();
        }
    }

    /** Is in the middle of a file. */
    private static void draft(DirectorySettings settings) throws IOException {
        CacheDirectory directory = CacheDirectory.open(settings);
        Draft draft = directory.folder("users").draft();
        Files.write(draft.path(), new byte[100]);
        say("drafted");
        await();
        say("published " + draft.publish("late"));
    }

    /** Writes, replaces and deletes without end, or so many times. */
    private static void write(DirectorySettings settings, String cache, int times) {
        Random random = new Random(ProcessHandle.current().pid());
        try (CacheDirectory directory = CacheDirectory.open(settings);
                FileTenant tenant = new FileTenant(directory, cache)) {
            for (int i = 0; times == 0 || i < times; i++) {
                String key = "d" + random.nextInt(3) + "/k" + random.nextInt(20);
                if (random.nextInt(4) == 0) {
                    tenant.folder.delete(key);
                } else {
                    tenant.put(key, random.nextInt(1000));
                }
                if (i == 20) {
                    say("writing");
                }
            }
            say("done");
        }
    }

    /** Is killed in the middle of a change: by itself, so that it is at that very step. */
    private static void die(DirectorySettings settings, String step) throws IOException {
        CacheDirectory directory = CacheDirectory.open(settings);
        CacheFolder users = directory.folder("users");
        users.write("before", out -> out.write(new byte[10]));
        Draft draft = users.draft();
        Files.write(draft.path(), new byte[100]);
        Ledger dying = new Ledger(Room.ledgerOf(directory.path())) {
            @Override
            void begin(Intent intent) throws IOException {
                super.begin(intent);
                if (step.equals("begun")) {
                    Runtime.getRuntime().halt(9);
                }
            }

            @Override
            void finish(Intent intent) {
                Runtime.getRuntime().halt(9);
            }
        };
        Account account = new Account(directory.room(), "users", "users");
        directory.room().locked("die", ledger -> {
            if (step.equals("deleted")) {
                return account.delete(dying, new Hold(), users.resolve("before"));
            }
            return account.publish(dying, new Hold(), draft.path(), users.resolve("late"), Optional.empty());
        });
    }

    /** Is in the middle of deleting ten files as one change: so many are gone, and it waits to be killed. */
    private static void deleting(DirectorySettings settings, int gone) throws IOException {
        CacheDirectory directory = CacheDirectory.open(settings);
        CacheFolder users = directory.folder("users");
        for (int i = 0; i < 10; i++) {
            users.write("d" + i + "/file", out -> out.write(new byte[100]));
        }
        Account account = new Account(directory.room(), "users", "users");
        directory
                .room()
                .locked(
                        "delete",
                        ledger -> account.deleteMany(ledger, new Hold(), many -> {
                            for (int i = 0; i < gone; i++) {
                                many.delete(users.resolve("d" + i + "/file"));
                            }
                            say("deleting");
                            await();
                        }));
    }

    /** Holds the directory's lock until it is killed. */
    private static void hold(DirectorySettings settings) {
        CacheDirectory directory = CacheDirectory.open(settings);
        directory.room().locked("hold", ledger -> {
            say("holding");
            await();
            return 1;
        });
    }

    /** Opens, writes 1 MiB, and says how that went. */
    private static void attempt(DirectorySettings settings) {
        try (CacheDirectory directory = CacheDirectory.open(settings);
                FileTenant users = new FileTenant(directory, "users")) {
            say("wrote " + users.put("a", 1 << 20));
        } catch (RuntimeException e) {
            say(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
