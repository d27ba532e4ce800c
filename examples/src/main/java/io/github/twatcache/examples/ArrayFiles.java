package io.github.twatcache.examples;

import io.github.twatcache.files.npy.Complex128;
import io.github.twatcache.files.npy.Dtype;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.files.npy.Npz;
import io.github.twatcache.files.npy.Written;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Arrays in files that NumPy reads, written and read with no cache at all, and arrays that are not on the heap. */
public final class ArrayFiles {
    private ArrayFiles() {}

    /** Several arrays that belong together; in Python: {@code np.load("signal.npz")["spectrum"]}. */
    @SuppressWarnings("ArrayRecordComponent") // arrays are what it is for
    record Signal(Complex128 spectrum, String[] labels, double rate) {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the directory cannot be made or removed
     */
    public static void main(String... args) throws IOException {
        try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
            Path directory = temporary.path();
            array(directory);
            record(directory.resolve("signal.npz"));
            mapped();
        }
    }

    private static void array(Path directory) {
        double[][] field = {{1, 2, 3}, {4, -0.0, Double.NaN}};
        Npy.write(field, directory.resolve("field.npy")); // in Python: np.load("field.npy", mmap_mode="r")
        double[][] again = (double[][]) Npy.read(directory.resolve("field.npy")); // or a file that np.save has written
        Claim.that("an array comes back as it was", Arrays.deepEquals(field, again));
        Claim.that("a jagged one is none of NumPy's", !Npy.fits(new double[][] {{1}, {2, 3}}));
    }

    private static void record(Path file) throws IOException {
        Signal signal = new Signal(Complex128.of(1, 2, 3, 4), new String[] {"left", "right"}, 44.1);
        Written written;
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            written = Npz.write(signal, to);
        }
        try (FileChannel from = FileChannel.open(file)) {
            Signal again = Npz.read(from, written, Signal.class);
            Claim.that(
                    "a record of arrays comes back, verified", again.spectrum().equals(signal.spectrum()));
        }
    }

    private static void mapped() {
        try (MappedArray squares = MappedArray.create(new long[] {1_000, 1_000}, Dtype.FLOAT64, to -> {
            for (int i = 0; i < 1_000_000; i++) {
                to.put((double) i * i);
            }
        })) {
            double one = squares.getDouble(squares.position(2, 7)); // by index in each dimension
            DoubleBuffer row = squares.doubles(squares.position(2, 0), 1_000); // a range, without copying
            Claim.that("an array is read where it lies", one == 2007.0 * 2007 && row.get(7) == one);
        }
    }
}
