package io.github.twatcache.value;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import java.util.List;
import java.util.stream.Stream;

/**
 * Core's own format: it needs to be told nothing, since its bytes name what they hold.
 *
 * @param encoders the types that it was taught
 */
record CanonicalFormat(Encoders encoders) implements ValueFormat {
    static final String NAME = "canonical";

    @Override
    public String name() {
        return NAME;
    }

    /** Why values of a type cannot be stored, with what to do. */
    static String refused(ValueType type, String why) {
        return "values of type " + type + " cannot be stored: " + why
                + "; make it a record or an enum, register an encoder for it, or choose another codec, such as fory";
    }

    @Override
    public ValueCodec codec(ValueType type) {
        CanonicalCodec codec = new CanonicalCodec(encoders, loaders(type));
        codec.refusal(type.declared()).ifPresent(why -> {
            throw new ConfigurationException(refused(type, why));
        });
        List<String> strange = type.allowed().stream()
                .filter(allowed -> codec.refusal(allowed).isPresent())
                .map(Class::getName)
                .sorted()
                .toList();
        if (!strange.isEmpty()) {
            throw new ConfigurationException("allow = " + String.join(", ", strange) + " is nothing that the codec '"
                    + NAME + "' can do: it writes what the JDK has, records, enums and registered types; register an"
                    + " encoder, or choose another codec, such as fory");
        }
        return codec;
    }

    /**
     * The loaders of the classes that may be in a value, that of the declared one first: what is read is of the classes that
     * the function knows, whichever thread reads.
     */
    private static List<ClassLoader> loaders(ValueType type) {
        return Stream.of(
                        Stream.<Class<?>>of(type.raw()),
                        type.classes().stream(),
                        type.unknown().stream(),
                        type.arrays().stream())
                .flatMap(classes -> classes)
                .flatMap(each -> Stream.ofNullable(each.getClassLoader()))
                .filter(loader -> loader != ClassLoader.getPlatformClassLoader())
                .distinct()
                .toList();
    }
}
