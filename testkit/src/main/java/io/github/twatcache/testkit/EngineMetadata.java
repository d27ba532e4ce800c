package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.config.Setting;
import io.github.twatcache.config.SettingsMetadata;
import io.github.twatcache.spi.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds what an engine's jar and its page say of its own settings to the settings as they are defined. Run with
 * {@code -Dtwat.regenerate=true} it writes them.
 *
 * <pre>{@code
 * @Test
 * void settings_jarAndPage_areGenerated() {
 *     EngineMetadata.of(new SoftEngine())
 *             .requireJar(Path.of("src/main/resources"))
 *             .requirePage(Path.of("README.md"));
 * }
 * }</pre>
 */
public final class EngineMetadata {
    private final String engine;
    private final List<Setting<?>> settings;

    private EngineMetadata(Engine engine) {
        this.engine = engine.name();
        this.settings = engine.settings();
    }

    /**
     * The metadata of an engine.
     *
     * @param engine the engine
     * @return what is to be compared
     */
    public static EngineMetadata of(Engine engine) {
        return new EngineMetadata(engine);
    }

    /**
     * Compares what the jar has for editors and for programs.
     *
     * @param resources the folder of resources, from the module's own folder
     * @return this
     * @throws AssertionError when they have drifted
     */
    public EngineMetadata requireJar(Path resources) {
        same(resources.resolve(SettingsMetadata.FOR_EDITORS), SettingsMetadata.ofEngineForEditors(settings));
        same(resources.resolve(SettingsMetadata.FOR_PROGRAMS), SettingsMetadata.forPrograms(settings));
        return this;
    }

    /**
     * Compares the table of a page, between the lines {@code <!-- settings of NAME: generated -->} and
     * {@code <!-- end -->}.
     *
     * @param page the page, from the module's own folder
     * @return this
     * @throws AssertionError when it has drifted, or there are no such lines
     */
    public EngineMetadata requirePage(Path page) {
        String text = read(page);
        String begin = "<!-- settings of " + engine + ": generated -->\n";
        int start = text.indexOf(begin);
        assertThat(start).as("%s has the line %s", page, begin).isNotNegative();
        int end = text.indexOf("<!-- end -->", start);
        assertThat(end).as("%s has the line <!-- end --> after it", page).isNotNegative();
        same(page, text.substring(0, start + begin.length()) + SettingsMetadata.table(settings) + text.substring(end));
        return this;
    }

    private void same(Path file, String expected) {
        if (Boolean.getBoolean("twat.regenerate")) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, expected);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(Files.exists(file) ? read(file) : "nothing")
                .as(
                        "%s has drifted from the settings of engine '%s'; write it with -Dtwat.regenerate=true",
                        file, engine)
                .isEqualTo(expected);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
