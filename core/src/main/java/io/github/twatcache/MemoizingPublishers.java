package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.PublisherFn0;
import io.github.twatcache.function.PublisherFn1;
import io.github.twatcache.function.PublisherFn2;
import io.github.twatcache.function.PublisherFn3;
import io.github.twatcache.function.PublisherFn4;
import io.github.twatcache.function.PublisherFn5;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways to give a function that returns a {@link java.util.concurrent.Flow.Publisher} to a {@link CacheBuilder}: the list of
 * its elements is kept, never the publisher.
 */
abstract sealed class MemoizingPublishers extends MemoizingAsync permits Choosing {

    /**
     * Memoizes a function of no arguments that returns a publisher.
     *
     * @param <T> the type of the elements
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <T> Published0<T> memoizePublisher(PublisherFn0<T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of no arguments that returns a publisher, with what is decided from arguments and results.
     *
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <T> Published0<T> memoizePublisher(PublisherFn0<T> function, Consumer<? super Options0<List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options0<>(rules));
        return new PublisherMemo0<>(building(rules).ofPublisher(function, PublisherFn0.class, 0), function);
    }

    /**
     * Memoizes a function of one argument that returns a publisher.
     *
     * @param <A> the type of the first argument
     * @param <T> the type of the elements
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, T> Published1<A, T> memoizePublisher(PublisherFn1<A, T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of one argument that returns a publisher, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, T> Published1<A, T> memoizePublisher(
            PublisherFn1<A, T> function, Consumer<? super Options1<A, List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options1<>(rules));
        return new PublisherMemo1<>(building(rules).ofPublisher(function, PublisherFn1.class, 1), function);
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, T> Published1<A, T> memoizePublisher(Class<A> a, PublisherFn1<A, T> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(function, "function");
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of one argument that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, T> Published1<A, T> memoizePublisher(
            Class<A> a, PublisherFn1<A, T> function, Consumer<? super Options1<A, List<T>>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizePublisher(function, options);
    }

    /**
     * Memoizes a function of two arguments that returns a publisher.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <T> the type of the elements
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, T> Published2<A, B, T> memoizePublisher(
            PublisherFn2<A, B, T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of two arguments that returns a publisher, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, T> Published2<A, B, T> memoizePublisher(
            PublisherFn2<A, B, T> function, Consumer<? super Options2<A, B, List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options2<>(rules));
        return new PublisherMemo2<>(building(rules).ofPublisher(function, PublisherFn2.class, 2), function);
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, T> Published2<A, B, T> memoizePublisher(
            Class<A> a, Class<B> b, PublisherFn2<A, B, T> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(function, "function");
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of two arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, T> Published2<A, B, T> memoizePublisher(
            Class<A> a, Class<B> b, PublisherFn2<A, B, T> function, Consumer<? super Options2<A, B, List<T>>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizePublisher(function, options);
    }

    /**
     * Memoizes a function of three arguments that returns a publisher.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <T> the type of the elements
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, T>
            Published3<A, B, C, T> memoizePublisher(PublisherFn3<A, B, C, T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of three arguments that returns a publisher, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, T>
            Published3<A, B, C, T> memoizePublisher(
                    PublisherFn3<A, B, C, T> function, Consumer<? super Options3<A, B, C, List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options3<>(rules));
        return new PublisherMemo3<>(building(rules).ofPublisher(function, PublisherFn3.class, 3), function);
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, T>
            Published3<A, B, C, T> memoizePublisher(
                    Class<A> a, Class<B> b, Class<C> c, PublisherFn3<A, B, C, T> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(function, "function");
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of three arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
     * @return the memoized function
     * @throws ConfigurationException when the name is taken by another function or with other settings, or the engine cannot
     *     honour a setting
     * @throws io.github.twatcache.error.KeyException when an argument's type cannot work as part of a key
     */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, T>
            Published3<A, B, C, T> memoizePublisher(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    PublisherFn3<A, B, C, T> function,
                    Consumer<? super Options3<A, B, C, List<T>>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizePublisher(function, options);
    }

    /**
     * Memoizes a function of four arguments that returns a publisher.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <T> the type of the elements
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
                    T>
            Published4<A, B, C, D, T> memoizePublisher(PublisherFn4<A, B, C, D, T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of four arguments that returns a publisher, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
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
                    T>
            Published4<A, B, C, D, T> memoizePublisher(
                    PublisherFn4<A, B, C, D, T> function, Consumer<? super Options4<A, B, C, D, List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options4<>(rules));
        return new PublisherMemo4<>(building(rules).ofPublisher(function, PublisherFn4.class, 4), function);
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <T> the type of the elements
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
                    T>
            Published4<A, B, C, D, T> memoizePublisher(
                    Class<A> a, Class<B> b, Class<C> c, Class<D> d, PublisherFn4<A, B, C, D, T> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(function, "function");
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of four arguments that is overloaded, varargs or generic, with what is decided from arguments and
     * results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
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
                    T>
            Published4<A, B, C, D, T> memoizePublisher(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    PublisherFn4<A, B, C, D, T> function,
                    Consumer<? super Options4<A, B, C, D, List<T>>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizePublisher(function, options);
    }

    /**
     * Memoizes a function of five arguments that returns a publisher.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <T> the type of the elements
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
                    T>
            Published5<A, B, C, D, E, T> memoizePublisher(PublisherFn5<A, B, C, D, E, T> function) {
        return memoizePublisher(function, options -> {});
    }

    /**
     * Memoizes a function of five arguments that returns a publisher, with what is decided from arguments and results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <T> the type of the elements
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
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
                    T>
            Published5<A, B, C, D, E, T> memoizePublisher(
                    PublisherFn5<A, B, C, D, E, T> function,
                    Consumer<? super Options5<A, B, C, D, E, List<T>>> options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        ResultRules rules = new ResultRules();
        options.accept(new Options5<>(rules));
        return new PublisherMemo5<>(building(rules).ofPublisher(function, PublisherFn5.class, 5), function);
    }

    /**
     * Memoizes a function of five arguments that is overloaded, varargs or generic, whose argument types must be named.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <T> the type of the elements
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
                    T>
            Published5<A, B, C, D, E, T> memoizePublisher(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Class<E> e,
                    PublisherFn5<A, B, C, D, E, T> function) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(function, "function");
        return memoizePublisher(function, options -> {});
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
     * @param <T> the type of the elements
     * @param a the class of the first argument
     * @param b the class of the second argument
     * @param c the class of the third argument
     * @param d the class of the fourth argument
     * @param e the class of the fifth argument
     * @param function the function
     * @param options receives the typed options; to them the result is the list of all elements
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
                    T>
            Published5<A, B, C, D, E, T> memoizePublisher(
                    Class<A> a,
                    Class<B> b,
                    Class<C> c,
                    Class<D> d,
                    Class<E> e,
                    PublisherFn5<A, B, C, D, E, T> function,
                    Consumer<? super Options5<A, B, C, D, E, List<T>>> options) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, "c");
        Objects.requireNonNull(d, "d");
        Objects.requireNonNull(e, "e");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        return memoizePublisher(function, options);
    }
}
