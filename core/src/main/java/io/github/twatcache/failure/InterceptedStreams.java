package io.github.twatcache.failure;

import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Values as streams with interceptors round them: a put and a look-up as any other; what is read after that is not seen. */
record InterceptedStreams(Intercepted store, StreamStore<Object> streams) implements StreamStore<Object> {
    @Override
    public Outcome put(Object key, Content content, Terms terms, Guard guard) throws IOException {
        return store.<Outcome, IOException>throwing(Operation.PUT, key, () -> streams.put(key, content, terms, guard));
    }

    @Override
    public @Nullable InputStream open(Object key) throws IOException {
        @Nullable InputStream[] opened = new @Nullable InputStream[1];
        store.<Boolean, IOException>throwing(Operation.GET, key, () -> {
            opened[0] = streams.open(key);
            return true;
        });
        return opened[0];
    }
}
