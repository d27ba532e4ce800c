package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.KeyCodec;

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
    public Object decode(byte[] bytes) {
        throw new SerializationException(
                "the key of a call cannot be read back; a cache made with types(...) has keys that can");
    }

    @Override
    public boolean decodable() {
        return false;
    }
}
