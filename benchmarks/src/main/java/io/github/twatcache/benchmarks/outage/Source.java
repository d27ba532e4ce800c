package io.github.twatcache.benchmarks.outage;

import java.util.concurrent.Phaser;

/** Does what the script says at the time at which it is asked, as slowly, on the thread that asks. */
final class Source {
    private final Script script;
    private final Clock clock;

    /** Who asks is registered; {@link #quiet} waits for the others. */
    private final Phaser asking = new Phaser(1);

    Source(Script script, Clock clock) {
        this.script = script;
        this.clock = clock;
    }

    /**
     * Answers.
     *
     * @param key what is asked for
     * @param call on whose behalf
     * @throws SourceDown when it is down
     */
    Answer ask(Integer key, Call call) {
        asking.register();
        try {
            double start = clock.millis();
            Script.Phase phase = script.at(start);
            Clock.sleep(phase.takes());
            double end = clock.millis();
            call.asked(new Call.Asked(start, end - start, phase.down()));
            if (phase.down()) {
                throw new SourceDown();
            }
            return new Answer(key, end);
        } finally {
            asking.arriveAndDeregister();
        }
    }

    /** Waits for the answers that are under way, whoever wants them. */
    void quiet() {
        asking.arriveAndAwaitAdvance();
    }
}
