package io.github.twatcache.fuzz;

import io.github.twatcache.error.SerializationException;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The types that the decoders are told of, and what may come of bytes. */
final class Samples {
    /** As many inputs as each decoder gets. */
    static final long INPUTS = 1_000_000;

    private Samples() {}

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(int side, Colour colour) implements Shape {}

    @SuppressWarnings({"ArrayRecordComponent", "OptionalUsedAsFieldOrParameterType"}) // values of each kind
    record Value(
            String text,
            BigDecimal exact,
            ZonedDateTime when,
            UUID id,
            byte[] bytes,
            double[][] rows,
            List<Shape> shapes,
            Map<String, List<Long>> index,
            Optional<Colour> perhaps) {}

    /** A text of a thousand bytes, of which some come again. */
    static byte[] text() {
        byte[] text = new byte[1_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i % 7 == 0 ? i * i : 'a' + i % 5);
        }
        return text;
    }

    /** What was written, changed in some places: each two bytes of an input name a place and what is changed there. */
    static byte[] changed(byte[] whole, byte[] input) {
        byte[] changed = whole.clone();
        for (int i = 0; i + 1 < input.length; i += 2) {
            changed[(input[i] & 0xFF) % changed.length] ^= input[i + 1];
        }
        return changed;
    }

    /** Bytes are read as something, or refused by the one exception; anything else is a find. */
    static void readOrRefused(Supplier<Object> decoder) {
        try {
            if (decoder.get() == null) {
                throw new AssertionError("a decoder returned null");
            }
        } catch (SerializationException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("a refusal without words", refused);
            }
        }
    }
}
