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

    /**
     * As much of a name as so many bytes hold, as {@link java.io.DataOutput#writeUTF} counts them. What is cut off does not
     * tell one holder from another: their tokens do.
     */
    static String cut(String owner, int bytes) {
        int left = bytes;
        for (int i = 0; i < owner.length(); i++) {
            char c = owner.charAt(i);
            left -= c > 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (left < 0) {
                return owner.substring(0, i);
            }
        }
        return owner;
    }
}
