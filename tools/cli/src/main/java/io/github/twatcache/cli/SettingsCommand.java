package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Configuration;
import io.github.twatcache.config.EffectiveSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the configuration found here gives to a cache, and where each value comes from. */
@Command(
        name = "settings",
        description = {
            "Show each setting of a cache, its value, and where that comes from.",
            "Reads what a program started here would read: twat-cache.properties in this directory, the file that"
                    + " TWAT_CACHE_CONFIG names, the environment. What a program's code says is not known here."
        })
final class SettingsCommand implements Callable<Integer>, OpensFirst {
    private final Screen screen;
    private final Instances instances;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CACHE",
            description = "The cache's name; without it, what holds for all caches of which nothing else is said.")
    @Nullable String cache;

    @Option(names = "--json", description = "Print JSON and nothing else.")
    boolean json;

    SettingsCommand(Screen screen, Instances instances) {
        this.screen = screen;
        this.instances = instances;
    }

    @Override
    public Integer call() {
        try (TwatCache twat = instances.start().open()) {
            if (cache != null && cache.isBlank()) {
                throw Refusal.usage("a cache's name must not be blank; leave it out for what holds for all caches");
            }
            EffectiveSettings settings = cache == null ? twat.settings() : twat.settings(cache);
            if (json) {
                screen.out().println(Json.of(members(settings, twat.configuration())));
            } else {
                print(settings, twat.configuration());
            }
        }
        return 0;
    }

    private void print(EffectiveSettings settings, Configuration configuration) {
        Table table = new Table().words("setting").words("value").words("from");
        for (EffectiveSettings.Line line : settings.lines()) {
            table.row(line.key(), line.value(), line.source());
        }
        int columns = screen.terminal().columns();
        screen.out().print(table.text(columns));
        settings.notes().forEach(note -> screen.out().println(Text.wrapped("note: " + note, columns, "")));
        screen.out().println(sources(configuration));
        if (!configuration.caches().isEmpty()) {
            screen.out()
                    .println(Text.wrapped(
                            "it speaks of the caches " + String.join(", ", configuration.caches()), columns, ""));
        }
    }

    private static String sources(Configuration configuration) {
        return configuration.sources().isEmpty()
                ? "no configuration was found"
                : "read, the later beats the earlier:\n  " + String.join("\n  ", configuration.sources());
    }

    private Map<String, @Nullable Object> members(EffectiveSettings settings, Configuration configuration) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("cache", cache);
        members.put(
                "settings",
                settings.lines().stream().map(SettingsCommand::members).toList());
        members.put("notes", settings.notes());
        members.put("enabled", configuration.enabled());
        members.put("caches", List.copyOf(configuration.caches()));
        members.put("sources", configuration.sources());
        members.put("warnings", configuration.warnings());
        return members;
    }

    private static Map<String, @Nullable Object> members(EffectiveSettings.Line line) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("key", line.key());
        members.put("value", line.value());
        members.put("source", line.source());
        return members;
    }
}
