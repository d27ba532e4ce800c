package io.github.twatcache.jackson;

import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import tools.jackson.databind.ObjectMapper;

/**
 * The format {@value #NAME}: JSON that people and other programs read, found by its name in {@code codec}.
 *
 * <pre>{@code
 * twat.disk("teams").codec("jackson").returns(new TypeOf<List<User>>() {}).memoize((String name) -> load(name));
 * }</pre>
 *
 * <p>JSON holds no types: what a value is must be known from the type of the values, which a method's reference tells with
 * its arguments, and {@code returns} otherwise. A type that leaves something open, such as {@code Object} or a {@code List}
 * of nobody knows what, is refused when the cache is made. Names of classes stand in the JSON only where a sealed type has
 * several subtypes, and only those that it permits are read.
 */
public final class JacksonFormat implements ValueFormat {
    /** The format's name. */
    public static final String NAME = "jackson";

    /** Creates the format; {@link java.util.ServiceLoader} does. */
    public JacksonFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> ObjectMapper.class, "tools.jackson.core:jackson-databind");
    }

    @Override
    public ValueCodec codec(ValueType type) {
        new ClosedTypes(type).require();
        return new JacksonCodec(type);
    }
}
