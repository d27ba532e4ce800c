package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.wrap.CacheInvalidate;
import io.github.twatcache.wrap.CacheInvalidate.When;
import io.github.twatcache.wrap.CacheRefresh;
import io.github.twatcache.wrap.Cached;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Annotated interfaces: a hit does not reach the target, a miss does once, what is invalidated is computed anew whatever the
 * target does, a refresh replaces, exceptions pass through.
 */
@Contract("3.10 annotated interfaces")
public abstract class WrapContract extends EngineContract {
    private static final String ENGINE = "under-test";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private @Nullable TwatCache instance;

    /** Makes a contract. */
    protected WrapContract() {}

    private TwatCache open() {
        TwatCache opened = builder().engine(new Renamed(ENGINE, engine())).open();
        instance = opened;
        return opened;
    }

    @AfterEach
    final void closeInstance() {
        if (instance != null) {
            instance.close();
        }
    }

    /** Something that is read and written. */
    public interface Notes {
        /**
         * Reads.
         *
         * @param author who wrote
         * @param number which of theirs
         * @return the note, or {@code null}
         * @throws IOException if the target wants
         */
        @Cached(name = "notes", engine = ENGINE)
        @Nullable String note(String author, int number) throws IOException;

        /**
         * Reads past some arguments.
         *
         * @param trace makes no key
         * @param author makes the key
         * @return how many
         */
        @Cached(engine = ENGINE, key = "#1")
        int count(long trace, String author);

        /**
         * Reads with many arguments.
         *
         * @param a makes the key
         * @param b makes the key
         * @param c makes the key
         * @param d makes the key
         * @param e makes the key
         * @param f makes no key
         * @return all of them
         */
        @Cached(
                name = "search",
                engine = ENGINE,
                key = {"#0", "#1", "#2", "#3", "#4"})
        String search(String a, int b, long c, double d, @Nullable Object e, int f);

        /**
         * Writes one.
         *
         * @param number which
         * @param text what
         * @param author who
         * @throws IOException if the target wants
         */
        @CacheInvalidate(
                cache = "notes",
                key = {"#2", "#0"})
        @CacheInvalidate(cache = "count", key = "#2")
        void write(int number, String text, String author) throws IOException;

        /**
         * Writes and fails, after which the old results stay.
         *
         * @param author who
         * @param number which
         * @throws IOException always
         */
        @CacheInvalidate(cache = "notes", when = When.AFTER_RETURN)
        void tryToWrite(String author, int number) throws IOException;

        /**
         * Writes, after the removal.
         *
         * @param author who
         * @param number which
         */
        @CacheInvalidate(cache = "notes", when = When.BEFORE)
        void writeLater(String author, int number);

        /**
         * Forgets a search.
         *
         * @param a as there
         * @param b as there
         * @param c as there
         * @param d as there
         * @param e as there
         */
        @CacheInvalidate(cache = "search")
        void forget(String a, int b, long c, double d, @Nullable Object e);

        /** Forgets all notes. */
        @CacheInvalidate(cache = "notes", all = true)
        void clear();

        /**
         * Reads anew.
         *
         * @param author who
         * @param number which
         * @return the note
         * @throws IOException if the target wants
         */
        @CacheRefresh(cache = "notes")
        @Nullable String again(String author, int number) throws IOException;
    }

    private class Target implements Notes {
        private @Nullable String text = "first";
        private @Nullable IOException failure;
        private Runnable during = () -> {};

        private void called(String what) throws IOException {
            calls.add(what);
            during.run();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public @Nullable String note(String author, int number) throws IOException {
            String read = text;
            called("note " + author + number);
            return read;
        }

        @Override
        public int count(long trace, String author) {
            calls.add("count " + author);
            return calls.size();
        }

        @Override
        public String search(String a, int b, long c, double d, @Nullable Object e, int f) {
            calls.add("search " + a + b + c + d + e + f);
            return a + b + c + d + e;
        }

        @Override
        public void write(int number, String newText, String author) throws IOException {
            text = newText;
            called("write " + author + number);
        }

        @Override
        public void tryToWrite(String author, int number) throws IOException {
            called("try " + author + number);
        }

        @Override
        public void writeLater(String author, int number) {
            calls.add("later " + author + number);
            during.run();
        }

        @Override
        public void forget(String a, int b, long c, double d, @Nullable Object e) {
            calls.add("forget");
        }

        @Override
        public void clear() {
            calls.add("clear");
        }

        @Override
        public @Nullable String again(String author, int number) throws IOException {
            called("again " + author + number);
            return text;
        }
    }

    @Test
    void hit_afterOneMiss_doesNotReachTheTarget() throws IOException {
        Notes notes = open().wrap(Notes.class, new Target());
        for (int i = 0; i < 3; i++) {
            assertThat(notes.note("a", 1)).isEqualTo("first");
            assertThat(notes.count(i, "a")).isEqualTo(2);
            assertThat(notes.search("a", 1, 2, 3, null, i)).isEqualTo("a123.0null");
        }
        assertThat(calls).containsExactly("note a1", "count a", "search a123.0null0");
        notes.note("a", 2);
        notes.count(0, "b");
        notes.search("a", 1, 2, -0.0, null, 0);
        assertThat(calls).hasSize(6);
    }

    @Test
    void nullResult_isKept() throws IOException {
        Target target = new Target();
        target.text = null;
        Notes notes = open().wrap(Notes.class, target);
        assertThat(notes.note("a", 1)).isNull();
        assertThat(notes.note("a", 1)).isNull();
        assertThat(calls).containsExactly("note a1");
    }

    @Test
    void invalidate_ofOneCall_leavesTheOthers() throws IOException {
        Notes notes = open().wrap(Notes.class, new Target());
        notes.note("a", 1);
        notes.note("a", 2);
        notes.count(0, "a");
        notes.write(1, "second", "a");
        assertThat(notes.note("a", 1)).isEqualTo("second");
        assertThat(notes.note("a", 2)).isEqualTo("first");
        notes.count(0, "a");
        notes.search("a", 1, 2, 3, List.of(), 4);
        notes.forget("a", 1, 2, 3, new ArrayList<>());
        notes.search("a", 1, 2, 3, List.of(), 4);
        assertThat(calls)
                .containsExactly(
                        "note a1",
                        "note a2",
                        "count a",
                        "write a1",
                        "note a1",
                        "count a",
                        "search a123.0[]4",
                        "forget",
                        "search a123.0[]4");
    }

    @Test
    void invalidate_all_takesTheWholeCache() throws IOException {
        Notes notes = open().wrap(Notes.class, new Target());
        notes.note("a", 1);
        notes.note("b", 2);
        notes.count(0, "a");
        notes.clear();
        notes.note("a", 1);
        notes.note("b", 2);
        notes.count(0, "a");
        assertThat(calls).containsExactly("note a1", "note b2", "count a", "clear", "note a1", "note b2");
    }

    /** Removes in a cache that is not of this interface. */
    public interface Reports {
        /** Changes what they are made of. */
        @CacheInvalidate(cache = "reports", all = true)
        void change();
    }

    @Test
    void invalidate_ofAnotherCache_thatIsClosedMeanwhile_throwsInsteadOfDoingNothing() {
        TwatCache twat = open();
        Cache<String, String> cache = twat.cache("reports")
                .engine(ENGINE)
                .types(String.class, String.class)
                .build();
        Reports reports = twat.wrap(Reports.class, () -> calls.add("change"));
        cache.put("k", "old");
        reports.change();
        assertThat(cache.getIfPresent("k")).isNull();
        cache.close();
        assertThatThrownBy(reports::change)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "cache 'reports'", "Reports.change()", "is not open any more", "open it again");
        assertThat(calls).containsExactly("change", "change");
    }

    @Test
    void invalidate_targetThrows_removesAfterAll_exceptionUnchanged() throws IOException {
        Target target = new Target();
        Notes notes = open().wrap(Notes.class, target);
        notes.note("a", 1);
        IOException failure = new IOException("half-way");
        target.failure = failure;
        assertThatThrownBy(() -> notes.tryToWrite("a", 1)).isSameAs(failure);
        assertThat(notes.note("a", 1)).as("after a return only").isEqualTo("first");
        assertThatThrownBy(() -> notes.write(1, "second", "a"))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        target.failure = null;
        assertThat(notes.note("a", 1)).isEqualTo("second");
        notes.tryToWrite("a", 1);
        notes.note("a", 1);
        assertThat(calls).containsExactly("note a1", "try a1", "write a1", "note a1", "try a1", "note a1");
    }

    @Test
    void invalidate_before_letsStoreWhatIsComputedMeanwhile() throws IOException {
        Target target = new Target();
        Notes notes = open().wrap(Notes.class, target);
        notes.note("a", 1);
        target.during = () -> {
            target.during = () -> {};
            assertThat(Actor.start(() -> notes.note("a", 1)).result()).isEqualTo("first");
        };
        notes.writeLater("a", 1);
        assertThat(notes.note("a", 1)).isEqualTo("first");
        assertThat(calls).containsExactly("note a1", "later a1", "note a1");
    }

    @Test
    void invalidate_whileALoadRuns_itsResultIsNotStored() throws IOException {
        Target target = new Target();
        Notes notes = open().wrap(Notes.class, target);
        target.during = () -> {
            target.during = () -> {};
            Actor.start(() -> {
                        notes.write(1, "second", "a");
                        return 1;
                    })
                    .result();
        };
        assertThat(notes.note("a", 1)).as("the caller's own").isEqualTo("first");
        assertThat(notes.note("a", 1)).isEqualTo("second");
    }

    @Test
    void exception_ofATarget_unchangedAndNotKept() throws IOException {
        Target target = new Target();
        Notes notes = open().wrap(Notes.class, target);
        IOException failure = new IOException("once");
        target.failure = failure;
        assertThatThrownBy(() -> notes.note("a", 1)).isSameAs(failure);
        target.failure = null;
        assertThat(notes.note("a", 1)).isEqualTo("first");
        assertThat(calls).containsExactly("note a1", "note a1");
    }

    @Test
    void refresh_replaces_andLeavesTheOldWhereItFails() throws IOException {
        Target target = new Target();
        Notes notes = open().wrap(Notes.class, target);
        notes.note("a", 1);
        target.text = "second";
        assertThat(notes.note("a", 1)).isEqualTo("first");
        assertThat(notes.again("a", 1)).isEqualTo("second");
        assertThat(notes.note("a", 1)).isEqualTo("second");
        IOException failure = new IOException("again");
        target.failure = failure;
        assertThatThrownBy(() -> notes.again("a", 1)).isSameAs(failure);
        assertThat(notes.note("a", 1)).isEqualTo("second");
        assertThat(calls).containsExactly("note a1", "again a1", "again a1");
    }

    @Test
    void otherTarget_sharesNothing() throws IOException {
        TwatCache twat = open();
        Target second = new Target();
        second.text = "other";
        Notes one = twat.wrap(Notes.class, new Target());
        if (claims(Trait.PERSISTENT)) {
            // What outlives the process cannot know a target by the object that it is: the name stands for it.
            assertThat(one.note("a", 1)).isEqualTo("first");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.wrap(Notes.class, second))
                    .withMessageContainingAll(
                            "cache 'notes' outlives this program",
                            "stands for another object already",
                            "give each a name of its own");
            assertThat(one.note("a", 1)).isEqualTo("first");
            assertThat(calls).containsExactly("note a1");
            return;
        }
        Notes other = twat.wrap(Notes.class, second);
        assertThat(one.note("a", 1)).isEqualTo("first");
        assertThat(other.note("a", 1)).isEqualTo("other");
        other.clear();
        one.note("a", 1);
        assertThat(calls).containsExactly("note a1", "note a1", "clear");
    }

    /** Read from objects that can be told apart in any process. */
    public interface Prices {
        /**
         * Reads.
         *
         * @param item of what
         * @return how much
         */
        @Cached(name = "prices", engine = ENGINE)
        String price(String item);
    }

    /**
     * A target that has an encoding.
     *
     * @param region tells it from others
     */
    public record Region(String region) implements Prices {
        @Override
        public String price(String item) {
            return item + " in " + region;
        }
    }

    @Test
    void otherTarget_withAnEncoding_sharesNothing() {
        TwatCache twat = open();
        Prices europe = twat.wrap(Prices.class, new Region("EU"));
        Prices america = twat.wrap(Prices.class, new Region("US"));
        for (int i = 0; i < 2; i++) {
            assertThat(europe.price("tea")).isEqualTo("tea in EU");
            assertThat(america.price("tea")).isEqualTo("tea in US");
        }
        assertThat(twat.stats().total().missCount()).isEqualTo(2);
    }

    /** Results that die and carry tags. */
    public interface Timed {
        /**
         * Dies.
         *
         * @param a any
         * @return the same
         */
        @Cached(engine = ENGINE, expireAfterWrite = "10s")
        int timed(int a);
    }

    @Test
    void expiry_ofAnAnnotation_exact() {
        TwatCache twat = open();
        // A class, since no byte code is to be had of a lambda as a whole, and engines that outlive the process need
        // it.
        Timed target = new Timed() {
            @Override
            public int timed(int a) {
                calls.add("timed");
                return a;
            }
        };
        if (!claims(Trait.EXPIRE_AFTER_WRITE)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.wrap(Timed.class, target))
                    .withMessageContaining("expire-after-write");
            return;
        }
        Timed timed = twat.wrap(Timed.class, target);
        timed.timed(1);
        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        timed.timed(1);
        assertThat(calls).hasSize(1);
        ticker.advance(Duration.ofNanos(1));
        timed.timed(1);
        assertThat(calls).hasSize(2);
    }

    /** Results that carry tags. */
    public interface Tagged {
        /**
         * Carries one.
         *
         * @param a any
         * @return the same
         */
        @Cached(name = "one", engine = ENGINE, tags = "both")
        int one(int a);

        /**
         * Carries two.
         *
         * @param a any
         * @return the same
         */
        @Cached(
                name = "two",
                engine = ENGINE,
                tags = {"both", "second"})
        int two(int a);

        /** Removes everywhere. */
        @CacheInvalidate(tags = "both")
        void removeBoth();

        /** Removes in one cache. */
        @CacheInvalidate(cache = "two", tags = "second")
        void removeSecond();
    }

    @Test
    void tags_removeTheirCarriers() {
        TwatCache twat = open();
        Tagged target = new Tagged() {
            @Override
            public int one(int a) {
                calls.add("one");
                return a;
            }

            @Override
            public int two(int a) {
                calls.add("two");
                return a;
            }

            @Override
            public void removeBoth() {
                calls.add("both");
            }

            @Override
            public void removeSecond() {
                calls.add("second");
            }
        };
        if (!claims(Trait.TAGS)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> twat.wrap(Tagged.class, target))
                    .withMessageContaining("tags");
            return;
        }
        Tagged tagged = twat.wrap(Tagged.class, target);
        for (int i = 0; i < 2; i++) {
            tagged.one(1);
            tagged.two(1);
        }
        tagged.removeSecond();
        tagged.one(1);
        tagged.two(1);
        tagged.removeBoth();
        tagged.one(1);
        tagged.two(1);
        assertThat(calls).containsExactly("one", "two", "second", "two", "both", "one", "two");
    }
}
