package io.github.twatcache.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted when it is closed, with all that is in it; {@link InMemory} says where it is. */
final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    static TemporaryDirectory made() {
        try {
            return new TemporaryDirectory(InMemory.made());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    Path path() {
        return path;
    }

    /** What a test has left running in the background, as a load that nobody wants any more, may still write here. */
    @Override
    public void close() {
        Actor.until("nothing is left of " + path, this::deleted);
    }

    private boolean deleted() {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
            return true;
        } catch (NoSuchFileException gone) {
            // Somebody else deletes here too.
            return Files.notExists(path);
        } catch (DirectoryNotEmptyException written) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        } catch (UncheckedIOException gone) {
            if (gone.getCause() instanceof NoSuchFileException) {
                return Files.notExists(path);
            }
            throw gone;
        }
    }
}
