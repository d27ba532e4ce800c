package io.github.twatcache.key;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles small sources while a test runs. */
public final class SourceCompiler {
    private SourceCompiler() {}

    /**
     * Compiles sources.
     *
     * @param directory where the sources go, under {@code src}, and the classes, under {@code classes}
     * @param options of javac, but {@code -d}
     * @param sources pairs of a path and a text
     * @return where the classes are
     */
    public static Path compile(Path directory, List<String> options, String... sources) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < sources.length; i += 2) {
            Path file = directory.resolve("src").resolve(sources[i]);
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, sources[i + 1]));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of("-d", classes.toString(), "-proc:none"));
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            if (!compiler.getTask(said, manager, null, all, null, units).call()) {
                throw new AssertionError(said);
            }
        }
        return classes;
    }

    /** The class path, or the module path, of this test. */
    public static String path() {
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        return modules == null ? classes : modules + File.pathSeparator + classes;
    }

    public static URLClassLoader load(Path classes) throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, SourceCompiler.class.getClassLoader());
    }
}
