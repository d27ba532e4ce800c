package io.github.twatcache.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/errors.md to the exceptions that there are. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("../docs/errors.md");

    /** The exceptions among the compiled classes of this package. */
    private static List<Class<?>> exceptions() throws IOException, URISyntaxException, ClassNotFoundException {
        Path place = Path.of(CacheException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String name = CacheException.class.getPackageName();
        List<Class<?>> exceptions = new ArrayList<>();
        try (Stream<Path> files = Files.list(place.resolve(name.replace('.', '/')))) {
            for (Path file : files.sorted().toList()) {
                String simple = file.getFileName().toString().replace(".class", "");
                if (!simple.contains("package-info")) {
                    Class<?> type = Class.forName(name + "." + simple);
                    if (Throwable.class.isAssignableFrom(type)) {
                        exceptions.add(type);
                    }
                }
            }
        }
        return exceptions;
    }

    /** The sections of the page: what stands under each heading. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        Pattern.compile("\n### ")
                .splitAsStream(Files.readString(PAGE))
                .filter(part -> part.startsWith("`"))
                .forEach(part -> sections.put(part.substring(1, part.indexOf('`', 1)), part));
        return sections;
    }

    @Test
    void page_andClasses_agree() throws Exception {
        assertThat(sections().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        exceptions().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void page_eachException_hasItsParentItsCauseAndItsCure() throws Exception {
        Map<String, String> sections = sections();
        for (Class<?> type : exceptions()) {
            assertThat(sections.get(type.getSimpleName()))
                    .as(type.getSimpleName())
                    .contains("`" + type.getSuperclass().getSimpleName() + "`.", "**Cause.** ", "**Cure.** ");
        }
    }
}
