package io.github.twatcache.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.heap.HeapEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the metadata in the jar and the tables of {@code docs/configuration.md} to the settings as they are defined. With
 * {@code -Dtwat.regenerate=true} it writes them.
 */
class SettingsMetadataTest {
    private static final String COMMAND = "mvn -pl core test -Dtest=SettingsMetadataTest -Dtwat.regenerate=true";

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path PAGE = Path.of("../docs/configuration.md");

    private static List<Setting<?>> core() {
        List<Setting<?>> settings = new ArrayList<>(List.of(Settings.ENGINE));
        settings.addAll(Settings.ALL);
        return settings;
    }

    private static List<Setting<?>> all() {
        List<Setting<?>> settings = core();
        settings.addAll(new HeapEngine().settings());
        return settings;
    }

    @Test
    void metadata_forEditors_isThatOfTheSettings() throws IOException {
        same(RESOURCES.resolve(SettingsMetadata.FOR_EDITORS), SettingsMetadata.forEditors(all()));
    }

    @Test
    void metadata_forPrograms_isThatOfTheSettings() throws IOException {
        same(RESOURCES.resolve(SettingsMetadata.FOR_PROGRAMS), SettingsMetadata.forPrograms(all()));
    }

    @Test
    void page_tables_areThoseOfTheSettings() throws IOException {
        String page = Files.readString(PAGE);
        String with = replaced(page, "core", SettingsMetadata.table(core()));
        same(PAGE, replaced(with, "heap", SettingsMetadata.table(new HeapEngine().settings())));
    }

    /** Every kind of key that the page names is one that editors know. */
    @Test
    void metadata_forEditors_coversEachRowOfThePagesKeys() throws IOException {
        String metadata = SettingsMetadata.forEditors(all());
        List<String> keys = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `twat.cache."))
                .map(line -> line.substring("| `".length(), line.indexOf('`', "| `".length())))
                .toList();
        assertThat(keys).hasSize(6);
        for (String key : keys) {
            String place = key.replaceFirst("\\.<.*", "");
            String name = key.endsWith(place + ".<setting>") ? place + ".maximum-size" : place;
            assertThat(metadata).as(key).contains("\"name\": \"" + name + "\"");
        }
    }

    private static String replaced(String page, String name, String table) {
        String begin = "<!-- settings of " + name + ": generated -->\n";
        int start = page.indexOf(begin);
        int end = page.indexOf("<!-- end -->", start);
        assertThat(start).as("%s has the line %s", PAGE, begin).isNotNegative();
        return page.substring(0, start + begin.length()) + table + page.substring(end);
    }

    private static void same(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("twat.regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "nothing")
                .as("%s has drifted from the settings; regenerate it: %s", file, COMMAND)
                .isEqualTo(expected);
    }
}
