package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** How do I memoize a method, and what can I do with it then? */
public final class Memoize {
    private static final AtomicInteger FETCHES = new AtomicInteger();

    private Memoize() {}

    record User(int id, String name) {}

    static User fetchUser(int id) throws IOException {
        FETCHES.incrementAndGet();
        if (id < 0) {
            throw new FileNotFoundException("no user " + id);
        }
        return new User(id, "user " + id);
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException never; {@code fetchUser} declares it
     */
    public static void main(String... args) throws IOException {
        try (TwatCache twat = TwatCache.open()) {
            var user = twat.memory("users")
                    .maximumSize(10_000)
                    .expireAfterWrite(ofMinutes(5))
                    .memoize(Memoize::fetchUser);
            User first = user.apply(42); // computes
            User again = user.apply(42); // does not
            Claim.that("the second call is answered from the cache", first.equals(again) && FETCHES.get() == 1);

            manage(user);
        }
    }

    static void manage(Cached1<Integer, User, IOException> user) throws IOException {
        boolean there = user.isCached(42);
        boolean known = user.peek(42).present(); // no use, no count
        Claim.that("both tell that 42 is stored", there && known);

        user.put(7, new User(7, "seven")); // as though fetchUser had returned it
        User seven = user.apply(7);
        Claim.that("what was put is found", seven.name().equals("seven") && FETCHES.get() == 1);

        user.invalidate(42);
        user.apply(42);
        Claim.that("after invalidate the next call computes", FETCHES.get() == 2);

        user.bypass(42); // neither looks up nor stores
        Claim.that("bypass calls the function itself", FETCHES.get() == 3);

        Function<Integer, User> function = user.asFunction();
        Claim.that("asFunction serves java.util.function", function.apply(42).id() == 42 && FETCHES.get() == 3);

        try {
            user.apply(-1);
            throw new IllegalStateException("fetchUser must have thrown");
        } catch (IOException e) { // the compiler knows: the type carries what fetchUser throws
            Claim.that("the function's own exception arrives", e instanceof FileNotFoundException);
        }
        Claim.that("a failure is not stored", !user.isCached(-1));
    }
}
