package io.github.twatcache.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All settings described from where they are defined, for editors and for the documentation. What it writes is in the jar
 * ({@value #FOR_EDITORS}, in the format that editors know from Spring Boot, and {@value #FOR_PROGRAMS}) and in
 * {@code docs/configuration.md}; a test compares.
 */
public final class SettingsMetadata {
    /** Where editors look: it completes and checks keys in {@value Sources#FILE}. */
    public static final String FOR_EDITORS = "META-INF/spring-configuration-metadata.json";

    /** The same with what is allowed, and for engines too. */
    public static final String FOR_PROGRAMS = "META-INF/twat-cache/settings.json";

    private static final String ENABLED_SENTENCE =
            "Switches the caching of the whole program off when false: every cache is on engine null then.";

    private SettingsMetadata() {}

    /**
     * The settings in the format of Spring Boot's configuration metadata.
     *
     * @param settings the settings
     * @return JSON, ending in a new line
     */
    public static String forEditors(List<Setting<?>> settings) {
        List<String> whole = new ArrayList<>();
        whole.add(property(ConfigurationKey.ENABLED, Boolean.class, ENABLED_SENTENCE, "true"));
        List<String> named = List.of(
                named("caches", "Settings for one cache by its name, or for many by a pattern with *."),
                named(
                        "override.caches",
                        "Settings for one cache by its name, or for many by a pattern with *, against what code says."));
        return forEditors(whole, settings, named);
    }

    private static String named(String place, String sentence) {
        return "    {\n      \"name\": " + text(ConfigurationKey.PREFIX + place)
                + ",\n      \"type\":"
                + " \"java.util.Map<java.lang.String, java.util.Map<java.lang.String, java.lang.String>>\",\n"
                + "      \"description\": " + text(sentence) + "\n    }";
    }

    /**
     * The settings of an engine in the format of Spring Boot's configuration metadata: what the engine's jar has beside that
     * of core.
     *
     * @param settings the engine's own settings
     * @return JSON, ending in a new line
     */
    public static String ofEngineForEditors(List<Setting<?>> settings) {
        return forEditors(List.of(), settings, List.of());
    }

    private static String forEditors(List<String> before, List<Setting<?>> settings, List<String> after) {
        List<String> properties = new ArrayList<>(before);
        List<String> hints = new ArrayList<>();
        for (String place : List.of("defaults", "override")) {
            for (Setting<?> setting : settings) {
                if (setting.written()) {
                    String key = ConfigurationKey.PREFIX + place + "." + setting.key();
                    properties.add(property(key, typeOf(setting), sentence(setting), defaultOf(setting)));
                    if (setting.type().isEnum()) {
                        hints.add(hint(key, setting));
                    }
                }
            }
        }
        properties.addAll(after);
        return "{\n  \"properties\": [\n" + String.join(",\n", properties) + "\n  ],\n  \"hints\": [\n"
                + String.join(",\n", hints) + "\n  ]\n}\n";
    }

    /** A size is a text to editors, and so is a list: they know no type that is written as 64MiB. */
    private static Class<?> typeOf(Setting<?> setting) {
        return setting.kind().equals("size") || setting.kind().equals("list") || setting.hidden()
                ? String.class
                : setting.type();
    }

    private static String sentence(Setting<?> setting) {
        return setting.sentence()
                + setting.needs().map(what -> " Needs " + what + ".").orElse("");
    }

    private static String defaultOf(Setting<?> setting) {
        return setting.byDefault().isPresent() ? setting.unset() : "";
    }

    private static String property(String key, Class<?> type, String sentence, String byDefault) {
        String value = byDefault.isEmpty()
                ? ""
                : ",\n      \"defaultValue\": " + (type.equals(Boolean.class) ? byDefault : text(byDefault));
        return "    {\n      \"name\": " + text(key) + ",\n      \"type\": " + text(type.getName())
                + ",\n      \"description\": " + text(sentence) + value + "\n    }";
    }

    private static String hint(String key, Setting<?> setting) {
        List<String> values = new ArrayList<>();
        for (Object constant : setting.type().getEnumConstants()) {
            values.add("        { \"value\": " + text(setting.formatted(constant)) + " }");
        }
        return "    {\n      \"name\": " + text(key) + ",\n      \"values\": [\n" + String.join(",\n", values)
                + "\n      ]\n    }";
    }

    /**
     * The settings with all that is known of them.
     *
     * @param settings the settings
     * @return JSON, ending in a new line: a list of objects with {@code key}, {@code type}, {@code default},
     *     {@code allowed}, {@code sentence}, {@code group} where it excludes others, and {@code needs} where it does
     *     nothing by itself
     */
    public static String forPrograms(List<Setting<?>> settings) {
        List<String> objects = new ArrayList<>();
        for (Setting<?> setting : settings) {
            String group = setting.group()
                    .map(name -> ",\n    \"group\": " + text(name))
                    .orElse("");
            String needs = setting.needs()
                    .map(what -> ",\n    \"needs\": " + text(what))
                    .orElse("");
            objects.add("  {\n    \"key\": " + text(setting.key()) + ",\n    \"type\": " + text(setting.kind())
                    + ",\n    \"default\": " + text(setting.unset()) + ",\n    \"allowed\": " + text(setting.allowed())
                    + ",\n    \"sentence\": " + text(setting.sentence()) + group + needs + "\n  }");
        }
        return "[\n" + String.join(",\n", objects) + "\n]\n";
    }

    /**
     * The settings as a table in Markdown.
     *
     * @param settings the settings
     * @return the table, ending in a new line
     */
    public static String table(List<Setting<?>> settings) {
        StringBuilder table =
                new StringBuilder("| key | type | default | allowed | what it does |\n|---|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.kind())
                    .append(" | ");
            table.append(setting.unset()).append(" | ").append(setting.written() ? setting.allowed() : "in code only");
            table.append(" | ").append(sentence(setting)).append(" |\n");
        }
        return table.toString();
    }

    private static String text(String words) {
        StringBuilder json = new StringBuilder("\"");
        words.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c > '~') {
                for (char unit : Character.toChars(c)) {
                    json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.append('"').toString();
    }
}
