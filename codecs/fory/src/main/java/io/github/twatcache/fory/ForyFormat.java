package io.github.twatcache.fory;

import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import org.apache.fory.Fory;

/**
 * The format {@value #NAME}: small and fast, found by its name in {@code codec}.
 *
 * <pre>{@code
 * twat.disk("reports").codec("fory").memoize(Renderer::render);
 * }</pre>
 *
 * <p>It writes what Fory writes of the JDK, and of other classes only those that are reached from the type of the values
 * (records, enums, permitted subtypes) or were allowed by name. Any other is refused when a value is written, and never made
 * when one is read. Generated code is switched off: it takes half a second when a program starts.
 */
public final class ForyFormat implements ValueFormat {
    /** The format's name. */
    public static final String NAME = "fory";

    /** Creates the format; {@link java.util.ServiceLoader} does. */
    public ForyFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> Fory.class, "org.apache.fory:fory-core");
    }

    @Override
    public ValueCodec codec(ValueType type) {
        return new ForyCodec(type);
    }
}
