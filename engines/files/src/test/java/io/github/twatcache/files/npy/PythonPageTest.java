package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the page on NumPy's files says is done in Python. */
class PythonPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "npy.md");
    private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @Test
    void python_mapsWhatWasWritten_andWritesWhatIsRead(@TempDir Path directory) throws IOException {
        Matcher code = PYTHON.matcher(Files.readString(PAGE));
        assertThat(code.find()).isTrue();
        Npy.write(new double[][] {{1, 2, 3}, {4, 5, 6}}, directory.resolve("field.npy"));

        NumPy.run("import os; os.chdir(sys.argv[1])\n" + code.group(1), directory);

        assertThat((double[][]) Npy.read(directory.resolve("argument.npy")))
                .isDeepEqualTo(new double[][] {{2, 4, 6}, {8, 10, 12}});
        try (MappedArray array = MappedArray.open(directory.resolve("argument.npy"))) {
            assertThat(array.fortranOrder()).isTrue();
            assertThat(array.getDouble(array.position(1, 0))).isEqualTo(8);
        }
    }
}
