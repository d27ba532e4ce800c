package io.github.twatcache;

import io.github.twatcache.load.AsyncComputation;
import io.github.twatcache.load.Judge;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Terms;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What memoized functions that answer with futures share, whatever their arguments; nothing of it runs on a hit. */
abstract class AsyncMemo extends Memo {
    @Serial
    private static final long serialVersionUID = 1L;

    AsyncMemo(MemoParts parts, Serializable original) {
        super(parts, original);
    }

    CompletableFuture<Lookup<@Nullable Object>> found(Object key) {
        return core.elsewhere.of(key, core::peek);
    }

    CompletableFuture<Boolean> there(Object key) {
        return core.elsewhere.of(key, core::holds);
    }

    CompletableFuture<@Nullable Void> stored(Object key, @Nullable Object result, Judge judge) {
        return core.elsewhere.of(key, raw -> {
            core.put(raw, result, Terms.PLAIN, Guard.ANY, judge);
            return null;
        });
    }

    CompletableFuture<Boolean> removed(Object key) {
        return core.elsewhere.of(key, core::remove);
    }

    CompletableFuture<Boolean> aged(Object key) {
        return core.elsewhere.of(key, core::age);
    }

    CompletableFuture<?> renewed(Object key, AsyncComputation computation, Judge judge) {
        return core.refreshAsync(key, computation, judge);
    }
}
