package io.github.twatcache.cli.classes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class files of the running JDK, in its {@code jrt:} file system (JEP 220). */
public final class RuntimeImage {
    private static final URI ROOT = URI.create("jrt:/");

    private RuntimeImage() {}

    /**
     * The modules of the running JDK.
     *
     * @return their names, sorted
     * @throws IOException when the file system cannot be read
     */
    public static List<String> modules() throws IOException {
        try (Stream<Path> modules = Files.list(files().getPath("modules"))) {
            return modules.map(module -> module.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /**
     * The class files of a module.
     *
     * @param module one of {@link #modules}
     * @return their paths in the file system, sorted
     * @throws IOException when the file system cannot be read, or there is no such module
     */
    public static List<String> classFiles(String module) throws IOException {
        try (Stream<Path> files = Files.walk(files().getPath("modules", module))) {
            return files.map(Path::toString)
                    .filter(path -> path.endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    static byte[] read(String path) throws IOException {
        return Files.readAllBytes(files().getPath(path));
    }

    private static FileSystem files() {
        return FileSystems.getFileSystem(ROOT);
    }
}
