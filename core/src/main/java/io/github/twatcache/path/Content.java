package io.github.twatcache.path;

import java.io.IOException;
import java.io.OutputStream;

/** What is written to a file. */
@FunctionalInterface
public interface Content {
    /**
     * Writes it. May be asked again where the directory was deleted meanwhile.
     *
     * @param out where to; buffered, and closed by the caller
     * @throws IOException when it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
}
