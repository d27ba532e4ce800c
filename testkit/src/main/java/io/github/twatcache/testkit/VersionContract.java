package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.MissReason;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands for the code of a function where results outlive the process: a version, or its byte code and that of others. */
@Contract("1 version and dependsOn")
public abstract class VersionContract extends EngineContract {
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** The same for all programs of a test: some engines of tests keep themselves what outlives a program. */
    private @Nullable Engine lasting;

    /** Makes a contract. */
    protected VersionContract() {}

    /**
     * Whether an engine whose entries outlive the process tells on a miss that another version has stored a result. One
     * whose format cannot hold that says so in its documentation, and the miss is one of something absent.
     *
     * @return by default, that it does
     */
    protected boolean tellsVersions() {
        return true;
    }

    private static int doubled(int n) {
        CALLS.incrementAndGet();
        return 2 * n;
    }

    @BeforeEach
    final void countAnew() {
        CALLS.set(0);
        lasting = engine();
    }

    /** A program that starts, calls the function once, and ends; whether it had to compute. */
    private boolean computes(UnaryOperator<CacheBuilder> settings) {
        int before = CALLS.get();
        try (TwatCache own = builder(there(lasting)).open()) {
            Cached1<Integer, Integer, RuntimeException> function =
                    settings.apply(cacheIn(own, "doubled")).memoize(VersionContract::doubled);
            assertThat(function.apply(21)).isEqualTo(42);
            assertThat(function.apply(21))
                    .as("within one program the second call is a hit")
                    .isEqualTo(42);
        }
        assertThat(CALLS.get() - before).as("computations").isBetween(0, 1);
        return CALLS.get() > before;
    }

    @Test
    void version_sameText_sameResultsOverPrograms() {
        boolean lasts = claims(Trait.PERSISTENT);
        assertThat(computes(cache -> cache.version("v1"))).isTrue();
        assertThat(computes(cache -> cache.version("v1"))).isEqualTo(!lasts);
        assertThat(computes(cache -> cache.version("v2"))).as("another version").isTrue();
        assertThat(computes(cache -> cache.version("V1"))).as("letters count").isTrue();
        assertThat(computes(cache -> cache)).as("the byte code is no version").isTrue();
        assertThat(computes(cache -> cache.version("v1"))).as("as it was").isEqualTo(!lasts);
    }

    /** Why the first call of a program finds nothing; {@code null} where it finds something. */
    private @Nullable MissReason missed(UnaryOperator<CacheBuilder> settings) {
        try (TwatCache own = builder(there(lasting)).open()) {
            Cached1<Integer, Integer, RuntimeException> function =
                    settings.apply(cacheIn(own, "doubled").statistics()).memoize(VersionContract::doubled);
            Lookup<Integer> seen = function.peek(21);
            assertThat(function.apply(21)).isEqualTo(42);
            Map<MissReason, Long> misses = function.stats().misses();
            assertThat(function.stats().missCount()).isBetween(0L, 1L);
            MissReason reason =
                    misses.isEmpty() ? null : misses.keySet().iterator().next();
            assertThat(seen instanceof Lookup.Absent<Integer> absent ? absent.reason() : null)
                    .as("what peek says is what is counted")
                    .isEqualTo(reason);
            return reason;
        }
    }

    @Test
    void miss_storedByAnotherVersion_isCountedAsThat() {
        MissReason other = claims(Trait.PERSISTENT) && tellsVersions() ? MissReason.VERSION : MissReason.ABSENT;
        assertThat(missed(cache -> cache.version("v1")))
                .as("nobody has stored it")
                .isEqualTo(MissReason.ABSENT);
        assertThat(missed(cache -> cache.version("v2"))).as("v1 has stored it").isEqualTo(other);
        assertThat(missed(cache -> cache.version("v2")))
                .as("this version has stored it")
                .isEqualTo(claims(Trait.PERSISTENT) ? null : MissReason.ABSENT);
        assertThat(missed(cache -> cache))
                .as("the byte code is another version")
                .isEqualTo(other);
        assertThat(missed(cache -> cache.dependsOn(Gate.class)))
                .as("so it is with a class beside it")
                .isEqualTo(other);
    }

    @Test
    void miss_anotherFunctionOrArgumentOfAnotherVersion_isOfSomethingAbsent() {
        computes(cache -> cache.version("v1"));
        try (TwatCache own = builder(there(lasting)).open()) {
            Cached1<Integer, Integer, RuntimeException> function =
                    cacheIn(own, "doubled").version("v2").memoize(VersionContract::doubled);
            function.apply(22);
            assertThat(function.stats().misses()).isEqualTo(Map.of(MissReason.ABSENT, 1L));
            Cached1<Integer, Integer, RuntimeException> named =
                    cacheIn(own, "tripled").version("v2").memoize(VersionContract::doubled);
            named.apply(21);
            assertThat(named.stats().misses()).as("of another name").isEqualTo(Map.of(MissReason.ABSENT, 1L));
        }
    }

    @Test
    void miss_ownEntryRemovedWhereAnotherVersionHasOne_isOfTheRemoval() {
        computes(cache -> cache.version("v1"));
        try (TwatCache own = builder(there(lasting)).open()) {
            Cached1<Integer, Integer, RuntimeException> function =
                    cacheIn(own, "doubled").version("v2").statistics().memoize(VersionContract::doubled);
            function.apply(21);
            function.invalidate(21);
            function.apply(21);
            assertThat(function.stats().misses().keySet())
                    .contains(claims(Trait.REMOVALS) ? MissReason.INVALIDATED : MissReason.ABSENT);
            assertThat(function.stats().missCount()).isEqualTo(2);
        }
    }

    @Test
    void dependsOn_sameClassesInAnyOrder_sameResultsOverPrograms() {
        boolean lasts = claims(Trait.PERSISTENT);
        assertThat(computes(cache -> cache.dependsOn(Gate.class, Seed.class))).isTrue();
        assertThat(computes(cache -> cache.dependsOn(Seed.class, Gate.class))).isEqualTo(!lasts);
        assertThat(computes(cache -> cache.dependsOn(Seed.class)))
                .as("fewer classes")
                .isTrue();
        assertThat(computes(cache -> cache)).as("none").isTrue();
    }

    @Test
    void dependsOn_classWithoutByteCode_refusedWhereResultsLast() throws Exception {
        Class<?> hidden = MethodHandles.lookup()
                .defineHiddenClass(
                        getClass()
                                .getResourceAsStream("/" + Seed.class.getName().replace('.', '/') + ".class")
                                .readAllBytes(),
                        false)
                .lookupClass();
        CacheBuilder builder = cache("doubled").dependsOn(hidden);
        if (!claims(Trait.PERSISTENT)) {
            assertThat(builder.memoize(VersionContract::doubled).apply(1)).isEqualTo(2);
            return;
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.memoize(VersionContract::doubled))
                .withMessageContaining("dependsOn(" + hidden.getTypeName())
                .withMessageContaining("version(");
    }

    /** A class of the JDK's making, of which there is no class file. */
    @SuppressWarnings("unchecked") // it is made as one
    private static Fn1<Integer, Integer, RuntimeException> withoutByteCode() {
        return (Fn1<Integer, Integer, RuntimeException>) Proxy.newProxyInstance(
                VersionContract.class.getClassLoader(), new Class<?>[] {Fn1.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(VersionContract.class, arguments);
                    }
                    return doubled((Integer) arguments[0]);
                });
    }

    @Test
    void version_noByteCode_askedForWhereResultsLast() {
        Fn1<Integer, Integer, RuntimeException> function = withoutByteCode();
        if (claims(Trait.PERSISTENT)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> cache("unknown").memoize(function))
                    .withMessageContaining("no byte code")
                    .withMessageContaining("version(");
        } else {
            assertThat(cache("unknown").memoize(function).apply(1)).isEqualTo(2);
        }
        Cached1<Integer, Integer, RuntimeException> cached =
                cache("known").version("1").memoize(function);
        assertThat(cached.apply(21)).isEqualTo(42);
        int before = CALLS.get();
        assertThat(cached.apply(21)).isEqualTo(42);
        assertThat(CALLS.get()).isEqualTo(before);
    }

    @Test
    void version_anotherUnderTheSameNameAtTheSameTime_refused() {
        cache("doubled").version("v1").memoize(VersionContract::doubled);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache("doubled").version("v2").memoize(VersionContract::doubled))
                .withMessageContaining("doubled")
                .withMessageContaining("version")
                .withMessageContaining("v1")
                .withMessageContaining("v2");
    }

    @Test
    void version_badValues_refusedAtOnce() {
        for (String blank : new String[] {"", " ", "\t"}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> cache().version(blank))
                    .withMessageContaining("version must be");
        }
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> cache().version(nothing()));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache().dependsOn())
                .withMessageContaining("names no class");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache().version("1").version("2"))
                .withMessageContaining("already set");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache().version("1").dependsOn(Gate.class))
                .withMessageContaining("cannot be combined");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache().dependsOn(Gate.class).version("1"))
                .withMessageContaining("cannot be combined");
    }

    @Test
    void version_cacheOfData_refusedWhereAimedAtIt() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache("data")
                        .version("1")
                        .types(String.class, String.class)
                        .build())
                .withMessageContaining("version")
                .withMessageContaining("function");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache("data")
                        .dependsOn(Gate.class)
                        .types(String.class, String.class)
                        .build(key -> key))
                .withMessageContaining("depends-on");
    }

    @Test
    void version_ofAConfiguration_countsForFunctionsAndIsSkippedForData() {
        Properties properties = new Properties();
        properties.setProperty("twat.cache.defaults.version", "v7");
        try (TwatCache own = builder(there(lasting))
                .configuration(Sources.none().systemProperties(properties))
                .open()) {
            cacheIn(own, "doubled").memoize(VersionContract::doubled).apply(21);
            Cache<String, String> data =
                    cacheIn(own, "data").types(String.class, String.class).build();
            data.put("k", "v");
            assertThat(data.getIfPresent("k")).isEqualTo("v");
            assertThat(data.explain().toString()).contains("version = v7").contains("skipped");
        }
        assertThat(computes(cache -> cache.version("v7")))
                .as("the same version, said in code")
                .isEqualTo(!claims(Trait.PERSISTENT));
    }
}
