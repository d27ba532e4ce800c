package io.github.twatcache.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration is read from. What comes later in this list beats what comes earlier: {@value #FILE} on the class
 * path, the file of that name in the working directory, the file that {@code TWAT_CACHE_CONFIG} (or the system property
 * {@code twat.cache.config}) names, the environment, the system properties. Immutable.
 *
 * <p>A test brings its own:
 *
 * <pre>{@code
 * TwatCache.builder()
 *         .configuration(Sources.none().environment(Map.of("TWAT_CACHE_ENABLED", "false")))
 *         .open();
 * }</pre>
 */
public final class Sources {
    /** The name of the file. */
    public static final String FILE = "twat-cache.properties";

    private static final Sources NONE = new Sources(null, null, Map.of(), Map.of());

    private final @Nullable ClassLoader classPath;
    private final @Nullable Path workingDirectory;
    private final Map<String, String> environment;
    private final Map<String, String> systemProperties;

    private Sources(
            @Nullable ClassLoader classPath,
            @Nullable Path workingDirectory,
            Map<String, String> environment,
            Map<String, String> systemProperties) {
        this.classPath = classPath;
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.systemProperties = Map.copyOf(systemProperties);
    }

    /**
     * Nothing to read from.
     *
     * @return the sources
     */
    public static Sources none() {
        return NONE;
    }

    /**
     * What this process offers, as it is now. The class path is that of the thread's context class loader.
     *
     * @return the sources
     */
    public static Sources ofProcess() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return NONE.classPath(context == null ? Sources.class.getClassLoader() : context)
                .workingDirectory(Path.of(""))
                .environment(System.getenv())
                .systemProperties(System.getProperties());
    }

    /**
     * The same sources with another class path.
     *
     * @param loader the class loader that finds {@value #FILE}, or {@code null} for none
     * @return the sources
     */
    public Sources classPath(@Nullable ClassLoader loader) {
        return new Sources(loader, workingDirectory, environment, systemProperties);
    }

    /**
     * The same sources with another working directory.
     *
     * @param directory the directory in which {@value #FILE} may lie, or {@code null} for none
     * @return the sources
     */
    public Sources workingDirectory(@Nullable Path directory) {
        return new Sources(classPath, directory, environment, systemProperties);
    }

    /**
     * The same sources with another environment.
     *
     * @param variables the variables; those that do not begin with {@code TWAT_CACHE_} do not matter
     * @return the sources
     */
    public Sources environment(Map<String, String> variables) {
        Objects.requireNonNull(variables, "variables");
        return new Sources(classPath, workingDirectory, ours(variables, "TWAT_CACHE_"), systemProperties);
    }

    /**
     * The same sources with other system properties.
     *
     * @param properties the properties; those that do not begin with {@code twat.cache.} do not matter
     * @return the sources
     */
    public Sources systemProperties(Properties properties) {
        Objects.requireNonNull(properties, "properties");
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames()) {
            texts.put(key, properties.getProperty(key, ""));
        }
        return new Sources(classPath, workingDirectory, environment, ours(texts, ConfigurationKey.PREFIX));
    }

    /**
     * What {@code TWAT_CACHE_DIR} says in this environment.
     *
     * @return its value, or empty when it is not set
     */
    public Optional<String> cacheDirectory() {
        return Optional.ofNullable(environment.get("TWAT_CACHE_DIR"));
    }

    private static Map<String, String> ours(Map<String, String> all, String prefix) {
        Map<String, String> ours = new LinkedHashMap<>(all);
        ours.keySet().removeIf(key -> !key.startsWith(prefix));
        return ours;
    }

    @Nullable ClassLoader classPath() {
        return classPath;
    }

    @Nullable Path workingDirectory() {
        return workingDirectory;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, String> systemProperties() {
        return systemProperties;
    }
}
