package io.github.twatcache.path;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A store of files as an engine would have it: writes entries, and lets the oldest go when room is asked for. */
final class FileTenant implements AutoCloseable {
    final CacheFolder folder;

    FileTenant(CacheDirectory directory, String cache) {
        folder = directory.folder(cache);
        folder.settle(Layout.FILE_PER_ENTRY, this::evict);
    }

    boolean put(String key, int bytes) {
        return folder.write(key, out -> out.write(new byte[bytes]));
    }

    private void evict(long bytes) {
        try {
            long freed = 0;
            for (Aged file : Aged.below(folder.path())) {
                if (freed >= bytes) {
                    return;
                }
                if (folder.delete(folder.path().relativize(file.path()).toString())) {
                    freed += file.bytes();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
