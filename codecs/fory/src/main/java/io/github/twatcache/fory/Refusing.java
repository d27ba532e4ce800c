package io.github.twatcache.fory;

import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.serializer.Serializer;

/** Stands for what is never written and never read. */
final class Refusing<T> extends Serializer<T> {
    Refusing(Config config, Class<T> type) {
        super(config, type);
    }

    @Override
    public void write(WriteContext context, T value) {
        throw refused();
    }

    @Override
    public T read(ReadContext context) {
        throw refused();
    }

    private static InsecureException refused() {
        return new InsecureException("a function or proxy is no value");
    }
}
