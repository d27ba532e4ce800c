package io.github.twatcache.load;

import io.github.twatcache.text.ThreadWords;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A load that no thread owns: it is announced by one, worked on by others for a while, and between them by nobody, as
 * while a stage runs or an executor has not come to it.
 *
 * <p>A thread that works on it {@linkplain #adopt adopts} it, so that what it does inside is seen to be done inside, and
 * {@linkplain #release releases} it. One thread at a time; whoever hands it on makes what it has written visible.
 */
class Unowned extends Load {
    private final String begunBy = Thread.currentThread().getName();
    private final long begunById = ThreadWords.id(Thread.currentThread());

    /** How many still want to know the outcome. Shared by the loads of one bulk, which are given up together. */
    private final AtomicInteger interested;

    private final AtomicInteger finished = new AtomicInteger();

    /** What it runs, where it is one call's; written before it is announced. */
    @Nullable AsyncComputation computation;

    private volatile @Nullable CompletionStage<?> stage;
    private volatile boolean abandoned;

    /** Gives up what it waits for before it can be computed. */
    private volatile @Nullable Runnable waiting;

    /** A load that the caller wants to know the outcome of. */
    Unowned(InFlight home, Object key) {
        this(home, key, new AtomicInteger(1));
    }

    /** A load that is given up together with others. */
    Unowned(InFlight home, Object key, AtomicInteger interested) {
        super(home, key, null);
        this.interested = interested;
    }

    /** Before this thread works on it. */
    void adopt() {
        @Nullable Object[] here = Chain.place();
        place = here;
        parent = Chain.innermost(here);
        owner = Thread.currentThread();
        Chain.enter(this);
    }

    /** After this thread has worked on it, unless that has ended it. */
    void release() {
        Chain.leave(this);
        parent = null;
        place = null;
        owner = null;
    }

    @Override
    final boolean joins() {
        interested.incrementAndGet();
        return true;
    }

    /**
     * Takes note that one of those who wanted to know the outcome does not any more.
     *
     * @return whether that was the last, and nothing is being stored: the load is detached then, and to be ended so that
     *     whoever has joined it in this very moment tries anew
     */
    final boolean leaves() {
        return interested.decrementAndGet() == 0 && detach();
    }

    /** Takes the right to end it. Fails when another has taken it, as when a stage completes twice. */
    final boolean finish() {
        return finished.compareAndSet(0, 1);
    }

    /** Takes note of the stage that computes it; cancels it where the load has been abandoned before there was one. */
    final void runs(CompletionStage<?> begun) {
        stage = begun;
        if (abandoned) {
            cancel(begun);
        }
    }

    /** Cancels the stage that computes it, now or as soon as there is one. */
    final void abandon() {
        abandoned = true;
        CompletionStage<?> begun = stage;
        if (begun != null) {
            cancel(begun);
        }
        Runnable givesUp = waiting;
        if (givesUp != null) {
            givesUp.run();
        }
        AsyncComputation running = computation;
        if (running != null) {
            running.abandoned();
        }
    }

    final boolean abandoned() {
        return abandoned;
    }

    /** Takes note of how to give up what it waits for; does so at once where the load has been abandoned before. */
    final void whenAbandoned(Runnable givesUp) {
        waiting = givesUp;
        if (abandoned) {
            givesUp.run();
        }
    }

    private static void cancel(CompletionStage<?> begun) {
        try {
            Future<?> future = begun instanceof Future<?> itself ? itself : begun.toCompletableFuture();
            future.cancel(true);
        } catch (RuntimeException cannot) {
            // A stage need not be cancellable: then it runs to its end, and nobody hears of it.
        }
    }

    @Override
    final String behind() {
        return owner == null
                ? "which " + ThreadWords.of(begunBy, begunById) + " has begun, and which no thread runs now"
                : super.behind();
    }
}
