package io.github.twatcache.files;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings that only the engine {@code files} knows. */
public final class FilesSettings {
    /** The value of {@link #LOCATION} with which nothing is stored. */
    public static final String NOWHERE = "nowhere";

    /** Whether processes agree on who computes. */
    public static final Setting<Leasing> LEASES = Setting.choice(
                    "leases",
                    Leasing.class,
                    "Has one process compute what several miss at the same time, while the others wait: auto, unless the"
                            + " directory lies on a network's file system.")
            .otherwise(Leasing.AUTO);

    /** Where the entries are. */
    public static final Setting<String> LOCATION = Setting.word(
                    "location",
                    "the path of a directory, or nowhere",
                    path -> !path.isBlank(),
                    "Keeps the entries in a cache directory of their own at this path, or nowhere: then nothing is"
                            + " stored.")
            .unset("a folder of the cache directory");

    /** How many versions of a function's code have their results kept. */
    public static final Setting<Long> KEEP_VERSIONS = Setting.count(
                    "keep-versions",
                    1,
                    1_000_000,
                    "Keeps the results of so many versions of the function's code, those used last; older ones are"
                            + " deleted with the first write.")
            .unset("all");

    /** Whether arguments are noted. */
    public static final Setting<Boolean> STORE_ARGUMENTS =
            Setting.flag("store-arguments", "Notes the arguments of each call in its entry.json, for people to read.");

    /** When entries survive a loss of power. */
    public static final Setting<Sync> SYNC = Setting.choice(
                    "sync",
                    Sync.class,
                    "Decides whether an entry is written to the disk before it is found, or when the operating system"
                            + " comes to it.")
            .otherwise(Sync.NONE);

    /** What decides whether a stored result still counts. */
    public static final Setting<Validation> VALIDATE = Setting.object(
            "validate", Validation.class, "Asks before a stored result is handed out whether it still counts.");

    /** Whether what an array's file holds is verified at each look-up. */
    public static final Setting<Boolean> VERIFY = Setting.flag(
                    "verify",
                    "Verifies the checksum of an array as it is read; without, only its header and its length are looked"
                            + " at. Everything but arrays that are not compressed is verified in any case.")
            .otherwise(true);

    /** Who leaves a full cache. */
    public static final Setting<Victims> VICTIMS = Setting.choice(
                    "victims",
                    Victims.class,
                    "Decides which entry leaves a full cache: the one used longest ago, or the one that saves the"
                            + " least time for each byte.")
            .otherwise(Victims.LEAST_RECENTLY_USED);

    /** All of them. */
    static final List<Setting<?>> ALL =
            List.of(KEEP_VERSIONS, LEASES, LOCATION, STORE_ARGUMENTS, SYNC, VALIDATE, VERIFY, VICTIMS);

    private FilesSettings() {}

    /**
     * Keeps the entries of a cache in a directory of their own, or nowhere.
     *
     * <pre>{@code
     * var field = twat.files("field").with(FilesSettings.location(null)).memoize(Simulation::run); // computes each time
     * }</pre>
     *
     * @param directory the directory, made where it is not there; {@code null} for none: the function is computed at each
     *     call, and all handles work and find nothing
     * @return a preset for {@link CacheBuilder#with}
     */
    public static UnaryOperator<CacheBuilder> location(@Nullable Path directory) {
        String where = directory == null ? NOWHERE : directory.toAbsolutePath().toString();
        return builder -> builder.set(LOCATION, where);
    }

    /**
     * Asks before a stored result is handed out whether it still counts; one that does not is computed anew and replaced.
     *
     * <pre>{@code
     * twat.files("prices").with(FilesSettings.validateWith(result -> result.age().toDays() < 7)).memoize(Prices::load)
     * }</pre>
     *
     * @param validation decides
     * @return a preset for {@link CacheBuilder#with}
     */
    public static UnaryOperator<CacheBuilder> validateWith(Validation validation) {
        return builder -> builder.set(VALIDATE, validation);
    }

    /**
     * Keeps the results of some versions of the function's code, those used last. Without it all stay.
     *
     * @param versions how many, 1 or more
     * @return a preset for {@link CacheBuilder#with}
     * @throws io.github.twatcache.error.ConfigurationException by the builder, when it is less than 1
     */
    public static UnaryOperator<CacheBuilder> keepVersions(long versions) {
        return builder -> builder.set(KEEP_VERSIONS, versions);
    }

    /**
     * Notes the arguments of each call in its {@code entry.json}, for people to read: numbers, texts and enums as they are,
     * of anything else its type.
     *
     * @return a preset for {@link CacheBuilder#with}
     */
    public static UnaryOperator<CacheBuilder> storeArguments() {
        return builder -> builder.set(STORE_ARGUMENTS, true);
    }
}
