package io.github.twatcache.testkit.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Holds docs/dependencies.md to the POMs, in both directions: what is used, in which version, where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DependenciesPageTest {
    private static final String OURS = "io.github.twatcache";
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|(.+)\\|");

    private final Path root = root();
    private final Element parent = parse(root.resolve("pom.xml"));
    /** Each POM by the folder it stands in; the parent's is the empty one. */
    private final Map<String, Element> poms = new TreeMap<>();

    @BeforeAll
    void readPoms() {
        poms.put("", parent);
        for (Element module : children(child(parent, "modules"), "module")) {
            String folder = module.getTextContent().strip();
            poms.put(folder, parse(root.resolve(folder).resolve("pom.xml")));
        }
    }

    @Test
    void libraries_eachPom_standOnThePage() throws IOException {
        assertSame(table("Libraries", 2), libraries());
    }

    @Test
    void buildTools_eachPom_standOnThePage() throws IOException {
        assertSame(table("Build tools", 1), tools());
    }

    /** A project without our parent writes its versions down: they are the parent's all the same. */
    @Test
    void versions_ofAModuleWithoutParent_areTheParents() {
        Map<String, String> versions = managed();
        poms.forEach((folder, pom) -> {
            for (Element use : children(child(pom, "dependencies"), "dependency")) {
                String own = text(use, "version", "");
                String meant = own.startsWith("${") ? property(pom, own) : own;
                if (!meant.isEmpty()) {
                    assertThat(meant).as(folder + ": " + coordinates(use)).isEqualTo(versions.get(coordinates(use)));
                }
            }
        });
        assertThat(poms).containsKey("examples/engine-outside");
    }

    private static String property(Element pom, String reference) {
        return text(child(pom, "properties"), reference.substring(2, reference.length() - 1), reference);
    }

    private static void assertSame(Map<String, String> page, Map<String, String> poms) {
        assertThat(minus(poms, page)).as("in the POMs, not on the page").isEmpty();
        assertThat(minus(page, poms)).as("on the page, not in the POMs").isEmpty();
    }

    private static List<String> minus(Map<String, String> these, Map<String, String> those) {
        return these.entrySet().stream()
                .filter(row -> !row.getValue().equals(those.get(row.getKey())))
                .map(row -> "| `" + row.getKey() + "` | " + row.getValue() + " |")
                .toList();
    }

    /** What the POMs use: coordinates to "version | where, where". */
    private Map<String, String> libraries() {
        Map<String, String> versions = managed();
        Map<String, String> places = new TreeMap<>();
        poms.forEach((folder, pom) -> {
            for (Element use : children(child(pom, "dependencies"), "dependency")) {
                places.merge(coordinates(use), place(folder, use, ""), DependenciesPageTest::list);
            }
            for (Element profile : children(child(pom, "profiles"), "profile")) {
                String when = ", profile " + text(profile, "id", "");
                for (Element use : children(child(profile, "dependencies"), "dependency")) {
                    places.merge(coordinates(use), place(folder, use, when), DependenciesPageTest::list);
                }
            }
        });
        places.keySet().removeIf(coordinates -> coordinates.startsWith(OURS + ":"));
        places.replaceAll((coordinates, where) -> versions.get(coordinates) + " | " + where);
        return places;
    }

    private Map<String, String> managed() {
        Map<String, String> versions = new TreeMap<>();
        Element management = child(parent, "dependencyManagement");
        for (Element managed : children(child(management, "dependencies"), "dependency")) {
            String version = text(managed, "version", "");
            versions.put(
                    coordinates(managed),
                    version.equals("${project.version}") ? text(parent, "version", "") : resolve(version));
        }
        return versions;
    }

    /** What the build runs: plugins, what they put on the processor path, the formatter; coordinates to version. */
    private Map<String, String> tools() {
        Map<String, String> found = new TreeMap<>();
        poms.values().stream()
                .flatMap(
                        pom -> Stream.of("plugin", "path", "palantirJavaFormat").flatMap(tag -> descendants(pom, tag)))
                .filter(tool -> child(tool, "version") != null)
                .forEach(tool -> found.put(coordinates(tool), resolve(text(tool, "version", ""))));
        return found;
    }

    /** A table of the page: coordinates to the cells that the POMs decide; all others must say something. */
    private Map<String, String> table(String heading, int decided) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(root.resolve("docs/dependencies.md"))) {
            inside = line.startsWith("## ") ? line.equals("## " + heading) : inside;
            Matcher row = ROW.matcher(line);
            if (!inside || !row.matches()) {
                continue;
            }
            List<String> cells = Pattern.compile("\\|")
                    .splitAsStream(row.group(2))
                    .map(String::strip)
                    .toList();
            assertThat(cells).as(line).hasSize(decided + 2).doesNotContain("");
            String before = rows.put(row.group(1), String.join(" | ", cells.subList(0, decided)));
            assertThat(before).as("an earlier row for " + row.group(1)).isNull();
        }
        return rows;
    }

    /** The text with each property replaced by its value, and by each that a profile gives it after that. */
    private String resolve(String text) {
        Matcher property = PROPERTY.matcher(text);
        if (!property.matches()) {
            return text;
        }
        List<String> values = new ArrayList<>();
        values.add(text(child(parent, "properties"), property.group(1), text));
        for (Element profile : children(child(parent, "profiles"), "profile")) {
            String value = text(child(profile, "properties"), property.group(1), "");
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return String.join(", ", values);
    }

    private static String place(String folder, Element use, String when) {
        return folder + " (" + text(use, "scope", "compile") + when + ")";
    }

    private static String list(String one, String other) {
        return one + ", " + other;
    }

    private static String coordinates(Element of) {
        if (of.getTagName().equals("palantirJavaFormat")) {
            return "com.palantir.javaformat:palantir-java-format";
        }
        return text(of, "groupId", "org.apache.maven.plugins") + ":" + text(of, "artifactId", "");
    }

    private static String text(Element of, String tag, String otherwise) {
        Element child = child(of, tag);
        return child == null ? otherwise : child.getTextContent().strip();
    }

    private static Element child(Element of, String tag) {
        return children(of, tag).stream().findFirst().orElse(null);
    }

    private static List<Element> children(Element of, String tag) {
        List<Element> found = new ArrayList<>();
        for (Node node = of == null ? null : of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(tag)) {
                found.add(element);
            }
        }
        return found;
    }

    private static Stream<Element> descendants(Element of, String tag) {
        var nodes = of.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1).map(i -> (Element) nodes.item(i));
    }

    private static Element parse(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null
                && !(Files.exists(folder.resolve("LICENSE")) && Files.exists(folder.resolve("pom.xml")))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("a folder above with LICENSE and pom.xml").isNotNull();
        return folder;
    }
}
