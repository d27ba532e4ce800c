package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all contracts share: the engine under test, and stores and caches opened on it. */
@ExtendWith(ContractTally.class)
public abstract class EngineContract {
    private boolean refusal;
    private @Nullable Store<Object> store;

    /** Makes a contract; JUnit calls it for each test. */
    protected EngineContract() {}

    /**
     * The engine under test. {@link java.util.ServiceLoader} must find it too, under the same name.
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
        return true;
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
        store = engine().open(settings.apply(CacheSpec.of("conformance", engine().name())), context);
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

    @AfterEach
    final void closeStore() {
        if (store != null) {
            store.close();
        }
    }
}
