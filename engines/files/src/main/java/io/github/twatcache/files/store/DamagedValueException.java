package io.github.twatcache.files.store;

/** Says that a value's file is not what was written there. */
final class DamagedValueException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedValueException(String what) {
        super(what);
    }
}
