package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes write the same directory, and some are killed: nobody ever sees half a value, and nothing is left over. */
final class ProcessesTest {
    @TempDir
    Path directory;

    private Path cache() {
        return directory.resolve("cache");
    }

    private static String output(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void requireOneEntry(int entries) throws Exception {
        try (Opened opened = new Opened(cache())) {
            Cache<String, double[]> data =
                    opened.cache("data").types(String.class, double[].class).build();
            assertThat(data.size()).isEqualTo(entries);
            assertThat(opened.files("entry.json")).hasSize(entries);
            assertThat(opened.files(".npy"))
                    .as("no value of an entry that was replaced")
                    .hasSize(entries);
            try (Stream<Path> all = Files.walk(cache().resolve("caches"))) {
                long bytes = 0;
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
                assertThat(opened.twat.diskUsage().bytes())
                        .as("each byte is counted")
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void oneKey_writtenByFiftyProcesses_alwaysWhole() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            processes.add(Worker.start("wait and write", cache().toString(), "2", "10"));
        }
        // All have begun before the first one writes.
        for (Process process : processes) {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
        }
        for (Process process : processes) {
            process.outputWriter().write("go\n");
            process.outputWriter().flush();
        }
        for (Process process : processes) {
            assertThat(process.inputReader().lines()).contains("done");
            assertThat(process.waitFor()).isZero();
        }
        requireOneEntry(1);
    }

    @Test
    void killed_whileWriting_nothingHalfAndNothingLeft() throws Exception {
        for (int i = 0; i < 8; i++) {
            Process process = Worker.start("forever", cache().toString());
            try (BufferedReader said = process.inputReader()) {
                // Somewhere in what it does after that.
                for (int write = 0; write < 6 + 7 * i; write++) {
                    assertThat(said.readLine()).isEqualTo("wrote " + write);
                }
                process.destroyForcibly().waitFor();
            }
            try (Opened opened = new Opened(cache())) {
                Cache<String, double[]> data =
                        opened.cache("data").types(String.class, double[].class).build();
                for (int key = 0; key < 5; key++) {
                    double[] found = data.getIfPresent("key" + key);
                    assertThat(found).as("what was written before the kill").isNotNull();
                    Worker.requireWhole(found);
                    data.put("key" + key, Worker.value(key));
                }
                assertThat(data.size()).isEqualTo(5);
            }
        }
        try (Opened opened = new Opened(cache());
                Stream<Path> left = Files.walk(cache().resolve(".twat-cache"))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("draft")))
                    .as("what the dead were writing")
                    .isEmpty();
            assertThat(opened.files("entry.json")).hasSize(5);
            assertThat(opened.files(".npy")).as("values that nobody names").hasSize(5);
        }
    }

    @Test
    void shelved_inOneProcess_loadedInAnother() throws Exception {
        String shelved;
        try (Opened opened = new Opened(cache())) {
            Cached1<Long, double[], RuntimeException> value =
                    opened.cache("values").memoize(Worker::value);
            shelved = Base64.getEncoder().encodeToString(HandlesTest.written(value.shelve(7L)));
        }
        Process process = Worker.start("load", shelved);
        assertThat(output(process)).contains("done");
    }

    @Test
    void limits_overTwoPrograms_countWhatTheOtherWrites() {
        try (Opened one = new Opened(cache());
                Opened two = new Opened(cache())) {
            Cache<String, String> first = one.cache("data")
                    .maximumSize(10)
                    .types(String.class, String.class)
                    .build();
            Cache<String, String> second = two.cache("data")
                    .maximumSize(10)
                    .types(String.class, String.class)
                    .build();
            for (int i = 0; i < 50; i++) {
                first.put("a" + i, "x");
                second.put("b" + i, "y");
                assertThat(one.files("entry.json")).hasSizeLessThanOrEqualTo(10);
            }
            assertThat(first.size()).isEqualTo(10);
            assertThat(second.size()).isEqualTo(10);
            assertThat(first.getIfPresent("b49")).isEqualTo("y");
            second.remove("b49");
            assertThat(first.getIfPresent("b49")).isNull();
            assertThat(first.size()).isEqualTo(9);
            first.clear();
            assertThat(second.size()).isZero();
        }
    }
}
