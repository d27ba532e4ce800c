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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
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

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern MADE = Pattern.compile("\\bnew (\\w+(?:Exception|Error))\\(");
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.io",
            "java.nio",
            "java.nio.channels",
            "java.nio.file");

    /** What core makes and nobody who calls it gets, each with why. */
    private static final Map<String, String> WITHIN = Map.of(
            "AssertionError", "cannot happen",
            "ClassNotFoundException", "a class loader tells the JVM",
            "ExceptionInInitializerError", "a JVM without the field of our own class",
            "FileAlreadyExistsException", "comes as the cause of a PathException",
            "IOException", "comes as the cause of a PathException",
            "InterruptedException", "is declared, as of any lock that may be interrupted",
            "NoSuchFileException", "comes as the cause of a PathException",
            "ServiceConfigurationError", "passes over an engine; availability() tells",
            "UncheckedIOException", "memory does not fail");

    /** The exceptions of Java's own that the main sources make. */
    private static Set<String> ofJava() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = MADE.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (PACKAGES.stream().anyMatch(in -> isClass(in + "." + matcher.group(1)))) {
                        made.add(matcher.group(1));
                    }
                }
            }
        }
        return made;
    }

    private static boolean isClass(String name) {
        try {
            Class.forName(name, false, ErrorsPageTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    @Test
    void page_exceptionsOfJavasOwn_areThoseThatTheSourcesRaise() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("\n## Java's own\n");
        assertThat(begin).as("the page has a section on Java's own").isNotNegative();
        List<String> told = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(page.substring(begin))
                .results()
                .map(row -> row.group(1))
                .toList();
        Set<String> raised = ofJava();
        assertThat(raised).as("what stays within is still made").containsAll(WITHIN.keySet());
        raised.removeAll(WITHIN.keySet());
        assertThat(told).containsExactlyInAnyOrderElementsOf(raised);
    }
}
