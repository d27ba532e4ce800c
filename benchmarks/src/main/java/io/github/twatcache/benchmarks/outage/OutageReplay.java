package io.github.twatcache.benchmarks.outage;

import io.github.twatcache.benchmarks.Json;
import io.github.twatcache.benchmarks.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plays an outage to several caches at the same time, each with a source and callers of its own, in real time.
 *
 * <pre>
 * OutageReplay --seconds N --callers N --out DIRECTORY [--json]
 * </pre>
 *
 * <p>Writes a line for each call to a file, and says nothing that it has not read there.
 */
public final class OutageReplay {
    static final String CALLS = "replay-outage.csv";
    static final String PICTURE = "replay-outage.svg";

    private final Script script;
    private final int callers;
    private final Path out;
    private final PrintStream progress;

    OutageReplay(Script script, int callers, Path out, PrintStream progress) {
        this.script = script;
        this.callers = callers;
        this.out = out;
        this.progress = progress;
    }

    /** Plays, and prints what came of it. */
    public static void main(String[] arguments) throws Exception {
        PrintStream print = System.out;
        // Libraries that write to standard output must not end up in the JSON.
        System.setOut(System.err);
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        boolean json = options.containsKey("--json");
        Script script = new Script(Integer.parseInt(options.getOrDefault("--seconds", "" + Script.SECONDS)));
        int callers = Integer.parseInt(options.getOrDefault("--callers", "200"));
        Path out = Path.of(options.getOrDefault("--out", "."));
        try {
            List<Line> lines = new OutageReplay(script, callers, out, System.err).play();
            System.err.println(
                    "each call is in " + out.resolve(CALLS) + ", all of them are drawn in " + out.resolve(PICTURE));
            print.print(json ? json(lines) + "\n" : text(lines, script));
            print.flush();
            System.exit(0);
        } catch (IOException fault) {
            System.err.println("twat-cache: the files cannot be written: " + fault + "; give another --out");
            System.exit(1);
        }
    }

    /**
     * Plays the script and writes both files.
     *
     * @return the lines, as they were read from the file
     */
    List<Line> play() throws Exception {
        Files.createDirectories(out);
        Path calls = out.resolve(CALLS);
        CallFile.write(calls, played());
        List<Line> lines = CallFile.read(calls);
        Files.writeString(out.resolve(PICTURE), new Plot(script).svg(lines, Summary.of(lines)));
        return lines;
    }

    private List<Line> played() throws Exception {
        Clock clock = new Clock();
        List<Stand> stands = new ArrayList<>();
        try {
            for (var each : Strategies.all().entrySet()) {
                Source source = new Source(script, clock);
                Strategy strategy = each.getValue().open(source, script);
                stands.add(new Stand(each.getKey(), source, strategy));
                // Before the clock runs, of a key that no caller has: so that no call pays for the loading of classes.
                strategy.ask(Script.KEYS, new Call(0, Script.KEYS, 0));
            }
            clock.begin();
            List<Callers> all = stands.stream()
                    .map(stand -> new Callers(stand.name(), stand.strategy(), script, clock, callers))
                    .toList();
            tell(clock);
            for (Callers each : all) {
                each.join();
            }
            stands.forEach(stand -> stand.source().quiet());
            List<Line> lines = new ArrayList<>();
            for (Callers each : all) {
                lines.addAll(each.lines());
            }
            return lines;
        } finally {
            stands.forEach(stand -> stand.strategy().close());
        }
    }

    /** A strategy and what it asks. */
    private record Stand(String name, Source source, Strategy strategy) {}

    /** Says what the source does when it begins to. */
    private void tell(Clock clock) {
        for (Script.Phase phase : script.phases()) {
            Clock.sleep(phase.from() - clock.millis());
            progress.println("%4.0f s  the source %s".formatted(phase.from() / 1000, phase.words()));
        }
    }

    static String json(List<Line> lines) {
        return Json.of(Map.of(
                "strategies", Summary.of(lines).stream().map(Summary::json).toList()));
    }

    /** The figures of each strategy, and how fail-safe stands to its goals. */
    static String text(List<Line> lines, Script script) {
        Table table =
                new Table("strategy", " calls", " errors", " error rate", " stale", " p50", " p99", " source calls");
        for (Summary summary : Summary.of(lines)) {
            table.add(
                    summary.name(),
                    count(summary.calls()),
                    count(summary.errors()),
                    String.format(Locale.ROOT, "%.1f %%", summary.errorPercent()),
                    count(summary.stale()),
                    millis(summary.p50()),
                    millis(summary.p99()),
                    count(summary.sourceCalls()));
        }
        List<Line> failSafe = lines.stream()
                .filter(line -> line.strategy().equals(Strategies.FAIL_SAFE))
                .toList();
        return table + "\n" + Goals.of(failSafe, script).table(script.seconds() >= Script.SECONDS);
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
    }
}
