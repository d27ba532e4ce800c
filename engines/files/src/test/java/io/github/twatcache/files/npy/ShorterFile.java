package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Cuts files off while they are mapped, in a JVM of its own: it is the JVM that must live through it. */
public final class ShorterFile {
    private ShorterFile() {}

    /** Works in the directory that is named by the argument, and prints what each use of the array came to. */
    public static void main(String[] arguments) throws IOException {
        Map<String, java.util.function.Consumer<MappedArray>> uses = Map.of(
                "verify", MappedArray::verify,
                "toArray", MappedArray::toArray,
                "digest", MappedArray::digest,
                "write", array -> Npy.write(array, Path.of(arguments[0], "copy.npy")),
                "get", array -> array.getDouble(3_000_000));
        for (String use : uses.keySet().stream().sorted().toList()) {
            Path file = Path.of(arguments[0], use + ".npy");
            try (MappedArray array = MappedArray.open(file, Npy.write(new double[4_000_000], file))) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(1000);
                }
                uses.get(use).accept(array);
                System.out.println(use + " nothing");
            } catch (SerializationException | InternalError e) {
                System.out.println(use + ' ' + e.getClass().getSimpleName());
            }
        }
    }
}
