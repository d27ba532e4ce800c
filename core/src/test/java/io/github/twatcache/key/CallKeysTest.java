package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.spi.Nil;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of calls, both spun and boxed: what is found again, and what is never confused. */
// The arguments are what callers hand over, also what one would not write oneself.
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "ArrayRecordComponent", "UnnecessaryStringBuilder"})
@ParameterizedClass(name = "spun: {0}")
@ValueSource(booleans = {true, false})
final class CallKeysTest {
    private final boolean spun;

    CallKeysTest(boolean spun) {
        this.spun = spun;
    }

    @BeforeEach
    void choose() {
        System.setProperty("twat.cache.spin", Boolean.toString(spun));
    }

    @AfterEach
    void reset() {
        System.clearProperty("twat.cache.spin");
    }

    // ---------------------------------------------------------------- what the function has captured

    private static Digest ofOne(CallKeys keys) {
        return keys.call(keys.maker1().key(1)).digest();
    }

    @Test
    void digest_capturedArrayChanges_isAnotherCall() {
        int[] captured = {1, 2, 3};
        List<int[]> nested = List.of(captured);
        CallKeys array = one((Integer key) -> key + captured[0]);
        CallKeys list = one((Integer key) -> key + nested.get(0)[0]);
        Digest arrayBefore = ofOne(array);
        Digest listBefore = ofOne(list);
        assertThat(ofOne(array)).isEqualTo(arrayBefore);
        captured[1] = 9;
        assertThat(ofOne(array)).isNotEqualTo(arrayBefore);
        assertThat(ofOne(list)).isNotEqualTo(listBefore);
        captured[1] = 2;
        assertThat(ofOne(array)).isEqualTo(arrayBefore);
    }

    @Test
    void digest_capturedValue_countsByContent_capturedServiceByItsClassAlone() {
        assertThat(ofOne(adding("a"))).isEqualTo(ofOne(adding("a"))).isNotEqualTo(ofOne(adding("b")));
        assertThat(ofOne(counting(new AtomicInteger(1)))).isEqualTo(ofOne(counting(new AtomicInteger(2))));
    }

    private static CallKeys adding(String suffix) {
        return one((Integer key) -> key + suffix);
    }

    private static CallKeys counting(AtomicInteger service) {
        return one((Integer key) -> key + service.incrementAndGet());
    }

    // ---------------------------------------------------------------- what becomes of arguments

    /** Its constructor changes what it is given. */
    private record Counted(int[] numbers) {
        private Counted {
            numbers[0]++;
        }
    }

    @Test
    void digest_recordWhoseConstructorChangesItsArray_leavesArgumentAndKeyAlone() {
        Counted argument = new Counted(new int[] {1, 2, 3});
        CallKeys keys = one((Counted key) -> key);
        CallKey looking = keys.call(keys.maker1().key(argument));
        CallKey kept = keys.call(keys.settled(looking));
        assertThat(looking.digest()).isEqualTo(looking.digest());
        assertThat(kept.digest()).isEqualTo(kept.digest());
        assertThat(argument.numbers()).containsExactly(2, 2, 3);
    }

    @Test
    void digest_array_isOfItsContentWhenAsked_andArgumentIsACopy() {
        int[] argument = new int[2_000];
        CallKeys keys = one((int[] key) -> key);
        CallKey looking = keys.call(keys.maker1().key(argument));
        CallKey kept = keys.call(keys.settled(looking));
        Digest before = kept.digest();
        assertThat(looking.digest()).isEqualTo(before);
        assertThat(looking).isEqualTo(kept).hasSameHashCodeAs(kept);
        ((int[]) kept.argument(0))[0] = 1;
        argument[1] = 1;
        assertThat(kept.digest()).isEqualTo(before);
        assertThat(keys.call(keys.maker1().key(argument))).isNotEqualTo(kept);
    }

    // ---------------------------------------------------------------- what kind of key

    @Test
    void of_severalArguments_isSpunUnlessTurnedOff() {
        Object key = typed().maker3().key(1, "a", 2L);
        assertThat(key.getClass().isHidden()).isEqualTo(spun);
    }

    @Test
    void direct_oneValueArgument_isTheArgument() {
        CallKeys keys = one((String key) -> key);
        assertThat(keys.direct()).isTrue();
        assertThat(keys.directIndex()).isZero();
        assertThat(keys.maker1().key("a")).isEqualTo("a");
        assertThat(keys.maker1().key(null)).isSameAs(Nil.NIL);
        assertThat(keys.settled(Nil.NIL)).isSameAs(Nil.NIL);
    }

    @Test
    void direct_argumentThatMayHoldAComparator_isNot() {
        assertThat(one((Object key) -> key).direct()).isFalse();
        assertThat(one((List<String> key) -> key).direct()).isFalse();
        assertThat(one((Holder key) -> key).direct()).isFalse();
        assertThat(one((Point key) -> key).direct()).isTrue();
        assertThat(one((Shape key) -> key).direct()).isTrue();
        assertThat(one((Trusted key) -> key).direct()).isTrue();
    }

    @Test
    void direct_allButOneIgnored_isTheOther() {
        CallKeys keys = two((String a, String b) -> a + b, KeyRules.ALL.ignore(0));
        assertThat(keys.direct()).isTrue();
        assertThat(keys.directIndex()).isEqualTo(1);
        assertThat(keys.maker2().key("x", "y")).isEqualTo("y");
        assertThat(keys.call("y").argument(0)).isNull();
        assertThat(keys.call("y").argument(1)).isEqualTo("y");
    }

    @Test
    void constant_noArgumentCounts_isOneKey() {
        CallKeys keys = two((String a, String b) -> a + b, KeyRules.ALL.ignore("a", "b"));
        assertThat(keys.maker2().key("x", "y"))
                .isEqualTo(keys.constant())
                .isEqualTo(keys.maker2().key("z", null))
                .hasSameHashCodeAs(keys.constant());
        Fn0<String, RuntimeException> none = () -> "x";
        CallKeys noArguments =
                CallKeys.of(FunctionIdentity.of(none, Fn0.class, 0), KeyRules.ALL, CanonicalEncoding.standard());
        assertThat(noArguments.constant()).isEqualTo(noArguments.settled(noArguments.constant()));
        assertThat(noArguments.call(noArguments.constant()).arity()).isZero();
    }

    // ---------------------------------------------------------------- never confused

    @Test
    void equals_typedArguments_goByValue() {
        KeyMaker3 maker = typed().maker3();
        Object key = maker.key(1, "a", 2L);
        assertThat(maker.key(1, new String(new char[] {'a'}), 2L))
                .isEqualTo(key)
                .hasSameHashCodeAs(key);
        assertThat(maker.key(2, "a", 2L)).isNotEqualTo(key);
        assertThat(maker.key(1, "b", 2L)).isNotEqualTo(key);
        assertThat(maker.key(1, "a", 3L)).isNotEqualTo(key);
        assertThat(maker.key(1, null, 2L)).isNotEqualTo(key).isEqualTo(maker.key(1, null, 2L));
        assertThat(key).isNotEqualTo(null).isNotEqualTo("a");
    }

    @Test
    void equals_keysOfTwoFunctions_differ() {
        assertThat(typed().maker3().key(1, "a", 2L))
                .isNotEqualTo(typed().maker3().key(1, "a", 2L));
    }

    @Test
    void equals_everyPrimitive_isHeldAndCompared() {
        Fn5<Boolean, Byte, Short, Character, Float, String, RuntimeException> primitives = Functions::primitives;
        CallKeys keys =
                CallKeys.of(FunctionIdentity.of(primitives, Fn5.class, 5), KeyRules.ALL, CanonicalEncoding.standard());
        KeyMaker5 maker = keys.maker5();
        Object key = maker.key(true, (byte) 1, (short) 2, 'c', 1f);
        assertThat(maker.key(true, (byte) 1, (short) 2, 'c', 1f)).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(maker.key(false, (byte) 1, (short) 2, 'c', 1f)).isNotEqualTo(key);
        assertThat(maker.key(true, (byte) 2, (short) 2, 'c', 1f)).isNotEqualTo(key);
        assertThat(maker.key(true, (byte) 1, (short) 3, 'c', 1f)).isNotEqualTo(key);
        assertThat(maker.key(true, (byte) 1, (short) 2, 'd', 1f)).isNotEqualTo(key);
        assertThat(maker.key(true, (byte) 1, (short) 2, 'c', 2f)).isNotEqualTo(key);
        assertThat(maker.key(true, (byte) 1, (short) 2, 'c', Float.NaN))
                .isEqualTo(maker.key(true, (byte) 1, (short) 2, 'c', Float.NaN));
        assertThat(maker.key(true, (byte) 1, (short) 2, 'c', 0f))
                .isNotEqualTo(maker.key(true, (byte) 1, (short) 2, 'c', -0f));
        assertThat(keys.call(key).argument(3)).isEqualTo('c');
        assertThat(keys.settled(key)).isSameAs(key);
    }

    @Test
    void equals_nanAndZeros_goByBits() {
        for (CallKeys keys : List.of(
                two((Double a, Object b) -> a, KeyRules.ALL),
                two((Fn2<Double, Object, Object, RuntimeException>) Functions::primitive, KeyRules.ALL))) {
            KeyMaker2 maker = keys.maker2();
            assertThat(maker.key(Double.NaN, Double.NaN)).isEqualTo(maker.key(Double.NaN, Double.NaN));
            assertThat(maker.key(0.0, 0)).isNotEqualTo(maker.key(-0.0, 0));
            assertThat(maker.key(1.0, 0.0)).isNotEqualTo(maker.key(1.0, -0.0));
        }
    }

    @Test
    void equals_looksAlike_differs() {
        KeyMaker2 maker = two((Object a, Object b) -> a, KeyRules.ALL).maker2();
        Object[] alike = {1, 1L, 1.0, 1f, '1', "1", true, (short) 1, (byte) 1, List.of(1), Set.of(1), null, ""};
        for (int i = 0; i < alike.length; i++) {
            for (int j = 0; j < alike.length; j++) {
                assertThat(maker.key(alike[i], 0).equals(maker.key(alike[j], 0)))
                        .isEqualTo(i == j);
            }
        }
        assertThat(maker.key("a b", "c")).isNotEqualTo(maker.key("a", "b c"));
        assertThat(maker.key(null, "a")).isNotEqualTo(maker.key("a", null));
    }

    @Test
    void key_nullForAPrimitive_isTheCallersNullPointer() {
        if (spun) {
            assertThatThrownBy(() -> typed().maker3().key(null, "a", 2L)).isInstanceOf(NullPointerException.class);
        }
    }

    // ---------------------------------------------------------------- content

    @Test
    void key_arrayParameter_goesByContentAtOnce() {
        CallKeys keys = one((double[] a) -> a.length);
        assertThat(keys.direct()).isFalse();
        KeyMaker1 maker = keys.maker1();
        double[] array = {1, 2, 3, 4, 5};
        Object key = maker.key(array);
        assertThat(maker.key(array.clone())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(maker.key(new double[] {1, 2, 3.5, 4, 5})).isNotEqualTo(key);
        assertThat(maker.key(new double[] {0.0})).isNotEqualTo(maker.key(new double[] {-0.0}));
        assertThat(maker.key(new double[] {Double.NaN})).isEqualTo(maker.key(new double[] {Double.NaN}));
        assertThat(maker.key(new double[] {Double.NaN}))
                .isNotEqualTo(maker.key(new double[] {Double.longBitsToDouble(0x7ff8000000000001L)}));
        assertThat(maker.key(null)).isEqualTo(maker.key(null)).isNotEqualTo(maker.key(new double[0]));
    }

    @Test
    void settled_arrayChangedAfterTheCall_keepsWhatItWas() {
        CallKeys keys = one((int[] a) -> a.length);
        int[] array = {1, 2, 3};
        Object settled = keys.settled(keys.maker1().key(array));
        array[1] = 9;
        assertThat(keys.maker1().key(new int[] {1, 2, 3})).isEqualTo(settled).hasSameHashCodeAs(settled);
        assertThat(keys.maker1().key(array)).isNotEqualTo(settled);
        assertThat((int[]) keys.call(settled).argument(0)).containsExactly(1, 2, 3);
        assertThat(keys.settled(settled)).isSameAs(settled);
    }

    @Test
    void settled_nestedArrays_areCopiedAtAnyDepth() {
        CallKeys keys = one((double[][] a) -> a.length);
        double[][] grid = {{1, 2}, {3, 4}};
        Object settled = keys.settled(keys.maker1().key(grid));
        grid[1][0] = 0;
        assertThat(keys.maker1().key(new double[][] {{1, 2}, {3, 4}})).isEqualTo(settled);
        assertThat(keys.maker1().key(grid)).isNotEqualTo(settled);
        assertThat((double[][]) keys.call(settled).argument(0)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
    }

    @Test
    void settled_listChangedAfterTheCall_keepsWhatItWas() {
        CallKeys keys = one((List<String> a) -> a.size());
        List<String> list = new ArrayList<>(List.of("a", "b"));
        Object key = keys.maker1().key(list);
        Object settled = keys.settled(key);
        list.add("c");
        assertThat(keys.maker1().key(List.of("a", "b"))).isEqualTo(settled).hasSameHashCodeAs(settled);
        assertThat(keys.maker1().key(new LinkedList<>(List.of("a", "b")))).isEqualTo(settled);
        assertThat(keys.maker1().key(list)).isNotEqualTo(settled);
    }

    @Test
    void settled_nothingToChange_isTheSameKey() {
        CallKeys keys = two((Object a, Object b) -> a, KeyRules.ALL);
        Object key = keys.maker2().key(List.of("a", new Point(1, 2)), Map.of(1, Set.of(2)));
        assertThat(keys.settled(key)).isSameAs(key);
    }

    @Test
    void settled_listAndRecordThatHoldArrays_areFoundAgain() {
        CallKeys keys = two((Object a, Object b) -> a, KeyRules.ALL);
        BiFunction<int[], String, Object> make = (array, text) ->
                keys.settled(keys.maker2().key(new Series(1.5, array), new ArrayList<>(List.of(array, text))));
        int[] array = {1, 2, 3};
        Object settled = make.apply(array, "x");
        assertThat(make.apply(new int[] {1, 2, 3}, "x")).isEqualTo(settled).hasSameHashCodeAs(settled);
        assertThat(make.apply(new int[] {1, 0, 3}, "x")).isNotEqualTo(settled);
        assertThat(make.apply(new int[] {1, 2, 3}, "y")).isNotEqualTo(settled);
        array[0] = 7;
        assertThat(make.apply(new int[] {1, 2, 3}, "x")).isEqualTo(settled);
        Series plain = (Series) keys.call(settled).argument(0);
        assertThat(plain.values()).containsExactly(1, 2, 3);
        assertThat(keys.settled(settled)).isEqualTo(settled);
    }

    @Test
    void settled_setsAndMapsThatHoldArrays_areFreeOfOrder() {
        CallKeys keys = one((Object a) -> a);
        Object ab = keys.settled(keys.maker1().key(ordered(new int[] {1}, new int[] {2})));
        Object ba = keys.settled(keys.maker1().key(ordered(new int[] {2}, new int[] {1})));
        assertThat(ab).isEqualTo(ba).hasSameHashCodeAs(ba);
        Object twice = keys.settled(keys.maker1().key(ordered(new int[] {1}, new int[] {1})));
        Object once = keys.settled(keys.maker1().key(ordered(new int[] {1})));
        assertThat(twice)
                .isNotEqualTo(once)
                .isEqualTo(keys.settled(keys.maker1().key(ordered(new int[] {1}, new int[] {1}))));
        assertThat(keys.settled(keys.maker1().key(Map.of("k", new int[] {1}))))
                .isEqualTo(keys.settled(keys.maker1().key(new TreeMap<>(Map.of("k", new int[] {1})))));
    }

    @Test
    void settled_listAndArrayOfTheSame_differ() {
        CallKeys keys = one((Object a) -> a);
        assertThat(keys.settled(keys.maker1().key(List.of(1, 2))))
                .isNotEqualTo(keys.settled(keys.maker1().key(new Integer[] {1, 2})))
                .isNotEqualTo(keys.settled(keys.maker1().key(new int[] {1, 2})));
    }

    @Test
    void lookUp_setsWithAComparator_neverHitTheWrongOne() {
        CallKeys keys = one((Set<String> a) -> a);
        Map<Object, String> store = new HashMap<>();
        // The two have the same hash code, and TreeSet says that they are equal.
        Set<String> stored = new HashSet<>(List.of("a", "B"));
        Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        asked.addAll(List.of("A", "b"));
        assertThat(asked.equals(stored)).isTrue();
        assertThat(asked).hasSameHashCodeAs(stored);
        store.put(keys.settled(keys.maker1().key(stored)), "stored");
        Object key = keys.maker1().key(asked);
        assertThat(store.get(key)).isNull();
        assertThat(store.get(keys.settled(key))).isNull();
        store.put(keys.settled(key), "asked");
        assertThat(store.get(keys.maker1().key(Set.of("A", "b")))).isEqualTo("asked");
        assertThat(store.get(keys.maker1().key(Set.of("a", "B")))).isEqualTo("stored");
    }

    @Test
    void settled_dates_areCopied() {
        CallKeys keys = one((Date a) -> a);
        Date date = new Date(5);
        Object settled = keys.settled(keys.maker1().key(date));
        date.setTime(6);
        assertThat(keys.maker1().key(new Date(5))).isEqualTo(settled);
    }

    // ---------------------------------------------------------------- refusals

    @Test
    void of_finalTypeWithoutEquals_isRefusedAtOnce() {
        assertThatThrownBy(() -> one((StringBuilder text) -> text))
                .isInstanceOf(KeyException.class)
                .hasMessageContainingAll(
                        "argument 0", "'text'", "java.lang.StringBuilder", "equals", "ignore", "keyBy");
        assertThatThrownBy(() -> one((Identity[] all) -> all.length)).isInstanceOf(KeyException.class);
        assertThat(two((StringBuilder a, String b) -> b, KeyRules.ALL.ignore(0)).direct())
                .isTrue();
    }

    @Test
    void settled_objectWithoutEquals_isRefusedOnTheMiss() {
        CallKeys keys = two((Object a, Object b) -> a, KeyRules.ALL);
        for (Object unfit : new Object[] {
            new Identity(),
            new Object(),
            new StringBuilder("secret"),
            (Runnable) () -> {},
            List.of(new Identity()),
            new Object[] {new Identity()},
            Map.of("k", new Identity()),
            new Holder(new Identity()),
            new AtomicInteger(1),
            Thread.currentThread()
        }) {
            assertThatThrownBy(() -> keys.settled(keys.maker2().key("x", unfit)))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContainingAll("argument 1", "'b'", "ignore", "keyBy")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void settled_ringOfLists_isRefused() {
        CallKeys keys = two((Object a, Object b) -> a, KeyRules.ALL);
        List<Object> ring = new ArrayList<>();
        ring.add(ring);
        assertThatThrownBy(() -> keys.settled(keys.maker2().key("x", new Object[] {ring})))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void settled_registeredEncoder_servesAClassWithoutEquals() {
        Encoders encoders = Encoders.standard().register(Named.class, "named", named -> named.name, Named::new);
        Fn1<Object, Object, RuntimeException> function = a -> a;
        CallKeys keys = CallKeys.of(
                FunctionIdentity.of(function, Fn1.class, 1),
                KeyRules.ALL,
                CanonicalEncoding.of(encoders, KeyDigest.XXH3_128));
        Object settled = keys.settled(keys.maker1().key(new Named("a")));
        assertThat(keys.settled(keys.maker1().key(new Named("a")))).isEqualTo(settled);
        assertThat(keys.settled(keys.maker1().key(new Named("b")))).isNotEqualTo(settled);
    }

    @Test
    void ignore_unknownNameOrPlace_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> two((String a, String b) -> a, KeyRules.ALL.ignore("c")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("\"c\"", "a, b");
        assertThatThrownBy(() -> two((String a, String b) -> a, KeyRules.ALL.ignore(2)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("ignore(2)", "2 parameters", "0 to 1");
        assertThatThrownBy(() -> KeyRules.ALL.ignore(-1)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> KeyRules.ALL.ignore("a").ignore("a")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> KeyRules.ALL.ignore(1, 1)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() ->
                        two((String a, String b) -> a, KeyRules.ALL.ignore("a").ignore(0)))
                .isInstanceOf(ConfigurationException.class);
    }

    // ---------------------------------------------------------------- tolerance

    @Test
    void tolerance_topLevelNumbers_areRoundedForTheKeyOnly() {
        CallKeys keys = one((Double x) -> x, KeyRules.ALL.tolerance(2));
        assertThat(keys.direct()).isFalse();
        assertThat(keys.maker1().key(3.14159)).isEqualTo(keys.maker1().key(3.14));
        assertThat(keys.maker1().key(3.15)).isNotEqualTo(keys.maker1().key(3.14));
        assertThat(keys.call(keys.maker1().key(3.14159)).argument(0)).isEqualTo(3.14);
        CallKeys primitive =
                two((Fn2<Double, Object, Object, RuntimeException>) Functions::primitive, KeyRules.ALL.tolerance(-2));
        assertThat(primitive.maker2().key(1234.0, 1f))
                .isEqualTo(primitive.maker2().key(1249.9, 2f));
    }

    @Test
    void tolerance_shallow_touchesElementsButNoDeeper() {
        CallKeys keys = one((Object x) -> x, KeyRules.ALL.tolerance(1));
        assertThat(found(keys, new double[] {1.01}, new double[] {1.02})).isTrue();
        assertThat(found(keys, List.of(1.01, 2.5f), List.of(1.02, 2.51f))).isTrue();
        assertThat(found(keys, List.of(List.of(1.01)), List.of(List.of(1.02)))).isFalse();
        assertThat(found(keys, Map.of("k", 1.01), Map.of("k", 1.02))).isFalse();
        assertThat(found(keys, "1.01", "1.02")).isFalse();
    }

    @Test
    void deepTolerance_touchesAllDepths() {
        CallKeys keys = one((Object x) -> x, KeyRules.ALL.deepTolerance(1));
        assertThat(found(keys, List.of(List.of(1.01)), List.of(List.of(1.02)))).isTrue();
        assertThat(found(keys, Map.of("k", new double[][] {{1.01}}), Map.of("k", new double[][] {{1.02}})))
                .isTrue();
        assertThat(found(keys, new Reading("a", 1.01), new Reading("a", 1.02))).isTrue();
        assertThat(found(keys, new Reading[] {new Reading("a", 1.01)}, new Reading[] {new Reading("a", 1.02)}))
                .isTrue();
        assertThat(found(keys, new Reading("a", 1.01), new Reading("b", 1.02))).isFalse();
        assertThat(found(keys, new Reading("a", 1.01), new Reading("a", 1.22))).isFalse();
        CallKeys records = one((Reading x) -> x, KeyRules.ALL.deepTolerance(1));
        assertThat(found(records, new Reading("a", 1.01), new Reading("a", 1.02)))
                .isTrue();
    }

    private static boolean found(CallKeys keys, Object stored, Object asked) {
        Map<Object, String> store = new HashMap<>();
        store.put(keys.settled(keys.maker1().key(stored)), "");
        Object key = keys.maker1().key(asked);
        return store.containsKey(key) || store.containsKey(keys.settled(key));
    }

    // ---------------------------------------------------------------- calls as users see them

    @Test
    void toString_namesTheFunctionAndTheDigestNeverAnArgument() {
        CallKeys keys = typed();
        CallKey call = keys.call(keys.maker3().key(1, "secret", 2L));
        assertThat(call.toString())
                .isEqualTo(Functions.class.getName() + ".three#" + call.digest().shortHex())
                .doesNotContain("secret");
        assertThat(call.function()).isEqualTo(Functions.class.getName() + ".three");
        assertThat(call.arity()).isEqualTo(3);
        assertThat(call.argument(1)).isEqualTo("secret");
        assertThatThrownBy(() -> call.argument(3)).isInstanceOf(IndexOutOfBoundsException.class);
        CallKeys objects = two((Object a, Object b) -> a, KeyRules.ALL);
        assertThat(objects.call(objects.maker2().key(new Trusted("secret"), 1)).toString())
                .doesNotContain("secret");
    }

    @Test
    void digest_isThatOfTheCall_whateverTheKeyIs() {
        CallKeys a = typed();
        CallKeys b = typed();
        assertThat(a.call(a.maker3().key(1, "a", 2L)).digest())
                .isEqualTo(b.call(b.maker3().key(1, "a", 2L)).digest())
                .isNotEqualTo(b.call(b.maker3().key(2, "a", 2L)).digest());
        CallKeys arrays = one((Object x) -> x);
        Object raw = arrays.maker1().key(List.of(new int[] {1, 2}));
        assertThat(arrays.call(arrays.settled(raw)).digest())
                .isEqualTo(arrays.call(raw).digest());
        CallKeys direct = one((String key) -> key);
        assertThat(Digest.of(direct.codec().encoded("a")))
                .isEqualTo(direct.call("a").digest());
    }

    @Test
    void hashCode_grid_spreads() {
        KeyMaker2 maker = two((Integer a, Integer b) -> a, KeyRules.ALL).maker2();
        Set<Integer> hashes = new HashSet<>();
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < 300; b++) {
                hashes.add(maker.key(a, b).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(89_000);
        CallKeys arrays = one((int[] x) -> x);
        hashes.clear();
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < 300; b++) {
                hashes.add(arrays.maker1().key(new int[] {a, b}).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(89_000);
    }

    private static Set<int[]> ordered(int[]... arrays) {
        return new LinkedHashSet<>(List.of(arrays));
    }

    private static CallKeys typed() {
        Fn3<Integer, String, Long, String, RuntimeException> three = Functions::three;
        return CallKeys.of(FunctionIdentity.of(three, Fn3.class, 3), KeyRules.ALL, CanonicalEncoding.standard());
    }

    private static <A, R> CallKeys one(Fn1<A, R, RuntimeException> function) {
        return one(function, KeyRules.ALL);
    }

    private static <A, R> CallKeys one(Fn1<A, R, RuntimeException> function, KeyRules rules) {
        return CallKeys.of(FunctionIdentity.of(function, Fn1.class, 1), rules, CanonicalEncoding.standard());
    }

    private static <A, B, R> CallKeys two(Fn2<A, B, R, RuntimeException> function, KeyRules rules) {
        return CallKeys.of(FunctionIdentity.of(function, Fn2.class, 2), rules, CanonicalEncoding.standard());
    }

    static final class Functions {
        static String three(int a, String b, long c) {
            return a + b + c;
        }

        static Object primitive(double a, Object b) {
            return a + "" + b;
        }

        static String primitives(boolean a, byte b, short c, char d, float e) {
            return a + "" + b + c + d + e;
        }
    }

    record Point(int x, int y) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Holder(Object object) {}

    record Series(double start, int[] values) {}

    record Reading(String name, double value) {}

    static final class Identity {}

    static final class Trusted {
        private final String text;

        Trusted(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Trusted that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }
    }
}
