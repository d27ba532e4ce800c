package io.github.twatcache.key;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a serializable lambda or method reference stands for.
 *
 * <p>Such an object replaces itself by a {@link SerializedLambda} when it is written. A stream that looks at the
 * replacement and stops there sees the method and the captured values, writes nothing, needs no captured value to be
 * serializable and no package to be open: the stream's own code makes the private call.
 */
final class LambdaCapture extends ObjectOutputStream {
    private LambdaCapture() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    /**
     * Reads a function.
     *
     * @param function any object
     * @return what it stands for, {@code null} where it is an object of an ordinary class
     */
    static @Nullable SerializedLambda of(Serializable function) {
        // Only compilers make such classes; an ordinary class may have a writeReplace of its own, which must not run.
        if (!function.getClass().isSynthetic() && !function.getClass().isHidden()) {
            return null;
        }
        try (LambdaCapture stream = new LambdaCapture()) {
            stream.writeObject(function);
            return null;
        } catch (Seen seen) {
            return seen.first instanceof SerializedLambda lambda ? lambda : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected Object replaceObject(Object object) {
        throw new Seen(object);
    }

    /** Ends the writing with what was to be written first. */
    private static final class Seen extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Object first;

        Seen(Object first) {
            super(null, null, false, false);
            this.first = first;
        }
    }
}
