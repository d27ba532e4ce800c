package io.github.twatcache.key;

import org.jspecify.annotations.Nullable;

/**
 * The key where no class can be spun (a native image, a platform that denies hidden classes): the same keys, a little
 * slower, since all arguments are boxed and all functions share one class.
 */
final class BoxedKey extends CallKey implements KeyMaker1, KeyMaker2, KeyMaker3, KeyMaker4, KeyMaker5 {
    private final CallShape shape;
    private final @Nullable Object[] held;

    BoxedKey(CallShape shape, @Nullable Object[] held) {
        this.shape = shape;
        this.held = held;
    }

    private Object make(@Nullable Object... arguments) {
        @Nullable Object[] kept = new @Nullable Object[shape.significant().size()];
        for (int i = 0; i < kept.length; i++) {
            CallShape.Parameter parameter = shape.significant().get(i);
            Object argument = arguments[parameter.index()];
            kept[i] = parameter.prepared() ? shape.prepared(i, argument) : argument;
        }
        return new BoxedKey(shape, kept);
    }

    @Override
    public Object key(@Nullable Object a) {
        return make(a);
    }

    @Override
    public Object key(@Nullable Object a, @Nullable Object b) {
        return make(a, b);
    }

    @Override
    public Object key(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return make(a, b, c);
    }

    @Override
    public Object key(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) {
        return make(a, b, c, d);
    }

    @Override
    public Object key(
            @Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d, @Nullable Object e) {
        return make(a, b, c, d, e);
    }

    @Override
    CallShape shape() {
        return shape;
    }

    @Override
    @Nullable Object held(int position) {
        return held[position];
    }

    @Override
    CallKey holding(@Nullable Object[] other) {
        return new BoxedKey(shape, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof BoxedKey that) || shape != that.shape) {
            return false;
        }
        for (int i = 0; i < held.length; i++) {
            Object mine = held[i];
            Object stored = that.held[i];
            // A store asks the key that is looked up whether it equals the stored one: the stored one must say so too.
            if (mine != stored && (stored == null || !stored.equals(mine) || !agrees(mine, stored))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Object each : held) {
            hash = (hash + (each == null ? 0 : each.hashCode())) * Content.SPREAD;
        }
        return hash;
    }
}
