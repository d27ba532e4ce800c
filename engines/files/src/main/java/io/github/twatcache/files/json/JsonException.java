package io.github.twatcache.files.json;

/** Says that bytes are not the JSON that is read here, and where they stop being it. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    JsonException(String what, int at) {
        super(what + " at byte " + at);
    }
}
