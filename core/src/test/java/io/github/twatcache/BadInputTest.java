package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.function.Fn1;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users do wrong, and what they are told; what looks wrong and must work. */
class BadInputTest {
    private final TwatCache twat = TwatCache.open();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        twat.close();
    }

    @Test
    void recursion_onAThreadWithoutAName_isToldWithItsNumber() throws Exception {
        List<Fn1<Integer, Integer, RuntimeException>> itself = new ArrayList<>();
        itself.add(twat.memory("ring").memoize((Integer n) -> itself.get(0).apply(n)));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread nameless = new Thread(
                () -> {
                    try {
                        itself.get(0).apply(1);
                    } catch (RecursiveLoadException expected) {
                        thrown.complete(expected);
                    }
                },
                "");
        nameless.start();
        nameless.join();
        assertThat(thrown.getNow(null)).hasMessageContaining("virtual thread #").hasMessageNotContainingAny("''");
    }

    /** A class that compares by identity. */
    static final class Plain {}

    @Test
    void engine_nameThatNoEngineCanHave_refusedWithWhatIsAllowedAndTheNearest() {
        for (String name : List.of("", " ", "Heap", "he ap", "-heap", "heap!", "häp")) {
            assertThatThrownBy(() -> twat.cache("a").engine(name))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("lower-case letters, digits and dashes", "'" + name + "'");
        }
        assertThatThrownBy(() -> twat.cache("a").engine("Heap ")).hasMessageContaining("did you mean 'heap'?");
        assertThatThrownBy(() -> twat.cache("a").engine("")).hasMessageContainingAll("choose one of", "heap", "memory");
        for (String name : List.of("", "Bad Name", "memory", "auto")) {
            assertThatThrownBy(() -> TwatCache.builder()
                            .engine(new AbleEngine() {
                                @Override
                                public String name() {
                                    return name;
                                }
                            })
                            .open())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'" + name + "'");
        }
        assertThatThrownBy(() -> TwatCache.builder()
                        .engine(new AbleEngine() {
                            @Override
                            public String name() {
                                return "Bad Name";
                            }
                        })
                        .open())
                .hasMessageContaining("such as 'bad-name'");
    }

    @Test
    void memoize_keyTypeWithoutEquals_refusedNamingArgumentAndClass() {
        assertThatThrownBy(() -> twat.memory("a").memoize((Plain plain) -> 1))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("Plain")
                .hasMessageContaining("argument 0");
    }

    @Test
    void apply_objectWithoutEquals_refusedOnTheFirstMiss() {
        Cached1<Object, Integer, RuntimeException> f =
                twat.memory("a").memoize((Object any) -> calls.incrementAndGet());
        assertThatThrownBy(() -> f.apply(new Plain()))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("Plain");
        assertThat(calls).hasValue(0);
    }

    @Test
    void apply_mutableKeyChangedAfterTheCall_isAnotherKey() {
        Cached1<List<Integer>, Integer, RuntimeException> sum = twat.memory("a").memoize((List<Integer> list) -> {
            calls.incrementAndGet();
            return list.stream().mapToInt(i -> i).sum();
        });
        List<Integer> list = new ArrayList<>(List.of(1, 2));
        assertThat(sum.apply(list)).isEqualTo(3);
        list.add(3);
        assertThat(sum.apply(list)).isEqualTo(6);
        assertThat(sum.apply(List.of(1, 2))).isEqualTo(3);
        assertThat(calls).hasValue(2);
    }

    /** A record that holds an array. */
    @SuppressWarnings("ArrayRecordComponent") // what users write, and what this test is about
    record Sample(String name, double[] values) {}

    @Test
    void apply_recordAndListThatHoldArrays_compareByContent() {
        Cached1<Sample, Integer, RuntimeException> record =
                twat.memory("record").memoize((Sample s) -> calls.incrementAndGet());
        assertThat(record.apply(new Sample("a", new double[] {1, 2}))).isEqualTo(1);
        assertThat(record.apply(new Sample("a", new double[] {1, 2}))).isEqualTo(1);
        assertThat(record.apply(new Sample("a", new double[] {1, 3}))).isEqualTo(2);
        Cached1<List<int[]>, Integer, RuntimeException> list =
                twat.memory("list").memoize((List<int[]> l) -> calls.incrementAndGet());
        assertThat(list.apply(List.of(new int[] {1}))).isEqualTo(3);
        assertThat(list.apply(List.of(new int[] {1}))).isEqualTo(3);
        assertThat(list.isCached(List.of(new int[] {1}))).isTrue();
        assertThat(list.invalidate(List.of(new int[] {1}))).isTrue();
        assertThat(list.apply(List.of(new int[] {1}))).isEqualTo(4);
    }

    @Test
    void apply_nullArgumentsAndResults_areValues() {
        Cached2<String, String, String, RuntimeException> f = twat.memory("a").memoize((String a, String b) -> {
            calls.incrementAndGet();
            return a == null ? null : a + b;
        });
        assertThat(f.apply(null, "x")).isNull();
        assertThat(f.apply(null, "x")).isNull();
        assertThat(f.peek(null, "x").present()).isTrue();
        assertThat(f.apply("null", "x")).isEqualTo("nullx");
        assertThat(calls).hasValue(2);
    }

    @Test
    void apply_zerosAndNaN_keptApart() {
        Cached1<Double, Integer, RuntimeException> f = twat.memory("a").memoize((Double d) -> calls.incrementAndGet());
        assertThat(f.apply(0.0)).isEqualTo(1);
        assertThat(f.apply(-0.0)).isEqualTo(2);
        assertThat(f.apply(Double.NaN)).isEqualTo(3);
        assertThat(f.apply(Double.longBitsToDouble(0x7ff8000000000001L))).isEqualTo(3);
        Cached2<Double, Float, Integer, RuntimeException> g =
                twat.memory("b").memoize((Double d, Float e) -> calls.incrementAndGet());
        assertThat(g.apply(0.0, 0f)).isNotEqualTo(g.apply(-0.0, 0f));
        assertThat(g.apply(Double.NaN, Float.NaN)).isEqualTo(g.apply(Double.NaN, Float.NaN));
    }

    @Test
    void apply_arraysThatDifferInTheMiddle_keptApart() {
        Cached1<double[], Integer, RuntimeException> f =
                twat.memory("a").memoize((double[] d) -> calls.incrementAndGet());
        double[] array = new double[100_000];
        assertThat(f.apply(array)).isEqualTo(1);
        double[] other = array.clone();
        other[50_000] = Double.MIN_VALUE;
        assertThat(f.apply(other)).isEqualTo(2);
        array[0] = 1;
        assertThat(f.apply(array)).isEqualTo(3);
        assertThat(f.apply(new double[100_000])).isEqualTo(1);
    }

    @Test
    void apply_separatorsInArguments_cannotForgeKeys() {
        Cached2<String, String, Integer, RuntimeException> f =
                twat.memory("a").memoize((String a, String b) -> calls.incrementAndGet());
        assertThat(f.apply("a b", "c")).isNotEqualTo(f.apply("a", "b c"));
    }

    record Service(String answer) {
        String call(int n) {
            return answer + n;
        }
    }

    @Test
    void memoize_twoReceiversSameMethod_haveTheirOwnResults() {
        Service one = new Service("one");
        Service two = new Service("two");
        assertThat(twat.memory("a").memoize(one::call).apply(1)).isEqualTo("one1");
        assertThat(twat.memory("a").memoize(two::call).apply(1)).isEqualTo("two1");
        assertThat(twat.memory("a").memoize(new Service("one")::call).isCached(1))
                .isTrue();
    }

    static Fn1<Integer, String, RuntimeException> make(String prefix) {
        return n -> prefix + n;
    }

    @Test
    void memoize_twoClosuresOfOneLambda_haveTheirOwnResults() {
        assertThat(twat.memory("a").memoize(make("EU")).apply(1)).isEqualTo("EU1");
        assertThat(twat.memory("a").memoize(make("US")).apply(1)).isEqualTo("US1");
        Cached1<Integer, String, RuntimeException> again = twat.memory("a").memoize(make("EU"));
        assertThat(again.isCached(1)).isTrue();
    }

    @Test
    void memoize_jdkFunctionByReference_countsAsThatObject() {
        Function<Integer, Integer> twice = n -> n * 2;
        Function<Integer, Integer> thrice = n -> n * 3;
        assertThat(twat.memory("a").memoize(twice::apply).apply(2)).isEqualTo(4);
        // The captured objects differ in class, so under one name it is another function or its own space; never 4.
        try {
            assertThat(twat.memory("a").memoize(thrice::apply).apply(2)).isEqualTo(6);
        } catch (ConfigurationException anotherFunction) {
            assertThat(anotherFunction).hasMessageContaining("'a'");
        }
    }

    static final class Checked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void apply_functionThatThrows_throwsTheSame() {
        Checked checked = new Checked();
        IllegalStateException unchecked = new IllegalStateException("user's");
        AssertionError error = new AssertionError("user's");
        Cached1<Integer, String, Exception> f = twat.memory("a").memoize((Integer n) -> {
            calls.incrementAndGet();
            if (n == 0) {
                throw checked;
            } else if (n == 1) {
                throw unchecked;
            }
            throw error;
        });
        for (int round = 1; round <= 2; round++) {
            assertThatThrownBy(() -> f.apply(0)).isSameAs(checked);
            assertThatThrownBy(() -> f.apply(1)).isSameAs(unchecked);
            assertThatThrownBy(() -> f.apply(2)).isSameAs(error);
        }
        assertThat(calls).hasValue(6);
        assertThat(checked.getSuppressed()).isEmpty();
        assertThat(checked.getCause()).isNull();
    }

    @Test
    void apply_loaderThatInvalidatesItsOwnKey_isNotStored() {
        List<Cached1<Integer, Integer, RuntimeException>> self = new ArrayList<>();
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("a").memoize((Integer n) -> {
            self.get(0).invalidate(n);
            return calls.incrementAndGet();
        });
        self.add(f);
        assertThat(f.apply(1)).isEqualTo(1);
        assertThat(f.isCached(1)).isFalse();
        assertThat(f.apply(1)).isEqualTo(2);
    }

    @Test
    void apply_loaderThatInterruptsItself_isStoredAndKeepsTheFlag() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("a").memoize((Integer n) -> {
            Thread.currentThread().interrupt();
            return calls.incrementAndGet();
        });
        assertThat(f.apply(1)).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(f.apply(1)).isEqualTo(1);
    }

    @Test
    void apply_loaderThatCallsItself_isToldTheChain() {
        List<Cached1<Integer, Integer, RuntimeException>> self = new ArrayList<>();
        Cached1<Integer, Integer, RuntimeException> f =
                twat.memory("fib").memoize((Integer n) -> self.get(0).apply(n));
        self.add(f);
        assertThatThrownBy(() -> f.apply(1))
                .isInstanceOf(RecursiveLoadException.class)
                .hasMessageContaining("fib[");
        assertThat(f.size()).isZero();
    }

    @Test
    void apply_recursionOverOtherArguments_works() {
        List<Cached1<Integer, Long, RuntimeException>> self = new ArrayList<>();
        Cached1<Integer, Long, RuntimeException> fib = twat.memory("fib")
                .memoize((Integer n) -> n < 2
                        ? (long) n
                        : self.get(0).apply(n - 1) + self.get(0).apply(n - 2));
        self.add(fib);
        assertThat(fib.apply(80)).isEqualTo(23416728348467685L);
    }

    @Test
    void apply_loaderThatOverflowsTheStack_leavesNoLoadBehind() throws Exception {
        List<Cached1<Integer, Integer, RuntimeException>> self = new ArrayList<>();
        Cached1<Integer, Integer, RuntimeException> deep = twat.memory("deep")
                .memoize((Integer n) -> n < 0 ? 0 : self.get(0).apply(n + 1));
        self.add(deep);
        for (int round = 0; round < 20; round++) {
            int start = round * 1_000_000;
            assertThatThrownBy(() -> deep.apply(start)).isInstanceOf(StackOverflowError.class);
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
                for (int n = start; n < start + 200; n++) {
                    deep.put(n, 1);
                    deep.invalidate(n);
                }
                return deep.peek(start).present();
            });
            assertThat(other.get(20, java.util.concurrent.TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void settings_outOfRangeRepeatedOrExcluded_refusedAtOnce() {
        CacheBuilder b = twat.memory("a");
        assertThatThrownBy(() -> b.maximumSize(0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maximum-size")
                .hasMessageContaining("but was 0")
                .hasMessageContaining("null");
        assertThatThrownBy(() -> b.maximumSize(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> b.maximumSize(1).maximumSize(2)).hasMessageContaining("already set to 1");
        assertThatThrownBy(() -> b.maximumSize(1).maximumBytes(2))
                .hasMessageContaining("maximum-size")
                .hasMessageContaining("maximum-bytes");
        assertThatThrownBy(() -> b.expireAfterWrite(Duration.ZERO)).hasMessageContaining("0s");
        assertThatThrownBy(() -> b.expireAfterWrite(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> b.expiryJitter(1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> b.cacheFailures(IOException.class, Duration.ofSeconds(1))
                        .cacheFailures(IOException.class, Duration.ofSeconds(2)))
                .hasMessageContaining("IOException");
        assertThatThrownBy(() -> b.engine("heap")).hasMessageContaining("engine was already set");
        Cached1<Integer, Integer, RuntimeException> forEver =
                b.expireAfterWrite(Duration.ofNanos(Long.MAX_VALUE)).memoize((Integer n) -> calls.incrementAndGet());
        assertThat(forEver.apply(1)).isEqualTo(forEver.apply(1));
        Cached1<Integer, Integer, RuntimeException> longer = twat.memory("b")
                .expireAfterWrite(Duration.ofSeconds(Long.MAX_VALUE))
                .memoize((Integer n) -> calls.incrementAndGet());
        assertThat(longer.apply(1)).isEqualTo(longer.apply(1));
    }

    @Test
    void use_afterClose_isRefused() {
        Cached1<Integer, Integer, RuntimeException> f = twat.memory("a").memoize((Integer n) -> n);
        Cache<String, String> cache =
                twat.memory("b").types(String.class, String.class).build();
        f.apply(1);
        cache.put("a", "b");
        twat.close();
        assertThatThrownBy(() -> f.apply(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a' is closed");
        assertThatThrownBy(() -> f.peek(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> f.put(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(f::size).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.getIfPresent("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.put("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> twat.memory("c").memoize((Integer n) -> n)).isInstanceOf(IllegalStateException.class);
        assertThat(f.bypass(5)).isEqualTo(5);
    }

    @Test
    void memoize_oneNameOtherFunctionOrSettings_namesBothPlaces() {
        twat.memory("a").memoize((Integer n) -> n);
        assertThatThrownBy(() -> twat.memory("a").memoize((Integer n) -> n + 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("BadInputTest.java");
        twat.memory("b").memoize(BadInputTest::twice);
        assertThatThrownBy(() -> twat.memory("b").maximumSize(5).memoize(BadInputTest::twice))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maximum-size is not set there and 5 here");
        Cached1<Integer, Integer, RuntimeException> again = twat.memory("b").memoize(BadInputTest::twice);
        assertThat(again.apply(4)).isEqualTo(8);
    }

    static int twice(int n) {
        return n * 2;
    }

    static int over(String s) {
        return 1;
    }

    static int over(Integer i) {
        return 2;
    }

    static String va(Object... all) {
        return Arrays.toString(all);
    }

    static <T> List<T> wrap(T value) {
        return List.of(value);
    }

    @Test
    void memoize_overloadedVarargsGenericAndConstructors_workInTheDocumentedForm() throws Exception {
        Cached1<String, Integer, RuntimeException> over = twat.memory("over").memoize(String.class, BadInputTest::over);
        assertThat(over.apply("x")).isEqualTo(1);
        Cached1<String, Integer, RuntimeException> parse =
                twat.memory("parse").memoize(String.class, Integer::parseInt);
        assertThat(parse.apply("12")).isEqualTo(12);
        Cached1<String, File, RuntimeException> file = twat.memory("file").memoize(String.class, File::new);
        assertThat(file.apply("/a")).isEqualTo(new File("/a"));
        Cached1<String, String, RuntimeException> va = twat.memory("va").memoize(String.class, BadInputTest::va);
        assertThat(va.apply("q")).isEqualTo("[q]");
        Cached1<String, List<String>, RuntimeException> wrap =
                twat.memory("wrap").memoize(String.class, BadInputTest::wrap);
        assertThat(wrap.apply("q")).containsExactly("q");
    }

    @Test
    void memoize_functionThatReturnsAStage_isRefused() {
        assertThatThrownBy(() -> twat.memory("a").memoize((Integer n) -> CompletableFuture.completedFuture(n)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CompletionStage");
        Cached1<Integer, Object, RuntimeException> hidden =
                twat.memory("b").memoize((Integer n) -> (Object) CompletableFuture.completedFuture(n));
        assertThat(hidden.apply(1)).isNotSameAs(hidden.apply(1));
    }

    @Test
    void hit_byNullKeyOfData_isRefused() {
        Cache<String, String> cache =
                twat.memory("b").types(String.class, String.class).build();
        assertThatThrownBy(() -> cache.put(null, "a")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.getIfPresent(null)).isInstanceOf(NullPointerException.class);
        cache.put("a", null);
        assertThat(cache.peek("a")).isEqualTo(Lookup.found(null));
        assertThat(cache.getIfPresent("a")).isNull();
        assertThat(cache.asMap()).isEmpty();
    }

    @Test
    void engine_mistyped_isToldTheNearest() {
        assertThatThrownBy(() -> twat.cache("a").engine("heep").memoize(BadInputTest::twice))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("did you mean 'heap'?");
        assertThatThrownBy(() -> twat.cache("a")
                        .engine("caffeine")
                        .onUnavailable(OnUnavailable.FAIL)
                        .memoize(BadInputTest::twice))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("twat-cache-caffeine");
    }
}
