package io.github.twatcache.disk.diskcache;

import io.github.twatcache.testkit.RealPython;
import java.util.List;

/** The real Python with the real diskcache. */
public final class Python {
    private Python() {}

    /** Starts a script; it finds its arguments in {@code sys.argv[1:]}, and {@code diskcache} and {@code sys} imported. */
    public static Process start(String script, Object... arguments) {
        return RealPython.start("diskcache", "import sys, diskcache\n" + script, arguments);
    }

    /** Runs a script, and returns what it has printed. */
    public static List<String> run(String script, Object... arguments) {
        return printed(start(script, arguments));
    }

    /** Waits for a script, and returns what it has printed. */
    public static List<String> printed(Process process) {
        return RealPython.printed(process);
    }
}
