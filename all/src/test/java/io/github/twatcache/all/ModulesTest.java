package io.github.twatcache.all;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.spi.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs on the module path, unlike all other tests. */
class ModulesTest {
    @Test
    void test_here_runsInTheModule() {
        assertThat(ModulesTest.class.getModule().getName()).isEqualTo("io.github.twatcache.all");
    }

    @Test
    void engines_asModules_areThoseOfTheClassPath() throws IOException {
        ModulesTest.class.getModule().addUses(Engine.class);
        List<String> modules = ServiceLoader.load(ModuleLayer.boot(), Engine.class).stream()
                .map(provider -> provider.type().getName())
                .toList();
        List<String> classPath =
                Collections.list(ClassLoader.getSystemResources("META-INF/services/" + Engine.class.getName())).stream()
                        .flatMap(ModulesTest::lines)
                        .toList();
        assertThat(modules)
                .contains("io.github.twatcache.caffeine.CaffeineEngine", "io.github.twatcache.disk.DiskEngine")
                .containsExactlyInAnyOrderElementsOf(classPath);
    }

    private static Stream<String> lines(URL file) {
        try (var in = new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            return in
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
