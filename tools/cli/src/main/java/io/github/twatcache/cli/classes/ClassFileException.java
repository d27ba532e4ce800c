package io.github.twatcache.cli.classes;

import java.io.IOException;

/** A class file that does not follow the format. */
public final class ClassFileException extends IOException {
    private static final long serialVersionUID = 1;

    ClassFileException(String message) {
        super(message);
    }

    ClassFileException(String path, ClassFileException cause) {
        super(path + ": " + cause.getMessage(), cause);
    }
}
