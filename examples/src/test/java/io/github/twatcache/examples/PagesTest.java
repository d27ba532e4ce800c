package io.github.twatcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the pages to the examples: what a page shows stands in a program that the build runs, and links lead somewhere. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SOURCES = Path.of("src/main/java/io/github/twatcache/examples");
    private static final Pattern MARKER = Pattern.compile("<!-- example: ([\\w./-]+) -->");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");

    /** A block of code on a page: Java everywhere, and XML where a marker stands before it. */
    record Block(String where, String example, List<String> lines) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            blocks.addAll(blocks(ROOT.relativize(page).toString(), Files.readAllLines(page)));
        }
        return blocks.stream();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Block> blocks(String page, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        String example = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher marker = MARKER.matcher(lines.get(i));
            if (marker.matches()) {
                example = marker.group(1);
            } else if (lines.get(i).startsWith("```java")
                    || (lines.get(i).startsWith("```xml") && !example.isEmpty())) {
                int start = ++i;
                while (!lines.get(i).equals("```")) {
                    i++;
                }
                blocks.add(new Block(page + ":" + start, example, lines.subList(start, i)));
                example = "";
            } else if (!lines.get(i).isBlank()) {
                example = "";
            }
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void page_blockOfJava_standsInItsExampleInThisOrder(Block block) throws IOException {
        assertThat(block.example)
                .as("the line before a block of Java names its program: <!-- example: Memoize.java -->")
                .isNotEmpty();
        // Without white space: where a line is broken is the formatter's business.
        String code = dense(Files.readString(file(block.example)));
        assertThat(block.lines).isNotEmpty();
        int at = 0;
        for (String line : block.lines) {
            int found = code.indexOf(dense(line), at);
            assertThat(found)
                    .as("%s: \"%s\" stands in %s, after the lines before it", block.where, line.strip(), block.example)
                    .isNotNegative();
            at = found + dense(line).length();
        }
    }

    /** A program by its name, or a file of a project below examples/ by its path. */
    private static Path file(String example) {
        return example.contains("/") ? ROOT.resolve("examples").resolve(example) : SOURCES.resolve(example);
    }

    private static String dense(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void pages_readmeAndTutorial_showCode() throws IOException {
        assertThat(blocks().map(Block::where))
                .anyMatch(where -> where.startsWith("README.md"))
                .anyMatch(where -> where.startsWith("docs/getting-started.md"))
                .anyMatch(where -> where.startsWith("docs/writing-an-engine.md"));
    }

    @Test
    void pages_linksWithinTheProject_leadToFiles() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    dead.add(ROOT.relativize(page) + " -> " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }
}
