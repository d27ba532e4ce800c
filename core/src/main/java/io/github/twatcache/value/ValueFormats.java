package io.github.twatcache.value;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Classes;
import io.github.twatcache.config.Secret;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Compressor;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import io.github.twatcache.text.Nearest;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The formats and compressors that are present, and what they make for one cache. Thread-safe: nothing changes once it is made.
 *
 * <p>Those that were given come first, then those found by core's class loader, then by the thread's.
 */
public final class ValueFormats {
    private static final String NONE = "none";
    private static final String AUTO = "auto";

    /** The compressors that {@code auto} takes, the first one that is present. */
    private static final List<String> PREFERRED = List.of("zstd", "lz4");

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Encoders encoders;
    private final Map<String, ValueFormat> formats;
    private final Map<String, Compressor> compressors;

    private final Map<String, Availability.Unavailable> missing = new TreeMap<>();
    private final Set<String> leftOut = new TreeSet<>();

    private ValueFormats(Encoders encoders, List<ValueFormat> formats, List<Compressor> compressors) {
        this.encoders = encoders;
        ClassLoader own = ValueFormats.class.getClassLoader();
        this.formats = usable(
                formats,
                "a codec",
                List.of(ServiceLoader.load(ValueFormat.class, own), ServiceLoader.load(ValueFormat.class)),
                ValueFormat::name,
                ValueFormat::availability);
        this.compressors = usable(
                compressors,
                "a compressor",
                List.of(ServiceLoader.load(Compressor.class, own), ServiceLoader.load(Compressor.class)),
                Compressor::name,
                Compressor::availability);
    }

    /**
     * Looks for what is present.
     *
     * @param encoders the types that the canonical codec was taught
     * @param formats formats that are not found by themselves
     * @param compressors compressors that are not found by themselves
     * @return all of them
     */
    public static ValueFormats found(Encoders encoders, List<ValueFormat> formats, List<Compressor> compressors) {
        return new ValueFormats(encoders, formats, compressors);
    }

    /**
     * Refuses a compressor whose name cannot stand with what it has compressed: in the names of files.
     *
     * @param compressor the compressor
     * @throws ConfigurationException when it has another name than it may have
     */
    public static void requireName(Compressor compressor) {
        String name = compressor.name();
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "the compressor " + compressor.getClass().getName() + " is called '" + name
                            + "', which cannot stand in the name of a file; have its name() return 1 to 32 of a-z, 0-9 and -");
        }
    }

    /** Those that can run here, by name; of the others, why not. */
    private <T> Map<String, T> usable(
            List<T> given,
            String what,
            List<ServiceLoader<T>> loaders,
            Function<T, String> name,
            Function<T, Availability> availability) {
        Map<String, T> named = new LinkedHashMap<>();
        given.forEach(one -> named.putIfAbsent(name.apply(one), one));
        Providers providers = new Providers(what);
        loaders.forEach(loader -> providers.each(loader, one -> named.putIfAbsent(name.apply(one), one)));
        leftOut.addAll(providers.leftOut());
        named.entrySet()
                .removeIf(one -> Availability.said(() -> availability.apply(one.getValue()))
                                instanceof Availability.Unavailable unavailable
                        && missing.put(one.getKey(), unavailable) == null);
        return Map.copyOf(named);
    }

    /**
     * What mends that a codec or compressor that was found cannot run here.
     *
     * @return what to do, by name
     */
    public Map<String, String> mends() {
        Map<String, String> mends = new TreeMap<>();
        missing.forEach((name, unavailable) -> mends.put(name, unavailable.mend()));
        return mends;
    }

    /**
     * The words that the setting {@code codec} may have here.
     *
     * @return the names
     */
    public Set<String> codecs() {
        Set<String> names = new TreeSet<>(formats.keySet());
        names.add(CanonicalFormat.NAME);
        return names;
    }

    /**
     * The words that the setting {@code compress} may have here.
     *
     * @return the names
     */
    public Set<String> compressions() {
        Set<String> names = new TreeSet<>(compressors.keySet());
        names.add(NONE);
        if (!compressors.isEmpty()) {
            names.add(AUTO);
        }
        return names;
    }

    /**
     * Makes the codec of a cache whose engine keeps bytes: the one that is set, with the compression and the key that are
     * set around it.
     *
     * @param spec the settings of the cache
     * @param type what its values are, as far as the function or the builder tells
     * @return the codec
     * @throws ConfigurationException when a codec or compressor is not present, or the codec could write no such value
     */
    public ValueCodec codec(CacheSpec spec, Type type) {
        return codec(spec, type, Set.of());
    }

    /**
     * Tells beforehand whether the canonical encoding, with what it was taught, can write values of a type.
     *
     * @param type the type, as far as the function or the builder tells
     * @return why it can write none but what is empty; empty where it can write some or all
     */
    public Optional<String> refusal(Type type) {
        return new CanonicalCodec(encoders).refusal(type);
    }

    /**
     * Tells beforehand whether {@link #codec} would refuse the type of the values. What is wrong with settings it does not
     * tell, nor what a codec beside the canonical one can do.
     *
     * @param spec the settings of the cache
     * @param type what its values are, as far as the function or the builder tells
     * @param ownValues the classes of values that the engine keeps in a form of its own
     * @return why, with what to do; empty where it would not
     */
    public Optional<String> refusal(CacheSpec spec, Type type, Set<Class<?>> ownValues) {
        if (!spec.get(Settings.CODEC, CanonicalFormat.NAME).equals(CanonicalFormat.NAME)) {
            return Optional.empty();
        }
        ValueType written = written(spec, type, ownValues);
        return refusal(written.declared()).map(why -> CanonicalFormat.refused(written, why));
    }

    private static ValueType written(CacheSpec spec, Type type, Set<Class<?>> ownValues) {
        Type given = spec.get(Settings.VALUE_TYPE);
        Type values = given == null ? type : given;
        return ValueType.of(
                values instanceof Class<?> own && ownValues.contains(own) ? Object.class : values,
                spec.get(Settings.ALLOW, new Classes(Set.of())).named());
    }

    /**
     * The same for an engine that does not leave all values to the codec.
     *
     * @param spec the settings of the cache
     * @param type what its values are, as far as the function or the builder tells
     * @param ownValues the classes of values that the engine keeps in a form of its own, so that the codec need not know them
     * @return the codec
     * @throws ConfigurationException when a codec or compressor is not present, or the codec could write no such value
     */
    public ValueCodec codec(CacheSpec spec, Type type, Set<Class<?>> ownValues) {
        ValueCodec codec = codec(spec, written(spec, type, ownValues));
        Secret secret = spec.get(Settings.HMAC_KEY);
        return new StoredValues(
                codec,
                ValueType.of(type, Set.of()).raw(),
                compression(spec),
                secret == null ? null : Signing.of(secret, spec.name(), codec.id()));
    }

    private ValueCodec codec(CacheSpec spec, ValueType values) {
        String name = spec.get(Settings.CODEC, CanonicalFormat.NAME);
        if (name.equals(CanonicalFormat.NAME)) {
            return new CanonicalFormat(encoders).codec(values);
        }
        ValueFormat format = formats.get(name);
        if (format == null) {
            throw absent(Settings.CODEC, name, spec, formats.keySet(), CanonicalFormat.NAME, name);
        }
        try {
            return format.codec(values);
        } catch (LinkageError cannot) {
            throw cannotRun(Settings.CODEC, name, spec, cannot, CanonicalFormat.NAME);
        }
    }

    private StoredValues.Compression compression(CacheSpec spec) {
        String name = spec.get(Settings.COMPRESS, NONE);
        Compressor named = name.equals(AUTO) ? preferred() : compressors.get(name);
        if (named != null) {
            requireName(named);
        }
        if (named == null && !name.equals(NONE)) {
            throw absent(Settings.COMPRESS, name, spec, compressors.keySet(), NONE, "compress");
        }
        Compressor compressor = named == null ? null : levelled(named, spec);
        if (compressor != null) {
            tried(compressor, spec);
        }
        return new StoredValues.Compression(
                compressor != null && name.equals(AUTO) ? new Measuring(compressor) : compressor,
                spec.get(
                        Settings.COMPRESS_ABOVE,
                        Settings.COMPRESS_ABOVE.byDefault().orElseThrow()),
                spec.get(
                        Settings.DECOMPRESS_LIMIT,
                        Settings.DECOMPRESS_LIMIT.byDefault().orElseThrow()),
                compressors,
                mends());
    }

    private static Compressor levelled(Compressor compressor, CacheSpec spec) {
        Long level = spec.get(Settings.COMPRESS_LEVEL);
        if (level == null) {
            return compressor;
        }
        Compressor.Levels levels = compressor.levels().orElse(null);
        if (levels == null || !levels.hold(level)) {
            throw new ConfigurationException(Settings.COMPRESS_LEVEL + " = " + level
                    + spec.sourced(Settings.COMPRESS_LEVEL)
                            .map(given -> " (from " + given.source() + ")")
                            .orElse("")
                    + " of cache '" + spec.name() + "': " + compressor.name()
                    + (levels == null
                            ? " has no levels; leave it out, or use zstd"
                            : " has levels from " + levels.least() + " to " + levels.most()));
        }
        return compressor.at(Math.toIntExact(level));
    }

    /** The compressor that {@code auto} takes; null where none is present. */
    private @Nullable Compressor preferred() {
        return PREFERRED.stream()
                .filter(compressors::containsKey)
                .findFirst()
                .or(() -> compressors.keySet().stream().sorted().findFirst())
                .map(compressors::get)
                .orElse(null);
    }

    /** Native code that cannot be loaded here is found when the cache is built. */
    private static void tried(Compressor compressor, CacheSpec spec) {
        try {
            byte[] some = new byte[1];
            byte[] small = compressor.compress(some);
            compressor.decompress(small, 0, small.length, some.length);
        } catch (LinkageError cannot) {
            throw cannotRun(Settings.COMPRESS, compressor.name(), spec, cannot, NONE);
        }
    }

    private static ConfigurationException cannotRun(
            Setting<String> setting, String name, CacheSpec spec, LinkageError why, String always) {
        return new ConfigurationException(
                setting + " = " + name + from(setting, spec) + " of cache '" + spec.name() + "' cannot run here (" + why
                        + "); add what it needs to the class path, or use another, such as " + always,
                why);
    }

    private static String from(Setting<String> setting, CacheSpec spec) {
        return spec.sourced(setting)
                .map(given -> " (from " + given.source() + ")")
                .orElse("");
    }

    private ConfigurationException absent(
            Setting<String> setting, String name, CacheSpec spec, Set<String> present, String always, String artifact) {
        Set<String> words = new TreeSet<>(present);
        words.add(always);
        String what = setting + " = " + name + from(setting, spec) + " of cache '" + spec.name() + "'";
        Availability.Unavailable unavailable = missing.get(name);
        if (unavailable != null) {
            return new ConfigurationException(what + " cannot run here: " + unavailable.why() + "; "
                    + unavailable.mend() + ", or use one of " + String.join(", ", words));
        }
        String hint = Nearest.of(name, new ArrayList<>(words))
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> leftOut.isEmpty()
                        ? "add the artifact io.github.twatcache:twat-cache-" + artifact
                        : "add what those need that cannot be loaded: " + String.join(", ", leftOut));
        return new ConfigurationException(
                what + " is not present; present are " + String.join(", ", words) + "; " + hint);
    }
}
