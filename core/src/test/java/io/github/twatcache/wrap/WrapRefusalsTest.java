package io.github.twatcache.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code wrap} refuses: everything at once, each with its place, the value and what to do. */
class WrapRefusalsTest {
    private final TwatCache twat = TwatCache.open();

    @AfterEach
    void close() {
        twat.close();
    }

    /** An object of any interface; none of its methods is ever called here. */
    private static <T> T any(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    private String refused(Class<?> type) {
        return refusedOf(type);
    }

    private <T> String refusedOf(Class<T> type) {
        T target = any(type);
        String[] message = new String[1];
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> twat.wrap(type, target))
                .satisfies(thrown -> message[0] = thrown.getMessage());
        assertThat(twat.caches()).as("nothing is left open").isEmpty();
        return message[0];
    }

    /** A type without equals. */
    static final class Plain {}

    /** Wrong in every way. */
    public interface Wrong {
        @Cached(key = "citty")
        int unknownName(String city);

        @Cached(key = {"#0", "0"})
        int twice(String city);

        @Cached(key = "#2")
        int beyond(String city, int day);

        @Cached(key = "x")
        int without();

        @Cached
        void nothing(int a);

        @Cached
        CompletableFuture<String> later(int a);

        @Cached
        Flow.Publisher<String> rows(int a);

        @Cached(maximumSize = 1, maximumBytes = "1KB")
        int both(int a);

        @Cached(expireAfterWrite = "5 parsecs")
        int duration(int a);

        @Cached(expireAfterAccess = "0s")
        int zero(int a);

        @Cached(maximumBytes = "many")
        int bytes(int a);

        @Cached(maximumSize = -1)
        int negative(int a);

        @Cached(name = " ")
        int blank(int a);

        @Cached(tags = "")
        int blankTag(int a);

        @Cached(engine = "heep")
        int engine(int a);

        @Cached(name = "same")
        int same(int a);

        @Cached(name = "same")
        int sameToo(int a);

        @Cached
        @CacheInvalidate(cache = "same", all = true)
        int excluded(int a);

        @CacheInvalidate(cache = "nowhere")
        void unknownCache(int a);

        @CacheInvalidate
        void noCache(int a);

        @CacheInvalidate(cache = "zero", all = true, tags = "a")
        void allAndTags(int a);

        @CacheInvalidate(cache = "zero")
        void tooFew();

        @CacheInvalidate(cache = "zero")
        void otherType(long a);

        @CacheInvalidate(
                cache = "zero",
                key = {"#0", "#1"})
        void tooMany(int a, int b);

        @CacheInvalidate(cache = "zero", tags = "a")
        void untagged(int a);

        @CacheInvalidate(cache = "zero")
        CompletionStage<Void> stage(int a);

        @CacheInvalidate(cache = "zero")
        Flow.Publisher<String> publisher(int a);

        @CacheRefresh(cache = "zero")
        void refreshVoid(int a);

        @CacheRefresh(cache = "zero")
        int refreshOther(long a);

        @CacheRefresh(cache = "nowhere")
        int refreshUnknown(int a);

        @CacheRefresh(cache = "zero")
        @CacheInvalidate(cache = "zero")
        int refreshAndInvalidate(int a);

        @Cached
        static int ofNobody() {
            return 1;
        }

        @Override
        @Cached
        int hashCode();
    }

    @Test
    void annotations_wrong_allToldAtOnce() {
        String message = refused(Wrong.class);
        assertThat(message.lines().skip(1))
                .hasSize(32)
                .allMatch(line -> line.startsWith("  " + Wrong.class.getName() + ": "))
                .anyMatch(line ->
                        line.contains("@Cached on unknownName(String): key \"citty\" is none of its parameters"))
                .anyMatch(line -> line.contains("twice(String): key \"0\" is the same parameter as another"))
                .anyMatch(line ->
                        line.contains("beyond(String, int): key \"#2\" is none of its parameters; its places are"
                                + " #0, #1, its names are not known (compile with -parameters)"))
                .anyMatch(line -> line.contains("without(): key \"x\" is none of its parameters; it has none"))
                .anyMatch(line -> line.contains("nothing(int): a void method has no result"))
                .anyMatch(line ->
                        line.contains("later(int): it returns a CompletionStage") && line.contains("memoizeAsync"))
                .anyMatch(line -> line.contains("rows(int): ") && line.contains("memoizePublisher"))
                .anyMatch(line -> line.contains("both(int): maximum-bytes = 1kB")
                        && line.contains("cannot be combined with maximum-size = 1"))
                .anyMatch(
                        line -> line.contains("duration(int): expire-after-write = \"5 parsecs\": that is no duration"))
                .anyMatch(line -> line.contains("zero(int): expire-after-access must be"))
                .anyMatch(line -> line.contains("bytes(int): maximum-bytes = \"many\": that is no size"))
                .anyMatch(line -> line.contains("negative(int): maximum-size must be") && line.contains("-1"))
                .anyMatch(line -> line.contains("blank(int): its name is blank"))
                .anyMatch(line -> line.contains("blankTag(int): a tag is blank"))
                .anyMatch(line -> line.contains("engine(int): engine 'heep' is not present")
                        && line.contains("did you mean 'heap'?"))
                .anyMatch(line -> line.contains("the cache name 'same' is that of same(int) too"))
                .anyMatch(line -> line.contains("excluded(int): it excludes @CacheInvalidate and @CacheRefresh"))
                .anyMatch(line -> line.contains("unknownCache(int): no method here is cached in \"nowhere\""))
                .anyMatch(line -> line.contains("noCache(int): it names no cache"))
                .anyMatch(line -> line.contains("allAndTags(int): key, all and tags exclude each other"))
                .anyMatch(
                        line -> line.contains("tooFew(): the key of zero(int) is made of 1 parameters, and here are 0"))
                .anyMatch(line -> line.contains(
                        "otherType(long): parameter #0 is of type long, where the key of zero(int) has int"))
                .anyMatch(line -> line.contains("tooMany(int, int): the key of zero(int) is made of 1 parameters"))
                .anyMatch(line -> line.contains("untagged(int): the results of cache 'zero' have no tags"))
                .anyMatch(line -> line.contains("stage(int): it returns a CompletionStage"))
                .anyMatch(line -> line.contains("publisher(int): it returns a Flow.Publisher"))
                .anyMatch(line -> line.contains("refreshVoid(int): it returns void and zero(int) returns int"))
                .anyMatch(line -> line.contains("refreshOther(long): its parameters are not those of zero(int)"))
                .anyMatch(line -> line.contains("refreshUnknown(int): no method here is cached in \"nowhere\""))
                .anyMatch(line ->
                        line.contains("refreshAndInvalidate(int): @CacheRefresh of the same cache stands there"))
                .anyMatch(line -> line.contains("ofNobody(): a static or private method"))
                .anyMatch(line -> line.contains("hashCode(): wrapped objects answer the methods of Object"));
    }

    /** Two methods whose caches cannot be opened, and one whose can. */
    public interface CannotOpen {
        @Cached(name = "fine")
        int fine(int a);

        @Cached(name = "plain")
        int plain(Plain a);

        @Cached(name = "taken")
        int taken(int a);
    }

    @Test
    void caches_cannotBeOpened_allToldAndNoneLeft() {
        twat.memory("taken").memoize((String a) -> a);
        assertThatThrownBy(() -> twat.wrap(CannotOpen.class, any(CannotOpen.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("plain(Plain): argument 0")
                .hasMessageContaining("taken(int): cache name 'taken' is taken by")
                .hasMessageContaining("2 faults");
        assertThat(twat.caches()).containsExactly("taken");
    }

    /** One method is annotated wrongly, one cannot be memoized, one is well. */
    public interface WrongInTwoWays {
        @Cached(name = "well", engine = "watched")
        int well(int a);

        @Cached(key = "citty")
        int misspelt(String city);

        @Cached(name = "taken")
        int taken(int a);
    }

    /** One method cannot be memoized, one is well. */
    public interface WrongInOneWay {
        @Cached(name = "well", engine = "watched")
        int well(int a);

        @Cached(name = "taken")
        int taken(int a);
    }

    /** The heap, which counts how often it is opened. */
    private static final class Watched implements Engine {
        private final HeapEngine heap = new HeapEngine();
        private int opened;
        private int failsAt;

        @Override
        public String name() {
            return "watched";
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Set<Trait> traits() {
            return heap.traits();
        }

        @Override
        public List<Setting<?>> settings() {
            return heap.settings();
        }

        @Override
        public Availability availability() {
            return heap.availability();
        }

        @Override
        public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
            if (++opened == failsAt) {
                throw new OutOfMemoryError("asked for by a test");
            }
            return heap.open(spec, context);
        }
    }

    @Test
    void faultsOfAnnotationsAndOfCaches_allToldAtOnce_andNothingOpened() {
        Watched watched = new Watched();
        try (TwatCache watching = TwatCache.builder()
                .configuration(Sources.none())
                .engine(watched)
                .open()) {
            watching.memory("taken").memoize((String a) -> a);
            assertThatThrownBy(() -> watching.wrap(WrongInTwoWays.class, any(WrongInTwoWays.class)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("misspelt(String): key \"citty\" is none of its parameters")
                    .hasMessageContaining("taken(int): cache name 'taken' is taken by")
                    .hasMessageContaining("2 faults");
            assertThatThrownBy(() -> watching.wrap(WrongInOneWay.class, any(WrongInOneWay.class)))
                    .hasMessageContaining("taken(int): cache name 'taken' is taken by");
            assertThat(watched.opened).isZero();
            assertThat(watching.caches()).containsExactly("taken");
        }
    }

    /** Two methods on the heap that is watched. */
    public interface Watching {
        @Cached(name = "first", engine = "watched")
        int first(int a);

        @Cached(name = "second", engine = "watched")
        int second(int a);
    }

    @Test
    void caches_whateverIsThrownAtTheSecond_theFirstIsNotLeftOpen() {
        Watched watched = new Watched();
        watched.failsAt = 2;
        try (TwatCache watching = TwatCache.builder()
                .configuration(Sources.none())
                .engine(watched)
                .open()) {
            Watching target = any(Watching.class);
            assertThatThrownBy(() -> watching.wrap(Watching.class, target)).isInstanceOf(OutOfMemoryError.class);
            assertThat(watching.caches()).isEmpty();
            watching.wrap(Watching.class, target);
            assertThat(watching.caches()).containsExactly("first", "second");
            watched.failsAt = 6;
            assertThatThrownBy(() -> watching.wrap(Watching.class, any(Watching.class)))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(watching.stats().keySet()).containsExactly("first", "second");
        }
    }

    /** Nothing is annotated. */
    public interface Bare {
        int bare();
    }

    /** Wrong defaults that no method makes use of. */
    @CacheDefaults(expireAfterWrite = "soon")
    public interface BadDefaults {
        @CacheInvalidate(cache = "elsewhere", all = true)
        void clear();
    }

    /** Nobody else may implement it. */
    public sealed interface Sealed permits OnlyOne {
        @Cached
        int value();
    }

    /** The only one. */
    record OnlyOne(int value) implements Sealed {}

    @Test
    void types_thatCannotBeWrapped() {
        assertThat(refused(Bare.class)).contains("none of its methods is annotated");
        assertThat(refused(BadDefaults.class)).contains("@CacheDefaults on BadDefaults: expire-after-write = \"soon\"");
        assertThatThrownBy(() -> twat.wrap(String.class, "a"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it is no interface");
        assertThatThrownBy(() -> twat.wrap(Sealed.class, new OnlyOne(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it is sealed");
        assertThatNullPointerException().isThrownBy(() -> twat.wrap(Wrong.class, null));
        assertThatNullPointerException().isThrownBy(() -> twat.wrap(null, "a"));
        assertThatNullPointerException().isThrownBy(() -> twat.wrap(null, Wrong.class, any(Wrong.class)));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // what a caller who does not heed warnings can write
    void target_ofAnotherType_refused() {
        assertThatThrownBy(() -> twat.wrap((Class) Wrong.class, "a"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("java.lang.String does not implement it");
    }

    @Test
    void lookup_withoutPrivileges_refused() {
        assertThatThrownBy(() -> twat.wrap(MethodHandles.publicLookup(), CannotOpen.class, any(CannotOpen.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("may not define classes");
    }

    @Test
    void afterClose_illegalState() {
        twat.close();
        assertThatThrownBy(() -> twat.wrap(CannotOpen.class, any(CannotOpen.class)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Annotated by two who disagree. */
    public interface One {
        @Cached(name = "one")
        int value(int a);
    }

    /** The other. */
    public interface Other {
        @Cached(name = "other")
        int value(int a);
    }

    /** Both. */
    public interface Both extends One, Other {}

    /** Decides. */
    public interface Decided extends Both {
        @Override
        @Cached(name = "decided")
        int value(int a);
    }

    @Test
    void superInterfaces_thatDisagree_refusedUnlessDecided() {
        assertThat(refused(Both.class)).contains("annotate it differently; declare it anew in Both");
        twat.wrap(Decided.class, a -> a);
        assertThat(twat.caches()).isEqualTo(Set.copyOf(List.of("decided")));
    }

    /** Removes by a tag in a cache that is not of this interface. */
    public interface ByTag {
        @CacheInvalidate(cache = "elsewhere", tags = "t")
        void change();
    }

    @Test
    void tags_ofAnotherCacheThatHasNone_refusedWhenWrappedAndWhenCalled() {
        Cache<String, String> untagged =
                twat.memory("elsewhere").types(String.class, String.class).build();
        assertThatThrownBy(() -> twat.wrap(ByTag.class, any(ByTag.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the results of cache 'elsewhere' have no tags; add tags() where it is built");
        untagged.close();
        Cache<String, String> tagged = twat.memory("elsewhere")
                .tags()
                .types(String.class, String.class)
                .build();
        ByTag wrapped = twat.wrap(ByTag.class, any(ByTag.class));
        tagged.put("k", "v", Keep.under("t"));
        wrapped.change();
        assertThat(tagged.getIfPresent("k")).isNull();
        tagged.close();
        twat.memory("elsewhere").types(String.class, String.class).build();
        assertThatThrownBy(wrapped::change)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cache 'elsewhere' was built without tags");
    }
}
