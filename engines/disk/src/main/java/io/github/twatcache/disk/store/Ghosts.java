package io.github.twatcache.disk.store;

import java.util.LinkedHashSet;

/** The last keys that left before anybody used them again, by what finds them. Of this process. */
final class Ghosts {
    private static final int MOST = 1 << 16;

    private final LinkedHashSet<Long> finds = new LinkedHashSet<>();

    synchronized void add(long find, long most) {
        finds.remove(find);
        finds.add(find);
        while (finds.size() > Math.min(MOST, Math.max(1, most))) {
            var oldest = finds.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether it was there; it is there no more. */
    synchronized boolean take(long find) {
        return finds.remove(find);
    }
}
