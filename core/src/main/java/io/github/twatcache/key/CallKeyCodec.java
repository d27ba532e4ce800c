package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calls: the function, its captured values and the arguments that count. */
final class CallKeyCodec implements KeyCodec<Object> {
    private final CallKeys keys;

    CallKeyCodec(CallKeys keys) {
        this.keys = keys;
    }

    @Override
    public byte[] encoded(Object key) {
        return keys.call(key).encoded();
    }

    @Override
    public List<@Nullable Object> arguments(Object key) {
        CallKey call = keys.call(key);
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < call.arity(); i++) {
            arguments.add(call.argument(i));
        }
        return arguments;
    }

    @Override
    public Object decode(byte[] bytes) {
        throw new SerializationException(
                "the key of a call cannot be read back; a cache made with types(...) has keys that can");
    }

    @Override
    public boolean decodable() {
        return false;
    }
}
