package io.github.twatcache;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What memoized functions that return publishers do, whatever their arguments. They have no classes of their own, as other
 * memoized functions have: an element that is handed on costs more than those would save.
 */
abstract class PublisherMemo<T> extends AsyncMemo {
    @Serial
    private static final long serialVersionUID = 1L;

    PublisherMemo(MemoParts parts, Serializable original) {
        super(parts, original);
    }

    Flow.Publisher<T> published(Flowing.Source<T> source, @Nullable Object... arguments) {
        return Flowing.publisher(core, () -> parts.key(arguments), () -> judge(arguments), source);
    }

    @SuppressWarnings("unchecked") // the store holds lists of the elements that the function's publishers have brought
    CompletableFuture<Lookup<List<T>>> peeked(@Nullable Object... arguments) {
        return refusing(() -> (CompletableFuture<Lookup<List<T>>>) (CompletableFuture<?>) found(parts.key(arguments)));
    }

    CompletableFuture<Boolean> isThere(@Nullable Object... arguments) {
        return refusing(() -> there(parts.key(arguments)));
    }

    /** Copied: what is handed out as the elements of a publisher must not change under way. */
    CompletableFuture<@Nullable Void> putAs(List<T> elements, @Nullable Object... arguments) {
        List<T> copy = Relay.list(Objects.requireNonNull(elements, "elements"));
        int none = copy.indexOf(null);
        if (none >= 0) {
            throw new NullPointerException("elements holds null at index " + none
                    + ", which no subscriber may be given (Reactive Streams 2.13); leave it out");
        }
        return refusing(() -> stored(parts.key(arguments), copy, judge(arguments)));
    }

    CompletableFuture<Boolean> invalidated(@Nullable Object... arguments) {
        return refusing(() -> removed(parts.key(arguments)));
    }

    CompletableFuture<Boolean> softly(@Nullable Object... arguments) {
        return refusing(() -> aged(parts.key(arguments)));
    }

    CompletableFuture<List<T>> refreshed(Flowing.Source<T> source, @Nullable Object... arguments) {
        return refusing(() -> Flowing.refresh(core, parts.key(arguments), judge(arguments), source));
    }

    /** A key that cannot be made is in the future, as all else that goes wrong. */
    private static <V extends @Nullable Object> CompletableFuture<V> refusing(
            Supplier<CompletableFuture<V>> operation) {
        try {
            return operation.get();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
