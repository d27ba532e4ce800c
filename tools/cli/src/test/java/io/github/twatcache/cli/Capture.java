package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this process and keeps what they print. */
final class Capture {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Screen screen;

    Capture() {
        this(new Terminal(false, false, 80));
    }

    Capture(Terminal terminal) {
        this.screen = new Screen(new PrintWriter(out), new PrintWriter(err), terminal);
    }

    int run(String... arguments) {
        return run(TwatCache::builder, arguments);
    }

    int run(Instances instances, String... arguments) {
        return Main.run(screen, instances, arguments);
    }

    Screen screen() {
        return screen;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
