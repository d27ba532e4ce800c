package io.github.twatcache.key;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The orders of sorted collections that a number stands for. */
final class Comparators {
    private static final int NATURAL = 0;
    private static final int NATURAL_COMPARATOR = 1;
    private static final int REVERSE = 2;
    private static final int CASE_INSENSITIVE = 3;

    private Comparators() {}

    static int code(@Nullable Comparator<?> comparator, Class<?> holder) {
        if (comparator == null) {
            return NATURAL;
        }
        if (comparator.equals(Comparator.naturalOrder())) {
            return NATURAL_COMPARATOR;
        }
        if (comparator.equals(Comparator.reverseOrder())) {
            return REVERSE;
        }
        if (comparator.equals(String.CASE_INSENSITIVE_ORDER)) {
            return CASE_INSENSITIVE;
        }
        throw Refusal.of(
                "a %s has a comparator of its own, which cannot be written".formatted(holder.getTypeName()),
                "use natural order, reverse order or String.CASE_INSENSITIVE_ORDER, or copy it to a List or LinkedHashMap");
    }

    // A comparator of a raw kind compares what it is given, or throws ClassCastException.
    @SuppressWarnings("unchecked")
    static @Nullable Comparator<Object> read(ByteSource source) {
        Comparator<?> comparator = switch (source.u8()) {
            case NATURAL -> null;
            case NATURAL_COMPARATOR -> Comparator.naturalOrder();
            case REVERSE -> Comparator.reverseOrder();
            case CASE_INSENSITIVE -> String.CASE_INSENSITIVE_ORDER;
            default -> throw source.damaged("a comparator is not known");
        };
        return (Comparator<Object>) comparator;
    }
}
