package io.github.twatcache.benchmarks.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The accesses that the authors of LIRS recorded (<a href="https://doi.org/10.1145/511399.511340">Jiang and Zhang, 2002</a>),
 * as Caffeine's simulator brings them along: a number a line.
 *
 * @param name the trace's name
 * @param keys what was asked for, in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TraceFile(String name, long[] keys) {
    private static final String FOLDER = "com/github/benmanes/caffeine/cache/simulator/parser/lirs/";

    /** Databases, compilers, file systems, mixtures of them; loops are where LRU fails, which gains nothing to anyone. */
    static final List<String> NAMES =
            List.of("2_pools", "cpp", "cs", "gli", "multi1", "multi2", "multi3", "ps", "sprite");

    /** Where the build's profile {@code traces} puts the simulator. */
    static Path jar() {
        return Path.of(System.getProperty("twat.home", "."), "benchmarks", "target", "traces", "simulator.jar");
    }

    static TraceFile read(String name) throws IOException {
        Path jar = jar();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar
                            + " is not there; start ./twat-cache bench traces, or mvn -Ptraces -pl benchmarks generate-resources");
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(FOLDER + name + ".trace.gz");
            if (entry == null) {
                throw new IllegalStateException(jar + " holds no trace " + name);
            }
            try (InputStream in = new GZIPInputStream(zip.getInputStream(entry));
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                return new TraceFile(
                        name,
                        lines.lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty() && !line.equals("*"))
                                .mapToLong(Long::parseLong)
                                .toArray());
            }
        }
    }

    long distinct() {
        return Arrays.stream(keys).distinct().count();
    }
}
