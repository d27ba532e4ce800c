package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.AsyncFn0;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.AsyncFn2;
import io.github.twatcache.function.AsyncFn3;
import io.github.twatcache.function.AsyncFn4;
import io.github.twatcache.function.AsyncFn5;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways to give a function that answers with a {@link java.util.concurrent.CompletionStage} to a {@link CacheBuilder}:
 * the value is kept that the stage ends with, never the stage.
 */
abstract sealed class MemoizingAsync extends Memoizing permits MemoizingPublishers {

    /**
     * Memoizes a function of no arguments that answers with a stage.
     *
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <R extends @Nullable Object> AsyncCached0<R> memoizeAsync(AsyncFn0<R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of no arguments that answers with a stage, with what is decided from arguments and results.
     *
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo0
    public <R extends @Nullable Object> AsyncCached0<R> memoizeAsync(
            AsyncFn0<R> function, Consumer<? super Options0<R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options0<>(rules));
        return (AsyncCached0<R>) building(rules).memoizeAsync(function, AsyncFn0.class, 0, AsyncMemo0.class);
    }

    /**
     * Memoizes a function of one argument that answers with a stage.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncCached1<A, R> memoizeAsync(
            AsyncFn1<A, R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of one argument that answers with a stage, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo1
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncCached1<A, R> memoizeAsync(
            AsyncFn1<A, R> function, Consumer<? super Options1<A, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options1<>(rules));
        return (AsyncCached1<A, R>) building(rules).memoizeAsync(function, AsyncFn1.class, 1, AsyncMemo1.class);
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncCached1<A, R> memoizeAsync(
            Class<A> a, AsyncFn1<A, R> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(function, "function");
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncCached1<A, R> memoizeAsync(
            Class<A> a, AsyncFn1<A, R> function, Consumer<? super Options1<A, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizeAsync(function, options);
    }

    /**
     * Memoizes a function of two arguments that answers with a stage.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncCached2<A, B, R> memoizeAsync(AsyncFn2<A, B, R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of two arguments that answers with a stage, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo2
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncCached2<A, B, R> memoizeAsync(
                    AsyncFn2<A, B, R> function, Consumer<? super Options2<A, B, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options2<>(rules));
        return (AsyncCached2<A, B, R>) building(rules).memoizeAsync(function, AsyncFn2.class, 2, AsyncMemo2.class);
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncCached2<A, B, R> memoizeAsync(Class<A> a, Class<B> b, AsyncFn2<A, B, R> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(function, "function");
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncCached2<A, B, R> memoizeAsync(
                    Class<A> a, Class<B> b, AsyncFn2<A, B, R> function, Consumer<? super Options2<A, B, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizeAsync(function, options);
    }

    /**
     * Memoizes a function of three arguments that answers with a stage.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached3<A, B, C, R> memoizeAsync(AsyncFn3<A, B, C, R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of three arguments that answers with a stage, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo3
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached3<A, B, C, R> memoizeAsync(
                    AsyncFn3<A, B, C, R> function, Consumer<? super Options3<A, B, C, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options3<>(rules));
        return (AsyncCached3<A, B, C, R>) building(rules).memoizeAsync(function, AsyncFn3.class, 3, AsyncMemo3.class);
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached3<A, B, C, R> memoizeAsync(Class<A> a, Class<B> b, Class<C> c, AsyncFn3<A, B, C, R> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(function, "function");
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached3<A, B, C, R> memoizeAsync(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    AsyncFn3<A, B, C, R> function,
                    Consumer<? super Options3<A, B, C, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizeAsync(function, options);
    }

    /**
     * Memoizes a function of four arguments that answers with a stage.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached4<A, B, C, D, R> memoizeAsync(AsyncFn4<A, B, C, D, R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of four arguments that answers with a stage, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo4
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached4<A, B, C, D, R> memoizeAsync(
                    AsyncFn4<A, B, C, D, R> function, Consumer<? super Options4<A, B, C, D, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options4<>(rules));
        return (AsyncCached4<A, B, C, D, R>)
                building(rules).memoizeAsync(function, AsyncFn4.class, 4, AsyncMemo4.class);
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached4<A, B, C, D, R> memoizeAsync(
                    Class<A> a, Class<B> b, Class<C> c, Class<D> d, AsyncFn4<A, B, C, D, R> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(function, "function");
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached4<A, B, C, D, R> memoizeAsync(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    AsyncFn4<A, B, C, D, R> function,
                    Consumer<? super Options4<A, B, C, D, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizeAsync(function, options);
    }

    /**
     * Memoizes a function of five arguments that answers with a stage.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached5<A, B, C, D, E, R> memoizeAsync(AsyncFn5<A, B, C, D, E, R> function) {
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of five arguments that answers with a stage, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the class was made from AsyncMemo5
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached5<A, B, C, D, E, R> memoizeAsync(
                    AsyncFn5<A, B, C, D, E, R> function, Consumer<? super Options5<A, B, C, D, E, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options5<>(rules));
        return (AsyncCached5<A, B, C, D, E, R>)
                building(rules).memoizeAsync(function, AsyncFn5.class, 5, AsyncMemo5.class);
    }

    /**
     * Memoizes a function of five arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param e the class of the fifth argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached5<A, B, C, D, E, R> memoizeAsync(
                    Class<A> a, Class<B> b, Class<C> c, Class<D> d, Class<E> e, AsyncFn5<A, B, C, D, E, R> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(function, "function");
        return memoizeAsync(function, options -> {});
    }

    /**
     * Memoizes a function of five arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param e the class of the fifth argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncCached5<A, B, C, D, E, R> memoizeAsync(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Class<E> e,
                    AsyncFn5<A, B, C, D, E, R> function,
                    Consumer<? super Options5<A, B, C, D, E, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizeAsync(function, options);
    }
}
