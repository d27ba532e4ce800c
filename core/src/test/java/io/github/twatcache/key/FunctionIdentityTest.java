package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class FunctionIdentityTest {
    private static final String HERE = FunctionIdentityTest.class.getName();

    // ---------------------------------------------------------------- names and forms

    @Test
    void of_staticReference_namesTheMethod() {
        FunctionIdentity identity = one(Api::twice);
        assertThat(identity.name()).isEqualTo(HERE + "$Api.twice");
        assertThat(identity.nameable()).isTrue();
        assertThat(identity.parameterTypes()).containsExactly(int.class);
        assertThat(identity.parameterNames()).containsExactly("number");
        assertThat(identity.returnType()).isEqualTo(long.class);
        assertThat(identity.toString()).contains("Api.twice", "(int)", "static");
    }

    @Test
    void of_boundReference_isNamedAfterTheReceiverAndCaptures() {
        Api api = new Api();
        FunctionIdentity identity = one(api::fetch);
        assertThat(identity.name()).isEqualTo(HERE + "$Api.fetch");
        assertThat(identity.nameable()).isFalse();
        assertThat(identity.parameterTypes()).containsExactly(String.class);
        assertThat(identity.parameterNames()).containsExactly("id");
    }

    @Test
    void of_unboundReference_callsItsReceiverThis() {
        FunctionIdentity identity = two(Api::fetch);
        assertThat(identity.name()).isEqualTo(HERE + "$Api.fetch");
        assertThat(identity.nameable()).isTrue();
        assertThat(identity.parameterTypes()).containsExactly(Api.class, String.class);
        assertThat(identity.parameterNames()).containsExactly("this", "id");
    }

    @Test
    void of_constructorReference_isNamedNew() {
        FunctionIdentity identity = one(StringBox::new);
        assertThat(identity.name()).isEqualTo(HERE + "$StringBox.new");
        assertThat(identity.nameable()).isTrue();
        assertThat(identity.parameterTypes()).containsExactly(String.class);
        assertThat(identity.returnType()).isEqualTo(StringBox.class);
    }

    @Test
    void of_arrayConstructorReference_works() {
        Fn1<Integer, int[], RuntimeException> make = int[]::new;
        assertThat(one(make).parameterTypes()).hasSize(1);
        assertThat(one(make).nameable()).isFalse();
    }

    @Test
    void of_varargsReference_works() {
        Fn2<String, String, String, RuntimeException> join = Api::join;
        assertThat(two(join).parameterTypes()).containsExactly(String.class, String.class);
        assertThat(two(join).nameable()).isFalse();
    }

    @Test
    void of_genericMethod_knowsTheCallSite() {
        Fn1<String, List<String>, RuntimeException> wrap = Api::wrap;
        assertThat(one(wrap).parameterTypes()).containsExactly(String.class);
        assertThat(one(wrap).returnType()).isEqualTo(List.class);
    }

    @Test
    void of_wideningReference_isKnownByWhatTheCallerBoxes() {
        Fn1<Integer, Long, RuntimeException> widened = Api::ofLong;
        assertThat(one(widened).parameterTypes()).containsExactly(int.class);
    }

    @Test
    void of_superReference_works() {
        assertThat(new Sub().inherited().parameterTypes()).containsExactly(String.class);
    }

    @Test
    void of_lambda_hasItsOwnNameButNoneToPersist() {
        FunctionIdentity first = one((String key) -> key + 1);
        FunctionIdentity second = one((String key) -> key + 2);
        assertThat(first.name()).startsWith(HERE + ".lambda$").isNotEqualTo(second.name());
        assertThat(first.nameable()).isFalse();
        assertThat(first.parameterNames()).containsExactly("key");
        assertThat(first.implementation()).isNotEqualTo(second.implementation());
    }

    @Test
    void of_lambdaThatCaptures_skipsTheCapturedParameters() {
        int times = HERE.length();
        String glue = HERE.substring(1);
        FunctionIdentity identity = one((String key) -> (key + glue).repeat(times));
        assertThat(identity.parameterTypes()).containsExactly(String.class);
        assertThat(identity.parameterNames()).containsExactly("key");
    }

    @Test
    void of_anonymousClass_isItsClass() {
        FunctionIdentity identity = one(new Fn1<String, Integer, IOException>() {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public Integer apply(String text) {
                return text.length();
            }
        });
        assertThat(identity.name()).startsWith(HERE + "$").endsWith(".apply");
        assertThat(identity.nameable()).isFalse();
        assertThat(identity.parameterTypes()).containsExactly(String.class);
        assertThat(identity.parameterNames()).containsExactly("text");
        assertThat(identity.returnType()).isEqualTo(Integer.class);
    }

    @Test
    void of_statelessClass_capturesNothing() {
        assertThat(one(new Length()).space()).isEqualTo(one(new Length()).space());
        assertThat(one(new Length()).nameable()).isTrue();
        assertThat(one(new Length()).name()).isEqualTo(HERE + "$Length.apply");
    }

    @Test
    void of_classWithState_isThatObject() {
        Counted a = new Counted();
        assertThat(one(a).space())
                .isEqualTo(one(a).space())
                .isNotEqualTo(one(new Counted()).space());
        assertThat(one(a).implementation()).isEqualTo(one(new Counted()).implementation());
        assertThat(one(a).nameable()).isFalse();
    }

    @Test
    void returnType_completionStage_isKnown() {
        assertThat(CompletionStage.class.isAssignableFrom(one((String key) -> CompletableFuture.completedFuture(key))
                        .returnType()))
                .isTrue();
    }

    @Test
    void of_noAndThreeArguments_work() {
        Fn0<Long, RuntimeException> clock = System::nanoTime;
        assertThat(FunctionIdentity.of(clock, Fn0.class, 0).name()).isEqualTo("java.lang.System.nanoTime");
        Fn3<Integer, String, Long, String, RuntimeException> three = Api::three;
        assertThat(FunctionIdentity.of(three, Fn3.class, 3).parameterTypes())
                .containsExactly(int.class, String.class, long.class);
    }

    // ---------------------------------------------------------------- spaces

    @Test
    void space_twoReceivers_differ() {
        Api a = new Api();
        Api b = new Api();
        assertThat(one(a::fetch).space())
                .isEqualTo(one(a::fetch).space())
                .isNotEqualTo(one(b::fetch).space());
        assertThat(one(a::fetch).implementation()).isEqualTo(one(b::fetch).implementation());
    }

    @Test
    void space_receiversOfTwoClassesThroughOneInterface_differInImplementation() {
        Service a = new ServiceA();
        Service b = new ServiceB();
        assertThat(one(a::call).implementation()).isNotEqualTo(one(b::call).implementation());
        assertThat(one(a::call).name()).isEqualTo(HERE + "$ServiceA.call");
        assertThat(one(b::call).name()).isEqualTo(HERE + "$ServiceB.call");
    }

    @Test
    void space_receiverThatInheritsTheMethod_countsWithItsClass() {
        Api api = new Api();
        Api heir = new Heir();
        assertThat(one(api::fetch).implementation())
                .isNotEqualTo(one(heir::fetch).implementation());
        assertThat(one(heir::fetch).name()).isEqualTo(HERE + "$Heir.fetch");
    }

    @Test
    void space_encodableReceiver_countsByContent() {
        assertThat(one("ab"::concat).space())
                .isEqualTo(one(copy("ab")::concat).space())
                .isNotEqualTo(one("ba"::concat).space());
        assertThat(one("ab"::concat).portable()).isTrue();
    }

    @Test
    void space_twoClosuresOfOneLambda_differByContent() {
        assertThat(one(greeting("EU")).space())
                .isEqualTo(one(greeting(copy("EU"))).space())
                .isNotEqualTo(one(greeting("US")).space());
        assertThat(one(greeting("EU")).implementation())
                .isEqualTo(one(greeting("US")).implementation());
    }

    @Test
    void space_closuresOverEqualListsThatMayChange_differ() {
        List<String> a = new ArrayList<>();
        List<String> b = new ArrayList<>();
        assertThat(one(contains(a)).space())
                .isEqualTo(one(contains(a)).space())
                .isNotEqualTo(one(contains(b)).space());
        assertThat(one(contains(List.of("x"))).space())
                .isEqualTo(one(contains(List.of("x"))).space());
    }

    @Test
    void space_closuresOverOneArrayWithOtherContent_areOneFunction() {
        int[] array = {1};
        Object before = one(first(array)).space();
        array[0] = 2;
        assertThat(one(first(array)).space())
                .isEqualTo(before)
                .isNotEqualTo(one(first(new int[] {2})).space());
    }

    @Test
    void space_functionsOfTheJdkAsApply_goByTheObject() {
        Function<String, String> f = text -> text + "f";
        Function<String, String> g = text -> text + "g";
        assertThat(one(f::apply).space())
                .isEqualTo(one(f::apply).space())
                .isNotEqualTo(one(g::apply).space());
        assertThat(one(f::apply).nameable()).isFalse();
        assertThat(one(f::apply).portable()).isFalse();
        assertThat(one(f::apply).name()).isNotEqualTo(one(g::apply).name());
    }

    @Test
    void space_closuresOfOneLambdaAsApply_goByTheObject() {
        Function<String, String> f = suffix("f");
        Function<String, String> g = suffix("g");
        assertThat(one(f::apply).space()).isNotEqualTo(one(g::apply).space());
    }

    @Test
    void space_capturedMemoizedFunction_countsAsItsFunction() {
        Fn1<String, String, RuntimeException> eu = greeting("EU");
        assertThat(one(over(new Memo(eu))).space())
                .isEqualTo(one(over(new Memo(eu))).space())
                .isNotEqualTo(one(over(new Memo(greeting("US")))).space());
        assertThat(one(new Memo(eu)).space()).isEqualTo(one(eu).space());
    }

    @Test
    void space_capturedNull_isAValue() {
        assertThat(one(greeting(null)).space())
                .isEqualTo(one(greeting(null)).space())
                .isNotEqualTo(one(greeting("null")).space());
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }

    private static Fn1<String, String, RuntimeException> greeting(String region) {
        return name -> region + name;
    }

    private static Fn1<String, Boolean, RuntimeException> contains(List<String> list) {
        return list::contains;
    }

    private static Fn1<Integer, Integer, RuntimeException> first(int[] array) {
        return offset -> array[0] + offset;
    }

    private static Function<String, String> suffix(String suffix) {
        return text -> text + suffix;
    }

    private static Fn1<String, String, RuntimeException> over(Memo memo) {
        return key -> memo.apply(key) + "!";
    }

    private static <A, R, X extends Exception> FunctionIdentity one(Fn1<A, R, X> function) {
        return FunctionIdentity.of(function, Fn1.class, 1);
    }

    private static <A, B, R, X extends Exception> FunctionIdentity two(Fn2<A, B, R, X> function) {
        return FunctionIdentity.of(function, Fn2.class, 2);
    }

    static class Api {
        String fetch(String id) {
            return id;
        }

        static long twice(int number) {
            return 2L * number;
        }

        static long ofLong(long number) {
            return number;
        }

        static String join(String... parts) {
            return String.join(",", parts);
        }

        static <T> List<T> wrap(T element) {
            return List.of(element);
        }

        static String three(int a, String b, long c) {
            return a + b + c;
        }
    }

    static final class Heir extends Api {}

    static final class Sub extends Api {
        @Override
        String fetch(String id) {
            return "sub" + id;
        }

        FunctionIdentity inherited() {
            return one(super::fetch);
        }
    }

    record StringBox(String text) {}

    interface Service {
        String call(String key);
    }

    static final class ServiceA implements Service {
        @Override
        public String call(String key) {
            return "a" + key;
        }
    }

    static final class ServiceB implements Service {
        @Override
        public String call(String key) {
            return "b" + key;
        }
    }

    static final class Length implements Fn1<String, Integer, RuntimeException> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Integer apply(String text) {
            return text.length();
        }
    }

    static final class Counted implements Fn1<String, Integer, RuntimeException> {
        @Serial
        private static final long serialVersionUID = 1L;

        private int count;

        @Override
        public Integer apply(String text) {
            return text.length() + count++;
        }
    }

    static final class Memo implements Fn1<String, String, RuntimeException>, Memoized {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Fn1<String, String, RuntimeException> function;

        Memo(Fn1<String, String, RuntimeException> function) {
            this.function = function;
        }

        @Override
        public Serializable originalFunction() {
            return function;
        }

        @Override
        public String apply(String key) {
            return function.apply(key);
        }
    }
}
