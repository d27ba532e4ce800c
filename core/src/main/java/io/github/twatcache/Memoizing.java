package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways to give a function to a {@link CacheBuilder}: one for each number of arguments, each with typed options, and
 * each for functions that only the classes of their arguments tell apart.
 */
abstract sealed class Memoizing permits MemoizingAsync {
    abstract Building building(ResultRules rules);

    /**
     * Memoizes a function of no arguments.
     *
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <R extends @Nullable Object, X extends Exception> Cached0<R, X> memoize(Fn0<R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of no arguments, with what is decided from arguments and results.
     *
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <R extends @Nullable Object, X extends Exception> Cached0<R, X> memoize(
            Fn0<R, X> function, Consumer<? super Options0<R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options0<>(rules));
        return building(rules).memoize(function);
    }

    /**
     * Memoizes a function of one argument.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Cached1<A, R, X> memoize(
            Fn1<A, R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of one argument, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Cached1<A, R, X> memoize(
            Fn1<A, R, X> function, Consumer<? super Options1<A, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options1<>(rules));
        return building(rules).memoize(function);
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Cached1<A, R, X> memoize(
            Class<A> a, Fn1<? super A, ? extends R, X> function) {
        return memoize(a, function, options -> {});
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, with what is decided from arguments
     * and results.
     *
     * @param <A> the type of the first argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the function only receives what its arguments' types allow, and returns an R
    public <A extends @Nullable Object, R extends @Nullable Object, X extends Exception> Cached1<A, R, X> memoize(
            Class<A> a, Fn1<? super A, ? extends R, X> function, Consumer<? super Options1<A, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoize((Fn1<A, R, X>) function, options);
    }

    /**
     * Memoizes a function of two arguments.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object, X extends Exception>
            Cached2<A, B, R, X> memoize(Fn2<A, B, R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of two arguments, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object, X extends Exception>
            Cached2<A, B, R, X> memoize(Fn2<A, B, R, X> function, Consumer<? super Options2<A, B, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options2<>(rules));
        return building(rules).memoize(function);
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object, X extends Exception>
            Cached2<A, B, R, X> memoize(Class<A> a, Class<B> b, Fn2<? super A, ? super B, ? extends R, X> function) {
        return memoize(a, b, function, options -> {});
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, with what is decided from arguments
     * and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the function only receives what its arguments' types allow, and returns an R
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object, X extends Exception>
            Cached2<A, B, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Fn2<? super A, ? super B, ? extends R, X> function,
                    Consumer<? super Options2<A, B, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoize((Fn2<A, B, R, X>) function, options);
    }

    /**
     * Memoizes a function of three arguments.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached3<A, B, C, R, X> memoize(Fn3<A, B, C, R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of three arguments, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached3<A, B, C, R, X> memoize(
                    Fn3<A, B, C, R, X> function, Consumer<? super Options3<A, B, C, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options3<>(rules));
        return building(rules).memoize(function);
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached3<A, B, C, R, X> memoize(
                    Class<A> a, Class<B> b, Class<C> c, Fn3<? super A, ? super B, ? super C, ? extends R, X> function) {
        return memoize(a, b, c, function, options -> {});
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, with what is decided from arguments
     * and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the function only receives what its arguments' types allow, and returns an R
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached3<A, B, C, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Fn3<? super A, ? super B, ? super C, ? extends R, X> function,
                    Consumer<? super Options3<A, B, C, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoize((Fn3<A, B, C, R, X>) function, options);
    }

    /**
     * Memoizes a function of four arguments.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached4<A, B, C, D, R, X> memoize(Fn4<A, B, C, D, R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of four arguments, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached4<A, B, C, D, R, X> memoize(
                    Fn4<A, B, C, D, R, X> function, Consumer<? super Options4<A, B, C, D, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options4<>(rules));
        return building(rules).memoize(function);
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached4<A, B, C, D, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Fn4<? super A, ? super B, ? super C, ? super D, ? extends R, X> function) {
        return memoize(a, b, c, d, function, options -> {});
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, with what is decided from arguments
     * and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the function only receives what its arguments' types allow, and returns an R
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached4<A, B, C, D, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Fn4<? super A, ? super B, ? super C, ? super D, ? extends R, X> function,
                    Consumer<? super Options4<A, B, C, D, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoize((Fn4<A, B, C, D, R, X>) function, options);
    }

    /**
     * Memoizes a function of five arguments.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached5<A, B, C, D, E, R, X> memoize(Fn5<A, B, C, D, E, R, X> function) {
        return memoize(function, options -> {});
    }

    /**
     * Memoizes a function of five arguments, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached5<A, B, C, D, E, R, X> memoize(
                    Fn5<A, B, C, D, E, R, X> function, Consumer<? super Options5<A, B, C, D, E, R>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options5<>(rules));
        return building(rules).memoize(function);
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
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param e the class of the fifth argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached5<A, B, C, D, E, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Class<E> e,
                    Fn5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R, X> function) {
        return memoize(a, b, c, d, e, function, options -> {});
    }

    /**
     * Memoizes a function of five arguments that is overloaded, varargs or generic, with what is decided from arguments
     * and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <R> the type of the result
     * @param <X> what the function throws
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param e the class of the fifth argument
     * @param function the function
     * @param options receives the typed options
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, the engine cannot
     *     honour a setting, or the function returns a {@link java.util.concurrent.CompletionStage}
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    @SuppressWarnings("unchecked") // the function only receives what its arguments' types allow, and returns an R
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            Cached5<A, B, C, D, E, R, X> memoize(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Class<E> e,
                    Fn5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R, X> function,
                    Consumer<? super Options5<A, B, C, D, E, R>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoize((Fn5<A, B, C, D, E, R, X>) function, options);
    }
}
