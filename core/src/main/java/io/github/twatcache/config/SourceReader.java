package io.github.twatcache.config;

import io.github.twatcache.error.ConfigurationFault;
import io.github.twatcache.text.PropertiesText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the sources into keys and values, each with its place; what cannot be read becomes a fault. */
final class SourceReader {
    /**
     * A key and a value as they stand somewhere.
     *
     * @param place a file with its line, an environment variable, a system property
     */
    record Given(String place, String key, String value) {}

    /**
     * Whatever one source says.
     *
     * @param name the source in words
     */
    record Source(String name, Kind kind, List<Given> given) {}

    /** Keys mean different things in different sources. */
    enum Kind {
        FILE,
        VARIABLES,
        SYSTEM_PROPERTIES
    }

    /** What is read elsewhere: which file, which directory, whether classes are made. */
    private static final Set<String> RESERVED =
            Set.of(ConfigurationKey.CONFIG, "twat.cache.spin", "TWAT_CACHE_CONFIG", "TWAT_CACHE_DIR");

    private final Sources sources;
    private final List<ConfigurationFault> faults;
    private final List<Source> read = new ArrayList<>();

    private SourceReader(Sources sources, List<ConfigurationFault> faults) {
        this.sources = sources;
        this.faults = faults;
    }

    /** The sources that are there, the one that beats least first. */
    static List<Source> read(Sources sources, List<ConfigurationFault> faults) {
        SourceReader reader = new SourceReader(sources, faults);
        reader.files();
        reader.map("environment", Kind.VARIABLES, "environment variable ", sources.environment());
        reader.map("system properties", Kind.SYSTEM_PROPERTIES, "system property ", sources.systemProperties());
        return reader.read;
    }

    private void map(String name, Kind kind, String place, Map<String, String> values) {
        List<Given> given = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> {
            if (!RESERVED.contains(key)) {
                given.add(new Given(place + key, key, value));
            }
        });
        if (!given.isEmpty()) {
            read.add(new Source(name, kind, List.copyOf(given)));
        }
    }

    /** A file that is found in two ways is read once, where it beats most. */
    private void files() {
        Map<Object, Runnable> found = new LinkedHashMap<>();
        ClassLoader loader = sources.classPath();
        URL resource = loader == null ? null : loader.getResource(Sources.FILE);
        if (resource != null) {
            later(found, identity(resource), () -> file("class path " + Sources.FILE, () -> bytes(resource)));
        }
        Path directory = sources.workingDirectory();
        Path here = directory == null ? null : directory.resolve(Sources.FILE).toAbsolutePath();
        // A link to nothing is there all the same, and cannot be read.
        if (here != null && Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
            later(found, identity(here), () -> file(here.toString(), () -> Files.readAllBytes(here)));
        }
        named().ifPresent(name -> {
            try {
                Path file = Path.of(name.value()).toAbsolutePath();
                if (Files.exists(file)) {
                    later(found, identity(file), () -> file(file.toString(), () -> Files.readAllBytes(file)));
                } else {
                    faults.add(fault(name, "there is no such file; correct the path, or leave it out"));
                }
            } catch (InvalidPathException e) {
                faults.add(fault(name, "that is no path: " + e.getReason()));
            }
        });
        found.values().forEach(Runnable::run);
    }

    private static void later(Map<Object, Runnable> found, Object identity, Runnable reading) {
        found.remove(identity);
        found.put(identity, reading);
    }

    private Optional<Given> named() {
        String property = sources.systemProperties().get(ConfigurationKey.CONFIG);
        if (property != null && !property.isBlank()) {
            return Optional.of(
                    new Given("system property " + ConfigurationKey.CONFIG, ConfigurationKey.CONFIG, property));
        }
        String variable = ConfigurationKey.VARIABLE_PREFIX + "CONFIG";
        String value = sources.environment().get(variable);
        return value == null || value.isBlank()
                ? Optional.empty()
                : Optional.of(new Given("environment variable " + variable, variable, value));
    }

    private static ConfigurationFault fault(Given given, String problem) {
        return new ConfigurationFault(given.place(), given.key(), given.value(), problem);
    }

    private static Object identity(URL resource) {
        try {
            return "file".equals(resource.getProtocol()) ? identity(Path.of(resource.toURI())) : resource.toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return resource.toString();
        }
    }

    private static Object identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** The content of a file. */
    @FunctionalInterface
    private interface Content {
        byte[] bytes() throws IOException;
    }

    private static byte[] bytes(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false); // else the jar stays open
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private void file(String name, Content content) {
        String text;
        try {
            text = text(name, content.bytes());
        } catch (IOException e) {
            faults.add(new ConfigurationFault(
                    name, "(whole file)", null, "it cannot be read: " + e + "; make it readable, or remove it"));
            return;
        }
        if (text != null) {
            PropertiesText properties = PropertiesText.read(text);
            properties
                    .faults()
                    .forEach(bad -> faults.add(
                            new ConfigurationFault(name + ":" + bad.line(), bad.key(), null, bad.problem())));
            read.add(new Source(
                    name,
                    Kind.FILE,
                    properties.properties().stream()
                            .map(property -> new Given(name + ":" + property.line(), property.key(), property.value()))
                            .toList()));
        }
    }

    /** The text in UTF-8, or {@code null} where it is none. */
    private @Nullable String text(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            faults.add(new ConfigurationFault(
                    name + ":" + text.split("\r\n|\r|\n", -1).length,
                    "(whole file)",
                    null,
                    "it is not UTF-8 here; save it as UTF-8, or write the character as \\uXXXX"));
            return null;
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
