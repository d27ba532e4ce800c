package io.github.twatcache;

import io.github.twatcache.spi.ValueCodec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The codec of a cache, made when it is first asked for: a cache on the heap needs none. Thread-safe. */
final class LazyCodec implements Supplier<ValueCodec> {
    private final Supplier<ValueCodec> maker;
    private @Nullable ValueCodec made;

    LazyCodec(Supplier<ValueCodec> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized ValueCodec get() {
        ValueCodec codec = made;
        if (codec == null) {
            codec = maker.get();
            made = codec;
        }
        return codec;
    }
}
