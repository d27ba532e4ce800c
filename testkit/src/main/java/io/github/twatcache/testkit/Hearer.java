package io.github.twatcache.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A subscriber that asks for what a test says, and remembers all that it is told. */
class Hearer<T> implements Flow.Subscriber<T> {
    final List<T> got = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch over = new CountDownLatch(1);
    volatile Flow.@Nullable Subscription subscription;
    volatile @Nullable Throwable failure;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(T element) {
        got.add(element);
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
        over.countDown();
    }

    @Override
    public void onComplete() {
        over.countDown();
    }

    final Flow.Subscription subscription() {
        return Objects.requireNonNull(subscription, "nobody has called onSubscribe");
    }

    final Hearer<T> wants(long n) {
        subscription().request(n);
        return this;
    }

    final void cancel() {
        subscription().cancel();
    }

    final void awaits(int elements) {
        Actor.until(elements + " elements have come", () -> got.size() == elements);
    }

    final Hearer<T> awaitEnd() {
        Actor.await(over);
        return this;
    }
}
