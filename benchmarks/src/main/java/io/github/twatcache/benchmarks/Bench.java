package io.github.twatcache.benchmarks;

import io.github.twatcache.benchmarks.async.AsyncSections;
import io.github.twatcache.benchmarks.disk.DiskSections;
import io.github.twatcache.benchmarks.files.FilesSections;
import io.github.twatcache.benchmarks.memory.MemorySections;
import io.github.twatcache.benchmarks.paths.PathSections;
import io.github.twatcache.benchmarks.races.Races;
import io.github.twatcache.benchmarks.traces.Traces;
import io.github.twatcache.benchmarks.wrap.WrapSections;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures twat-cache and its peers in one run.
 *
 * <pre>
 * Bench memory [--quick] [--json] [--only REGEX]
 * Bench wrap [--quick] [--json] [--only REGEX]
 * Bench paths [--quick] [--json] [--only REGEX]
 * Bench disk [--quick] [--json] [--only REGEX]
 * Bench files [--quick] [--json] [--only REGEX]
 * Bench async [--quick] [--json] [--only REGEX]
 * Bench traces [--quick] [--json]
 * Bench races [--json]
 * </pre>
 */
public final class Bench {
    private static final String USAGE =
            "usage: Bench memory|wrap|paths|disk|files|async [--quick] [--json] [--only REGEX] | traces [--quick] [--json] | races [--json]";

    private final PrintStream out;
    private final PrintStream progress;

    private Bench(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    /** Runs the benchmark named first. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        // Libraries that write to standard output must not end up in the JSON.
        System.setOut(System.err);
        System.exit(new Bench(out, System.err).run(List.of(arguments)));
    }

    private int run(List<String> arguments) throws Exception {
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        boolean quick = false;
        boolean json = false;
        Pattern only = Pattern.compile("");
        for (int i = 1; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> quick = true;
                case "--json" -> json = true;
                case "--only" -> only = Pattern.compile(++i < arguments.size() ? arguments.get(i) : "");
                default -> {
                    return refuse("unknown option '" + arguments.get(i) + "'");
                }
            }
        }
        switch (name) {
            case "memory" -> measure(name, MemorySections.all(), quick, json, only);
            case "wrap" -> measure(name, WrapSections.all(), quick, json, only);
            case "paths" -> measure(name, PathSections.all(), quick, json, only);
            case "disk" -> measure(name, DiskSections.all(), quick, json, only);
            case "files" -> measure(name, FilesSections.all(), quick, json, only);
            case "async" -> measure(name, AsyncSections.all(), quick, json, only);
            case "traces" -> traces(quick, json);
            case "races" -> races(json);
            default -> {
                return refuse("unknown benchmark '" + name + "'");
            }
        }
        out.flush();
        return 0;
    }

    private int refuse(String why) {
        progress.println(why + "; " + USAGE);
        return 2;
    }

    private void measure(String name, List<Section> sections, boolean quick, boolean json, Pattern only)
            throws Exception {
        (json ? progress : out).println(Machine.describe());
        Lab lab = new Lab(progress);
        List<Row> rows = new ArrayList<>();
        for (Section section : sections) {
            rows.addAll(section.rows(line -> only.matcher(line).find(), quick, lab));
        }
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("bench", name);
            result.put("cases", rows.stream().map(Row::json).toList());
            out.println(Json.of(result));
        } else {
            out.print(table(rows));
            out.println(
                    quick
                            ? "A quick run decides no goal: its figures come from a few milliseconds in one JVM."
                            : "Least of all iterations of all forks, or the best of all rounds; ratio is ours by theirs; ok is ratio at most goal.");
        }
    }

    private static Table table(List<Row> rows) {
        Table table = new Table("case", " ours", "peer", " theirs", "unit", " ratio", " goal", "ok");
        for (Row row : rows) {
            Boolean ok = row.ok();
            table.add(
                    row.name(),
                    number(row.ours()),
                    row.peer(),
                    row.theirs() == null ? "absent" : number(row.theirs()),
                    row.unit(),
                    number(row.ratio()),
                    number(row.goal()),
                    ok == null ? "" : ok ? "yes" : "NO");
        }
        return table;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%.0f", value);
    }

    private void traces(boolean quick, boolean json) throws Exception {
        Traces traces = Traces.played(quick, progress);
        out.println(json ? Json.of(traces.json()) : traces.table());
    }

    private void races(boolean json) throws Exception {
        Races races = new Races();
        out.println(json ? Json.of(races.json()) : races.table());
    }
}
