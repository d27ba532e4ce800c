package io.github.twatcache.config;

import io.github.twatcache.config.SourceReader.Given;
import io.github.twatcache.config.SourceReader.Kind;
import io.github.twatcache.config.SourceReader.Source;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ConfigurationFault;
import io.github.twatcache.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a configuration of what the sources say, or collects all that is wrong with it. */
final class ConfigurationReader {
    /** A setting that nobody here knows; a fault, unless it is aimed at a cache whose engine is not present. */
    private record Stranger(Given given, Target target, ConfigurationFault fault) {}

    private static final Pattern LINE = Pattern.compile(":(\\d+)$");

    /** What names an engine. */
    private static final Set<Setting<?>> ENGINES =
            Set.of(Settings.ENGINE, Settings.FALLBACK, Settings.SPLIT_SMALL, Settings.SPLIT_LARGE);

    private final Vocabulary words;
    private final List<ConfigurationFault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<ConfiguredValue> values = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private @Nullable Sourced<Boolean> enabled;

    /** Not where a spec is read back that code has made: a cache on the heap may have any name there. */
    private final boolean checksNames;

    private ConfigurationReader(Vocabulary words, boolean checksNames) {
        this.words = words;
        this.checksNames = checksNames;
    }

    static Configuration read(Sources sources, Vocabulary words) {
        ConfigurationReader reader = new ConfigurationReader(words, true);
        return reader.configuration(SourceReader.read(sources, reader.faults));
    }

    /** The configuration that a single set of properties is. */
    static Configuration read(Properties properties, Vocabulary words) {
        List<Given> given = new ArrayList<>();
        new TreeSet<>(properties.stringPropertyNames())
                .forEach(key -> given.add(new Given("properties", key, properties.getProperty(key, ""))));
        return new ConfigurationReader(words, false).configuration(List.of(new Source("properties", Kind.FILE, given)));
    }

    private Configuration configuration(List<Source> read) {
        read.forEach(this::source);
        strangers();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return new Configuration(
                values, enabled, read.stream().map(Source::name).toList(), warnings);
    }

    private void source(Source source) {
        Map<List<Object>, Given> before = new HashMap<>();
        for (Given given : source.given()) {
            // A variable that is set to nothing is as good as none.
            if (source.kind() != Kind.VARIABLES || !given.value().isBlank()) {
                given(source.kind(), given, before);
            }
        }
    }

    private void given(Kind kind, Given given, Map<List<Object>, Given> before) {
        ConfigurationKey key = kind == Kind.VARIABLES
                ? ConfigurationKey.ofVariable(given.key(), words.keys())
                : ConfigurationKey.of(given.key(), words.keys());
        if (key instanceof ConfigurationKey.Unknown unknown) {
            if (kind == Kind.VARIABLES) {
                // It may be another program's.
                warnings.add(given.place() + " is ignored: " + unknown.problem());
            } else {
                faults.add(new ConfigurationFault(given.place(), given.key(), null, unknown.problem()));
            }
        } else if (key instanceof ConfigurationKey.Enabled) {
            enabled(given, before);
        } else if (key instanceof ConfigurationKey.ForCaches caches) {
            named(given, caches.target());
            Optional<Setting<?>> setting = words.setting(caches.setting());
            if (setting.isPresent()) {
                value(given, caches.target(), setting.get(), before);
            } else {
                strangers.add(new Stranger(given, caches.target(), unknown(given, caches.setting())));
            }
        }
    }

    /** A name is checked here as it is in code; what only a directory refuses is refused where one is made. */
    private void named(Given given, Target target) {
        NamePattern name = target.caches();
        if (checksNames && name != null) {
            name.fault().ifPresent(problem -> faults.add(fault(given, problem)));
        }
    }

    private ConfigurationFault unknown(Given given, String setting) {
        String hint = setting.equals("enabled")
                ? "; the whole program's caching is switched by " + ConfigurationKey.ENABLED
                        + ", a cache's by mode = off"
                : Nearest.of(setting, words.keys())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", words.keys()));
        return new ConfigurationFault(
                given.place(), given.key(), shown(given), "unknown setting '" + setting + "'" + hint);
    }

    private void enabled(Given given, Map<List<Object>, Given> before) {
        repeated(given, List.of("enabled"), before);
        try {
            enabled = new Sourced<>(Syntax.SWITCH.parse().apply(given.value().strip()), given.place());
        } catch (IllegalArgumentException wrong) {
            faults.add(fault(given, wrong.getMessage() + "; it must be true or false"));
        }
    }

    private boolean repeated(Given given, List<Object> what, Map<List<Object>, Given> before) {
        Given first = before.putIfAbsent(what, given);
        if (first != null) {
            faults.add(
                    fault(given, "it was already given as " + shown(first) + " (" + first.place() + "); give it once"));
        }
        return first != null;
    }

    private ConfigurationFault fault(Given given, @Nullable String problem) {
        return new ConfigurationFault(given.place(), given.key(), shown(given), String.valueOf(problem));
    }

    /** A value as faults may show it: not at all where it is a secret, or might be one under a misspelt key. */
    private String shown(Given given) {
        String key = given.key().toLowerCase(Locale.ROOT).replace('_', '-');
        return words.settings().stream().filter(Setting::hidden).anyMatch(secret -> similar(key, secret.key()))
                ? Secret.HIDDEN
                : given.value();
    }

    private static boolean similar(String key, String secret) {
        String end = key.substring(Math.max(0, key.lastIndexOf('.') + 1));
        String tail = key.substring(Math.max(0, key.length() - secret.length()));
        return Nearest.of(end, List.of(secret)).isPresent()
                || Nearest.of(tail, List.of(secret)).isPresent();
    }

    private <T> void value(Given given, Target target, Setting<T> setting, Map<List<Object>, Given> before) {
        boolean repeated = repeated(given, List.of(target, setting), before);
        if (!setting.written()) {
            faults.add(fault(given, "it can be given in code only; leave it out here"));
            return;
        }
        setting.group().ifPresent(group -> {
            Given other = before.putIfAbsent(List.of(target, group), given);
            if (other != null && !repeated) {
                faults.add(fault(
                        given,
                        "it cannot be combined with " + other.key() + " = " + shown(other) + " (" + other.place()
                                + "); give one of them"));
            }
        });
        T value;
        try {
            value = setting.parse(given.value());
        } catch (IllegalArgumentException wrong) {
            faults.add(fault(given, wrong.getMessage() + "; it must be " + setting.allowed()));
            return;
        }
        if (!setting.accepts(value)) {
            faults.add(fault(given, "it must be " + setting.allowed() + setting.advice(value)));
        } else if (ENGINES.contains(setting) && !words.engines().contains(value.toString())) {
            faults.add(fault(given, engine(value.toString())));
        } else if (value instanceof Requirements required && !words.traits().containsAll(required.traits())) {
            faults.add(fault(given, traits(required)));
        } else if (words.choices(setting)
                .filter(choices -> !choices.present().contains(value.toString())
                        && !choices.absent().containsKey(value.toString()))
                .isPresent()) {
            faults.add(fault(given, choice(setting, value.toString())));
        } else {
            words.choices(setting)
                    .filter(choices -> !choices.present().contains(value.toString()))
                    .ifPresent(choices -> warnings.add(given.place() + ": " + setting + " = " + value
                            + " is not present; " + choices.absent().get(value.toString())));
            if (ENGINES.contains(setting) && !words.present().contains(value.toString())) {
                warnings.add(given.place() + ": engine '" + value + "' is not present; add the artifact"
                        + " io.github.twatcache:twat-cache-" + value);
            }
            values.add(new ConfiguredValue(target, setting, new Sourced<>(value, given.place(), target.aimed())));
        }
    }

    private String choice(Setting<?> setting, String name) {
        Vocabulary.Choices choices = words.choices(setting).orElseThrow();
        Set<String> all = new TreeSet<>(choices.present());
        all.addAll(choices.absent().keySet());
        return "there is no such " + (setting == Settings.CODEC ? "codec" : "compressor")
                + Nearest.of(name, all)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; present are " + String.join(", ", new TreeSet<>(choices.present())));
    }

    private String engine(String name) {
        return "there is no such engine"
                + Nearest.of(name, words.engines())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; present are "
                                + String.join(
                                        ", ", words.present().stream().sorted().toList()));
    }

    private String traits(Requirements required) {
        List<String> known = words.traits().stream().sorted().map(Syntax::word).toList();
        return required.traits().stream()
                .map(Syntax::word)
                .filter(name -> !known.contains(name))
                .map(name -> "there is no trait '" + name + "'"
                        + Nearest.of(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are " + String.join(", ", known)))
                .collect(Collectors.joining("; "));
    }

    private void strangers() {
        for (Stranger stranger : strangers) {
            Optional<String> engine = engine(stranger.target());
            if (engine.isPresent() && !words.present().contains(engine.get())) {
                warnings.add(stranger.given().place() + ": " + stranger.given().key()
                        + " is ignored: it may be a setting of engine '" + engine.get() + "', which is not present");
            } else {
                faults.add(stranger.fault());
            }
        }
        inOrder();
    }

    /** The engine that the configuration gives to the caches of a target. */
    private Optional<String> engine(Target target) {
        return values.stream()
                .filter(value -> value.setting() == Settings.ENGINE)
                .filter(value -> value.target().covers(target))
                .max((one, other) -> one.target().compareTo(other.target()))
                .map(value -> String.valueOf(value.sourced().value()));
    }

    /** Keys that nobody knows are judged last; here they come back to where they stand. */
    private void inOrder() {
        Map<String, Integer> files = new HashMap<>();
        faults.forEach(fault -> files.putIfAbsent(file(fault), files.size()));
        faults.sort(Comparator.<ConfigurationFault>comparingInt(fault -> files.getOrDefault(file(fault), 0))
                .thenComparingInt(ConfigurationReader::line));
    }

    private static String file(ConfigurationFault fault) {
        return LINE.matcher(fault.source()).replaceFirst("");
    }

    private static int line(ConfigurationFault fault) {
        Matcher line = LINE.matcher(fault.source());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }
}
