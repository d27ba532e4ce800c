package io.github.twatcache.benchmarks.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The callers of one strategy: each a thread that asks for a key, waits for the answer, pauses, and asks for another. Who
 * waits does not ask meanwhile. The n-th caller of each strategy draws the same keys and pauses.
 */
final class Callers {
    /** So much of its lifetime a value may be older and pass as fresh: a cache counts from when it stores it. */
    private static final double GRACE = 0.05;

    private final String name;
    private final Strategy strategy;
    private final Script script;
    private final Clock clock;
    private final ExecutorService threads;
    private final List<Future<List<Done>>> running = new ArrayList<>();

    /** A call that has ended; what it has asked of the source may still be under way. */
    private record Done(
            Call call,
            double end,
            Line.Outcome outcome,
            @Nullable Double age,
            String error) {
        Line line(String strategy) {
            return new Line(
                    strategy, call.caller, call.key, call.start, end - call.start, outcome, age, error, call.asked());
        }
    }

    /** Has so many callers start. */
    Callers(String name, Strategy strategy, Script script, Clock clock, int count) {
        this.name = name;
        this.strategy = strategy;
        this.script = script;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(count, task -> {
            // Nothing deep is called here, and there are many.
            Thread thread = new Thread(null, task, name, 256 << 10);
            thread.setDaemon(true);
            return thread;
        });
        for (int caller = 0; caller < count; caller++) {
            int number = caller;
            running.add(threads.submit(() -> calls(number)));
        }
        threads.shutdown();
    }

    private List<Done> calls(int caller) {
        SplittableRandom chance = new SplittableRandom(caller);
        List<Done> done = new ArrayList<>();
        // Not all at once: they come from different places.
        Clock.sleep(script.pause(chance.nextDouble()) * chance.nextDouble());
        for (double start = clock.millis(); start < script.end(); start = clock.millis()) {
            done.add(call(new Call(caller, chance.nextInt(Script.KEYS), start)));
            Clock.sleep(script.pause(chance.nextDouble()));
        }
        return done;
    }

    private Done call(Call call) {
        try {
            Answer answer = strategy.ask(call.key, call);
            double end = clock.millis();
            if (!answer.key().equals(call.key)) {
                throw new AssertionError(name + " has answered with the value of another key");
            }
            double age = end - answer.born();
            boolean fresh = age <= script.lifetime() * (1 + GRACE);
            return new Done(call, end, fresh ? Line.Outcome.FRESH : Line.Outcome.STALE, age, "");
        } catch (Exception failed) {
            return new Done(
                    call,
                    clock.millis(),
                    Line.Outcome.ERROR,
                    null,
                    failed.getClass().getSimpleName());
        }
    }

    /** Waits until all have had their last answer. */
    void join() throws InterruptedException, ExecutionException {
        for (Future<List<Done>> caller : running) {
            caller.get();
        }
    }

    /** All calls, caller by caller; to be asked for when the source is quiet. */
    List<Line> lines() throws InterruptedException, ExecutionException {
        List<Line> lines = new ArrayList<>();
        for (Future<List<Done>> caller : running) {
            caller.get().forEach(done -> lines.add(done.line(name)));
        }
        return lines;
    }
}
