package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cached1;
import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.testkit.RealPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the page on the engine says is done in Python: a result is mapped there, a file of NumPy's is an argument here. */
final class FilesPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "files.md");
    private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private static MappedArray doubled(MappedArray field) {
        Functions.CALLS.incrementAndGet();
        return MappedArray.create(field.shape(), Dtype.FLOAT64, to -> {
            for (long i = 0; i < field.size(); i++) {
                to.put(2 * field.getDouble(i));
            }
        });
    }

    private List<String> run(String code) {
        return RealPython.printed(
                RealPython.start("NumPy", "import os, sys, numpy\nos.chdir(sys.argv[1])\n" + code, directory));
    }

    @Test
    void python_savesAnArgument_andMapsTheResult() throws IOException {
        List<String> blocks = PYTHON.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        Functions.CALLS.set(0);
        run(blocks.get(1));
        for (int program = 0; program < 2; program++) {
            try (Opened opened = new Opened(directory.resolve("cache"));
                    MappedArray argument = MappedArray.open(directory.resolve("argument.npy"))) {
                Cached1<MappedArray, MappedArray, RuntimeException> doubled =
                        opened.cache("doubled").memoize(FilesPageTest::doubled);
                Path file = doubled.shelve(argument).file().orElseThrow();
                assertThat(run("folder = r'" + file.getParent() + "'\n" + blocks.get(0)
                                + "print(type(field).__name__, field.dtype.str, field.tolist())"))
                        .containsExactly("memmap <f8 [[0.0, 2.0, 4.0], [6.0, 8.0, 10.0]]");
            }
        }
        assertThat(Functions.CALLS).hasValue(1);
        // The same content under another name is the same argument.
        run("numpy.save('other.npy', numpy.load('argument.npy'))");
        try (Opened opened = new Opened(directory.resolve("cache"));
                MappedArray other = MappedArray.open(directory.resolve("other.npy"))) {
            assertThat(opened.cache("doubled").memoize(FilesPageTest::doubled).isCached(other))
                    .isTrue();
        }
    }
}
