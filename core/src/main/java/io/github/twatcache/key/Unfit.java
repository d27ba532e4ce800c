package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;

/** The words for an argument that cannot be part of a key. Never the argument itself. */
final class Unfit {
    private Unfit() {}

    /** Why no key can be written, with what to do, in words. */
    static String unwritable(String where, String why) {
        return where + " cannot be written: " + why + "; make it a record or an enum, register an encoder for it,"
                + " leave it out of the key with keyBy or ignore, or choose a heap engine";
    }

    static KeyException argument(String where, Class<?> type) {
        return new KeyException(("%s is or holds a %s, which has no equals of its own and would never be found again;"
                        + " give the class equals and hashCode (or make it a record),"
                        + " leave the argument out with ignore, or pick what counts of it with keyBy")
                .formatted(where, type.getName()));
    }

    static KeyException closed(String where, Class<?> type) {
        return new KeyException(
                ("%s is or holds a record %s that cannot be looked into, since its module does not open its package;"
                                + " open %s to %s, leave the argument out with ignore,"
                                + " or pick what counts of it with keyBy")
                        .formatted(
                                where,
                                type.getName(),
                                type.getPackageName(),
                                Unfit.class.getModule().isNamed()
                                        ? Unfit.class.getModule().getName()
                                        : "this library"));
    }
}
