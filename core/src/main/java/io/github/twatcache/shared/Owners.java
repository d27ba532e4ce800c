package io.github.twatcache.shared;

import io.github.twatcache.text.ThreadWords;
import java.util.UUID;

/** Who holds something, in words that name one holder and no other. */
final class Owners {
    private static final int SHORT = 8;

    private Owners() {}

    /** A name for what this process opens now; a pid alone would not do, in containers and after a restart. */
    static String process() {
        return "process " + ProcessHandle.current().pid() + "/"
                + UUID.randomUUID().toString().substring(0, SHORT);
    }

    static String ofThread(String process) {
        Thread thread = Thread.currentThread();
        return process + ", thread " + ThreadWords.id(thread) + " '" + thread.getName() + "'";
    }
}
