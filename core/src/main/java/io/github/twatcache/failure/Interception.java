package io.github.twatcache.failure;

import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.StoreInterceptor;
import java.util.List;

/**
 * The interceptors of one cache. Two are equal when they hold the same objects.
 *
 * @param interceptors the outermost first
 */
public record Interception(List<StoreInterceptor> interceptors) {
    /** The setting that gives them; only code can. */
    public static final Setting<Interception> SETTING = Setting.object(
            "interceptors",
            Interception.class,
            "Runs code of the user's before and after each operation of the engine.");

    /** Copies the list. */
    public Interception {
        interceptors = List.copyOf(interceptors);
    }

    @Override
    public String toString() {
        return interceptors.stream()
                .map(interceptor -> interceptor.getClass().getTypeName())
                .toList()
                .toString();
    }
}
