package io.github.twatcache.benchmarks.outage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file with a line for each call. */
final class CallFile {
    private CallFile() {}

    /** Writes the lines, after a heading. */
    static void write(Path file, List<Line> lines) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(Line.HEADING + "\n");
            for (Line line : lines) {
                writer.write(line.csv() + "\n");
            }
        }
    }

    /** Reads such a file. */
    static List<Line> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(Line.HEADING)) {
            throw new IOException(file + " does not begin with " + Line.HEADING);
        }
        return lines.stream().skip(1).map(Line::of).toList();
    }
}
