package io.github.twatcache.path;

import java.io.IOException;
import java.io.Serial;

/** Why a directory cannot be opened that may be read: nothing is wrong with it but that this process may not write there. */
final class Unwritable extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    Unwritable(IOException refusal) {
        super(refusal);
    }
}
