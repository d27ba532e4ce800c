package io.github.twatcache.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What wrapped objects do, on the class path, whatever the shape of the interface. */
class WrapTest {
    private final TwatCache twat = TwatCache.open();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        twat.close();
    }

    /** Interfaces of this test are wrapped in both ways; subclasses say which. */
    <T> T wrap(Class<T> type, T target) {
        T wrapped = twat.wrap(type, target);
        assertThat(Proxy.isProxyClass(wrapped.getClass())).as("proxy").isEqualTo(proxied());
        return wrapped;
    }

    boolean proxied() {
        return false;
    }

    /** One method of each number of parameters, and of each primitive type. */
    public interface Shapes {
        @Cached
        int none();

        @Cached
        long one(long a);

        @Cached
        double two(double a, float b);

        @Cached
        boolean three(boolean a, byte b, short c);

        @Cached
        char four(char a, int b, long c, Object d);

        @Cached
        String five(String a, long b, double c, int[] d, List<String> e);

        @Cached
        String six(String a, long b, double c, int[] d, List<String> e, byte f);

        @Cached(key = {"#5", "#0"})
        float seven(long a, double b, int c, long d, String e, String f, short g);

        byte direct(byte a, long b, double c, float d, short e, char f, boolean g, String... rest);

        @Cached
        int[] array(int length);

        void nothing(long a, double b);
    }

    private final class ShapesTarget implements Shapes {
        @Override
        public int none() {
            calls.add("none");
            return 7;
        }

        @Override
        public long one(long a) {
            calls.add("one " + a);
            return a;
        }

        @Override
        public double two(double a, float b) {
            calls.add("two " + a + " " + b);
            return a + b;
        }

        @Override
        public boolean three(boolean a, byte b, short c) {
            calls.add("three " + a + " " + b + " " + c);
            return !a;
        }

        @Override
        public char four(char a, int b, long c, Object d) {
            calls.add("four " + a + " " + b + " " + c + " " + d);
            return (char) (a + 1);
        }

        @Override
        public String five(String a, long b, double c, int[] d, List<String> e) {
            calls.add("five");
            return a + b + c + Arrays.toString(d) + e;
        }

        @Override
        public String six(String a, long b, double c, int[] d, List<String> e, byte f) {
            calls.add("six");
            return a + b + c + Arrays.toString(d) + e + f;
        }

        @Override
        public float seven(long a, double b, int c, long d, String e, String f, short g) {
            calls.add("seven " + a + f + g);
            return a;
        }

        @Override
        public byte direct(byte a, long b, double c, float d, short e, char f, boolean g, String... rest) {
            calls.add("direct " + a + b + c + d + e + f + g + String.join("", rest));
            return a;
        }

        @Override
        public int[] array(int length) {
            calls.add("array");
            return new int[length];
        }

        @Override
        public void nothing(long a, double b) {
            calls.add("nothing " + a + b);
        }
    }

    @Test
    void methods_ofEveryShape_answerAsTheTargetAndOnce() {
        Shapes shapes = wrap(Shapes.class, new ShapesTarget());
        for (int i = 0; i < 2; i++) {
            assertThat(shapes.none()).isEqualTo(7);
            assertThat(shapes.one(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
            assertThat(shapes.two(1.5, 2.5f)).isEqualTo(4.0);
            assertThat(shapes.three(true, (byte) 1, (short) 2)).isFalse();
            assertThat(shapes.four('a', 1, 2, null)).isEqualTo('b');
            assertThat(shapes.five("a", 1, 2, new int[] {3}, List.of("x"))).isEqualTo("a12.0[3][x]");
            assertThat(shapes.six("a", 1, 2, new int[] {3}, List.of("x"), (byte) 9))
                    .isEqualTo("a12.0[3][x]9");
            assertThat(shapes.seven(0, i, i, i, "" + i, "key", (short) i)).isEqualTo(0);
            assertThat(shapes.array(2)).hasSize(2).isSameAs(shapes.array(2));
        }
        assertThat(calls)
                .containsExactly(
                        "none",
                        "one " + Long.MAX_VALUE,
                        "two 1.5 2.5",
                        "three true 1 2",
                        "four a 1 2 null",
                        "five",
                        "six",
                        "seven 0key0",
                        "array");
        calls.clear();
        shapes.six("a", 1, 2, new int[] {4}, List.of("x"), (byte) 9);
        shapes.six("a", 1, 2, new int[] {3}, List.of("x"), (byte) 8);
        assertThat(shapes.seven(1, 0, 0, 0, "", "key", (short) 0)).isEqualTo(1);
        assertThat(calls).containsExactly("six", "six", "seven 1key0");
        calls.clear();
        for (int i = 0; i < 2; i++) {
            assertThat(shapes.direct((byte) 1, 2, 3, 4, (short) 5, '6', true, "a", "b"))
                    .isEqualTo((byte) 1);
            shapes.nothing(1, 2);
        }
        assertThat(calls)
                .containsExactly("direct 123.04.056trueab", "nothing 12.0", "direct 123.04.056trueab", "nothing 12.0");
    }

    @Test
    void wrap_twiceTheSameObject_sharesAllCaches() {
        ShapesTarget target = new ShapesTarget();
        Shapes one = wrap(Shapes.class, target);
        Shapes other = wrap(Shapes.class, target);
        assertThat(one.one(1) + other.one(1)).isEqualTo(2);
        assertThat(one.six("a", 1, 2, new int[] {3}, List.of("x"), (byte) 9))
                .isEqualTo(other.six("a", 1, 2, new int[] {3}, List.of("x"), (byte) 9));
        assertThat(calls).containsExactly("one 1", "six");
    }

    /** Something to read. */
    public interface Source {
        @Cached(name = "sources", maximumSize = 10, expireAfterWrite = "1h30m", expireAfterAccess = "PT5M")
        String read(String path) throws IOException;
    }

    @Test
    void wrap_otherTargets_haveKeySpacesOfTheirOwn() throws IOException {
        Source one = wrap(Source.class, path -> "one " + path);
        Source other = wrap(Source.class, new Source() {
            @Override
            public String read(String path) {
                return "other " + path;
            }
        });
        String own = Locale.ROOT.toString();
        Source capturing = wrap(Source.class, path -> own + path);
        assertThat(one.read("a")).isEqualTo("one a");
        assertThat(other.read("a")).isEqualTo("other a");
        assertThat(capturing.read("a")).isEqualTo("a");
        assertThat(twat.caches()).containsExactly("sources");
        assertThat(twat.stats().get("sources").missCount()).isEqualTo(3);
    }

    @Test
    void exceptions_passUnchangedAndAreNotKept() throws IOException {
        IOException checked = new IOException("checked");
        List<Throwable> next = new ArrayList<>(List.of(checked, new AssertionError("error")));
        Source source = wrap(Source.class, path -> {
            if (!next.isEmpty()) {
                throw WrapTest.<IOException>sneaky(next.remove(0));
            }
            return path;
        });
        assertThatThrownBy(() -> source.read("a")).isSameAs(checked);
        assertThatThrownBy(() -> source.read("a")).isInstanceOf(AssertionError.class);
        assertThat(source.read("a")).isEqualTo("a");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is never executed
    private static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void configuration_switchesCachingOff_hereToo() throws IOException {
        Properties off = new Properties();
        off.setProperty("twat.cache.enabled", "false");
        try (TwatCache without = TwatCache.builder()
                .configuration(Sources.none().systemProperties(off))
                .open()) {
            Source source = without.wrap(Source.class, path -> {
                calls.add(path);
                return path;
            });
            source.read("a");
            source.read("a");
        }
        assertThat(calls).containsExactly("a", "a");
    }

    /** What a generic super-interface declares. */
    public interface Repository<K, V> {
        @Cached
        V find(K key);

        default V orElse(K key, V other) {
            V found = find(key);
            return found == null ? other : found;
        }
    }

    /** Declares nothing of its own. */
    public interface Names extends Repository<Long, String> {
        @CacheInvalidate(cache = "find", key = "#1")
        void rename(String name, Long key);
    }

    private final class NamesTarget implements Names {
        private String name = "none";

        @Override
        public String find(Long key) {
            calls.add("find " + key);
            return name + key;
        }

        @Override
        public void rename(String newName, Long key) {
            name = newName;
        }
    }

    @Test
    void genericSuperInterface_cachedThroughBoth() {
        Names names = wrap(Names.class, new NamesTarget());
        Repository<Long, String> general = names;
        assertThat(names.find(1L)).isEqualTo("none1");
        assertThat(general.find(1L)).isEqualTo("none1");
        assertThat(names.orElse(1L, "x")).isEqualTo("none1");
        names.rename("new", 1L);
        assertThat(general.find(1L)).isEqualTo("new1");
        assertThat(calls).as("the target's own calls go past the cache").containsExactly("find 1", "find 1", "find 1");
        assertThat(twat.caches()).containsExactly(Names.class.getName() + ".find");
    }

    /** Declares anew, with narrower types: the compiler writes a bridge. */
    public interface Narrow extends Repository<Long, String> {
        @Override
        @Cached(name = "narrow")
        String find(Long key);
    }

    @Test
    void bridge_ofTheCompiler_leadsToTheCachedMethod() {
        Narrow narrow = wrap(Narrow.class, key -> {
            calls.add("find");
            return "found";
        });
        Repository<Long, String> general = narrow;
        assertThat(general.find(1L) + narrow.find(1L)).isEqualTo("foundfound");
        assertThat(calls).containsExactly("find");
    }

    /** Declares, with narrower types, what another interface declares too; neither knows of the other. */
    public interface Narrower {
        @Cached(name = "narrower")
        String find(Long key);
    }

    /** Brings both together; the compiler writes no bridge. */
    public interface Meeting extends Finder<Long, Object>, Narrower {}

    /** Is not annotated. */
    public interface Finder<K, V> {
        V find(K key);
    }

    @Test
    void unrelatedInterfaces_withOneMethod_cachedThroughBoth() {
        Meeting meeting = wrap(Meeting.class, new Meeting() {
            @Override
            public String find(Long key) {
                calls.add("find");
                return "found";
            }
        });
        Finder<Long, Object> wide = meeting;
        Narrower narrow = meeting;
        assertThat(wide.find(1L)).isEqualTo("found");
        assertThat(narrow.find(1L)).isEqualTo("found");
        assertThat(calls).containsExactly("find");
    }

    /** Overloaded, varargs, default. */
    public interface Overloads {
        @Cached
        String of(int a);

        @Cached
        String of(Integer a);

        @Cached
        String of(String... rest);

        @Cached
        default String twice(String a) {
            return a + of(a);
        }
    }

    @Test
    void overloads_haveCachesOfTheirOwn() {
        Overloads overloads = wrap(Overloads.class, new Overloads() {
            @Override
            public String of(int a) {
                calls.add("int");
                return "int " + a;
            }

            @Override
            public String of(Integer a) {
                calls.add("Integer");
                return "Integer " + a;
            }

            @Override
            public String of(String... rest) {
                calls.add("strings");
                return String.join("+", rest);
            }
        });
        for (int i = 0; i < 2; i++) {
            assertThat(overloads.of(1)).isEqualTo("int 1");
            assertThat(overloads.of(Integer.valueOf(1))).isEqualTo("Integer 1");
            assertThat(overloads.of("a", "b")).isEqualTo("a+b");
            assertThat(overloads.twice("x")).isEqualTo("xx");
        }
        assertThat(calls).containsExactly("int", "Integer", "strings", "strings");
        String name = Overloads.class.getName();
        assertThat(twat.caches())
                .containsExactlyInAnyOrder(
                        name + ".of(int)", name + ".of(Integer)", name + ".of(String[])", name + ".twice");
    }

    /** Declares methods of Object too. */
    public interface Valued extends Comparator<String> {
        @Cached
        int value(String of);

        @Override
        boolean equals(Object other);

        @Override
        String toString();
    }

    /** A target with an equals. */
    record ByName(String name) implements Valued {
        @Override
        public int value(String of) {
            return of.length();
        }

        @Override
        public int compare(String a, String b) {
            return Integer.compare(value(a), value(b));
        }
    }

    @Test
    void objectMethods_compareAndShowTheTarget() {
        Valued one = wrap(Valued.class, new ByName("n"));
        Valued same = wrap(Valued.class, new ByName("n"));
        Valued other = wrap(Valued.class, new ByName("m"));
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(one.equals(new ByName("n"))).isFalse();
        assertThat(one).hasToString("ByName[name=n]");
        assertThat(((Wrapped) one).wrappedTarget()).isEqualTo(new ByName("n"));
        assertThat(one.reversed().compare("a", "bb")).isPositive();
    }

    /** Looks serializable, and has a method of the name that wrapped objects have. */
    public interface Odd extends Serializable {
        @Cached
        int odd(int a);

        Object wrappedTarget();
    }

    @Test
    void serializing_refusedUnlessItIsAProxy_whoseHandlerIsNot() {
        Odd odd = wrap(Odd.class, new Odd() {
            @Override
            public int odd(int a) {
                return a;
            }

            @Override
            public Object wrappedTarget() {
                return "my own";
            }
        });
        assertThat(odd.odd(1)).isEqualTo(1);
        assertThat(odd.wrappedTarget()).isEqualTo("my own");
        assertThatThrownBy(() -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(odd))
                .isInstanceOf(NotSerializableException.class);
    }

    /** With defaults for all. */
    @CacheDefaults(engine = "heap", expireAfterWrite = "10m", maximumSize = 5, tags = "all", statistics = true)
    public interface Defaults {
        @Cached(name = "plain")
        int plain(int a);

        @Cached(name = "own", maximumBytes = "64 KiB", expireAfterWrite = "1s", tags = "own")
        int own(int a);
    }

    @Test
    void defaults_holdUnlessAMethodSaysOtherwise() {
        Defaults defaults = wrap(Defaults.class, new Defaults() {
            @Override
            public int plain(int a) {
                return a;
            }

            @Override
            public int own(int a) {
                return a;
            }
        });
        for (int i = 0; i < 9; i++) {
            defaults.plain(i);
            defaults.own(i);
        }
        Plan plan = Plan.of(Defaults.class, defaults, Map.of());
        var own = plan.cached().get(0).spec();
        assertThat(own.get(Settings.MAXIMUM_BYTES)).isEqualTo(64 << 10);
        assertThat(own.get(Settings.MAXIMUM_SIZE)).isNull();
        assertThat(own.get(Settings.EXPIRE_AFTER_WRITE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(own.engine()).isEqualTo("heap");
        assertThat(plan.cached().get(0).tags()).containsExactly("all", "own");
        assertThat(plan.cached().get(1).spec().get(Settings.MAXIMUM_SIZE)).isEqualTo(5);
        assertThat(twat.stats().get("plain").removalCount(RemovalCause.SIZE)).isEqualTo(4);
    }

    /** Not public. */
    interface Hidden {
        @Cached
        Secret secret(int a);
    }

    /** Not public either. */
    record Secret(int a) {}

    @Test
    void packagePrivateInterface_onTheClassPath_isReached() {
        Hidden hidden = wrap(Hidden.class, a -> {
            calls.add("secret");
            return new Secret(a);
        });
        assertThat(hidden.secret(1)).isEqualTo(hidden.secret(1));
        assertThat(calls).containsExactly("secret");
    }

    @Test
    void close_ofTheTwatCache_endsCachedMethodsOnly() {
        Shapes shapes = wrap(Shapes.class, new ShapesTarget());
        shapes.one(1);
        twat.close();
        assertThatThrownBy(() -> shapes.one(1)).isInstanceOf(IllegalStateException.class);
        shapes.nothing(1, 1);
        assertThat(calls).containsExactly("one 1", "nothing 11.0");
    }
}
