package io.github.twatcache.disk.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.error.EngineUnavailableException;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is open once in a JVM: a second copy of the classes would lose the first one's locks. */
final class ClaimsTest {
    @TempDir
    Path directory;

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(part).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    @Test
    void open_fromASecondClassLoader_refusedAndTheFirstGoesOn() throws Exception {
        Path file = directory.resolve("x.db");
        try (Database here = Database.open(file, DatabaseOptions.standard());
                URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> options = loader.loadClass(DatabaseOptions.class.getName());
            Class<?> database = loader.loadClass(Database.class.getName());
            assertThat(database).isNotSameAs(Database.class);
            Object standard = options.getMethod("standard").invoke(null);
            Method open = database.getMethod("open", Path.class, options);
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> open.invoke(null, file, standard))
                    .havingCause()
                    .withMessageContaining("open in this JVM already")
                    .withMessageContaining(String.valueOf(Database.class.getClassLoader()))
                    .withMessageContaining("load twat-cache once")
                    .satisfies(refusal -> assertThat(refusal.getClass().getName())
                            .isEqualTo(EngineUnavailableException.class.getName()));
            here.write(link -> {
                link.run("CREATE TABLE t(n INTEGER)");
                return true;
            });
            assertThat(here.<Long>read(link -> link.number("SELECT count(*) FROM t", -1)))
                    .isZero();
        }
    }

    @Test
    void open_toReadBesideOneThatWrites_saysSoAndBlamesNoClassLoader() {
        Path file = directory.resolve("x.db");
        DatabaseOptions writing = DatabaseOptions.standard();
        Database.open(file, writing).close();
        try (Database here = Database.open(file, writing)) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> Database.open(file, writing.reading()))
                    .withMessageContaining("open for writing here already")
                    .withMessageNotContaining("class loader");
            assertThat(here.unmoved()).isTrue();
        }
        try (Database here = Database.open(file, writing.reading())) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> Database.open(file, writing))
                    .withMessageContaining("open for reading only here already")
                    .withMessageNotContaining("class loader");
            assertThat(here.unmoved()).isTrue();
        }
        Database.open(file, writing).close();
    }
}
