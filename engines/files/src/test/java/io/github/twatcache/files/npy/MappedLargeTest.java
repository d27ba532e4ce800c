package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** An array of 3 GiB with a heap of 1 GiB, on the JVM of this test. */
class MappedLargeTest {
    /** Beside the classes, because what lies where temporary files do may be memory. */
    @TempDir(factory = BesideClasses.class)
    Path directory;

    @Test
    void anArrayLargerThanTheHeap_isMadeAndMapped_andIsNumPysToo() throws IOException, InterruptedException {
        Path file = directory.resolve("large.npy");

        List<String> lines = ChildJvm.run(LargeMappedArray.class, file);

        List<String> expected = new ArrayList<>(List.of(
                "heap true, file " + (128 + (3L << 30)),
                "size 402653184, last 4.02653183E8, wrong 0",
                "argument 402653184, cached true"));
        if (Segments.HERE) {
            expected.add("segment " + (3L << 30) + ", end 4.02653183E8");
        }
        assertThat(lines).containsExactlyElementsOf(expected);
        assertThat(NumPy.run(
                        "a = np.load(sys.argv[1], mmap_mode='r'); print(a.shape, a.dtype.str, a[0, 7], a[2, -1])",
                        file))
                .containsExactly("(3, 134217728) <f8 7.0 402653183.0");
    }

    static final class BesideClasses implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path target = Path.of("target").toAbsolutePath();
            return Files.createTempDirectory(
                    Files.isDirectory(target) ? target : Path.of("").toAbsolutePath(), "large");
        }
    }
}
