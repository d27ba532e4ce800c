package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.TypedBuilder;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all contracts share: the engine under test, and stores and caches opened on it. */
@ExtendWith(ContractTally.class)
public abstract class EngineContract {
    private static final String NAME = "conformance";

    /** The clock of the caches under test. */
    protected final FakeTicker ticker = new FakeTicker();

    private boolean refusal;
    private @Nullable TwatCache twat;
    private @Nullable Store<Object> store;
    private @Nullable TemporaryDirectory directory;
    private final List<AutoCloseable> contexts = new ArrayList<>();

    /** Makes a contract; JUnit calls it for each test. */
    protected EngineContract() {}

    /**
     * The engine under test.
     *
     * @return the engine
     */
    protected abstract Engine engine();

    /**
     * Whether the engine claims a trait.
     *
     * @param trait the trait
     * @return whether it does
     */
    protected final boolean claims(Trait trait) {
        return engine().traits().contains(trait);
    }

    /**
     * Asks whether a test must end here because the engine does not claim a trait, and if so asserts instead that the
     * settings which need the trait are refused.
     *
     * @param trait the trait that the test is about
     * @return whether the engine does not claim it
     */
    protected final boolean refuses(Trait trait) {
        if (claims(trait)) {
            return false;
        }
        refusal = true;
        for (Setting<?> setting : trait.settings()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as("%s without the trait %s", setting, trait)
                    .isThrownBy(() -> build(with(cache(), setting), setting))
                    .withMessageContaining(engine().name())
                    .withMessageContaining(setting.key());
        }
        return true;
    }

    /**
     * Asks whether a test must end here because the engine does not claim a trait, and if so asserts instead that the
     * public face of the capability refuses the cache, naming the engine and what it has not.
     *
     * @param trait the trait that the test is about
     * @param face asks for the capability of a cache on the engine
     * @return whether the engine does not claim it
     */
    protected final boolean refuses(Trait trait, Runnable face) {
        if (refuses(trait)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(face::run)
                    .withMessageContaining(engine().name())
                    .withMessageContaining(trait.words())
                    .withMessageContaining("engines that have");
            return true;
        }
        return false;
    }

    private static Cache<Object, Object> build(CacheBuilder builder, Setting<?> setting) {
        TypedBuilder<Object, Object> typed = builder.types(Object.class, Object.class);
        return (setting == Settings.MAXIMUM_WEIGHT ? typed.weigher((key, value) -> 1) : typed).build();
    }

    private static <T> CacheBuilder with(CacheBuilder builder, Setting<T> setting) {
        List<Object> samples = List.of(10L, Duration.ofMinutes(1), 0.5, true, Policy.LRU);
        return samples.stream()
                .filter(setting.type()::isInstance)
                .findFirst()
                .map(sample -> builder.set(setting, setting.type().cast(sample)))
                .orElseThrow(() -> new AssertionError("no sample value for " + setting));
    }

    /**
     * The instance under test: it knows the engine, and takes the time from {@link #ticker}. It is closed after the test.
     *
     * @return the instance
     */
    protected final TwatCache twat() {
        if (twat == null) {
            twat = builder().open();
        }
        return twat;
    }

    /**
     * Starts an instance that knows the engine under test, takes the time from {@link #ticker}, and keeps what outlives the
     * process in a directory that is deleted after the test. The test closes it.
     *
     * @return a builder
     */
    protected final TwatCacheBuilder builder() {
        return builder(engine());
    }

    /**
     * Starts the same with another engine.
     *
     * @param known the engine that the instance knows
     * @return a builder
     */
    protected final TwatCacheBuilder builder(Engine known) {
        if (directory == null) {
            directory = TemporaryDirectory.made();
        }
        return TwatCache.builder()
                .engine(known)
                .ticker(ticker)
                .clock(ticker.clock())
                .directory(directory.path().resolve("cache"));
    }

    /**
     * Starts a cache on the engine under test.
     *
     * @return a builder
     */
    protected final CacheBuilder cache() {
        return cache(NAME);
    }

    /**
     * Starts a cache on the engine under test.
     *
     * @param name the cache's name
     * @return a builder
     */
    protected final CacheBuilder cache(String name) {
        return cacheIn(twat(), name);
    }

    /**
     * Starts a cache on the engine under test in another instance. On a {@link ChaosEngine} it tries again until it
     * succeeds: the suite then runs as though nothing had happened.
     *
     * @param instance the instance; it knows the engine
     * @param name the cache's name
     * @return a builder
     */
    protected final CacheBuilder cacheIn(TwatCache instance, String name) {
        CacheBuilder builder = instance.cache(name).engine(engine().name());
        return engine() instanceof ChaosEngine
                ? builder.retry(1_000, Duration.ofNanos(1), Duration.ofMinutes(1))
                        .breaker(1_000_000, Duration.ofMinutes(1))
                : builder;
    }

    /**
     * How often something is to be repeated: less where each time costs a hundred times as much, since it is written to a file
     * or tried again and again.
     *
     * @param asARule how often
     * @param whereItIsDear how often on an engine whose entries last, and under chaos
     * @return one of them
     */
    protected final int fewer(int asARule, int whereItIsDear) {
        return claims(Trait.PERSISTENT) || engine() instanceof ChaosEngine ? whereItIsDear : asARule;
    }

    /**
     * Makes a call that waits, and has the clock go on by a nanosecond now and then until it is over.
     *
     * @param <T> the type of what it returns
     * @param call the call
     * @return what has made it
     */
    protected final <T extends @Nullable Object> Actor<T> asTimePasses(Callable<T> call) {
        Actor<T> caller = Actor.start(call);
        Actor.until("the call is over", () -> {
            ticker.advance(1);
            return caller.isDone();
        });
        return caller;
    }

    final boolean endedInRefusal() {
        return refusal;
    }

    /**
     * Opens a store on the engine, past the cache, for {@link #store} to return; it is closed after the test.
     *
     * @param context what is lent to the store
     * @param settings adds settings
     */
    protected final void use(StoreContext<Object> context, UnaryOperator<CacheSpec> settings) {
        if (store != null) {
            store.close();
        }
        if (context instanceof AutoCloseable closeable) {
            contexts.add(closeable);
        }
        // Past the cache there is nobody to try again.
        Engine direct = engine() instanceof ChaosEngine chaotic ? chaotic.inner() : engine();
        store = direct.open(settings.apply(CacheSpec.of(NAME, direct.name())), context);
    }

    /**
     * The store under test.
     *
     * @return what {@link #use} has opened
     */
    protected final Store<Object> store() {
        return there(store);
    }

    /**
     * A live entry of the store under test.
     *
     * @param key the key
     * @return its entry
     * @throws AssertionError when there is none
     */
    protected final Entry entry(Object key) {
        return there(store().entry(key));
    }

    /**
     * Asserts that something is there.
     *
     * @param <T> its type
     * @param object what should be there
     * @return the same
     * @throws AssertionError when it is {@code null}
     */
    protected static <T> T there(@Nullable T object) {
        if (object == null) {
            throw new AssertionError("expected something, but nothing is there");
        }
        return object;
    }

    /**
     * Null, where a type says that there is none: what must not be given is given on purpose.
     *
     * @param <T> the type
     * @return {@code null}
     */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // on purpose: a null of any type
    protected static <T> T nothing() {
        return null;
    }

    @AfterEach
    final void closeAll() throws Exception {
        if (store != null) {
            store.close();
            store = null;
        }
        if (twat != null) {
            twat.close();
        }
        for (AutoCloseable context : contexts) {
            context.close();
        }
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }
}
