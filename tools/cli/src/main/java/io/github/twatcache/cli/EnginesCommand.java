package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Availability.Unavailable;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the engines: those that are present, the first choice first, then those that could be added. */
@Command(
        name = "engines",
        description = {
            "List the engines, what they can do, and how to get the missing ones.",
            "Where several would do, the highest rank is chosen."
        })
final class EnginesCommand implements Callable<Integer>, OpensFirst {
    private final Screen screen;
    private final Instances instances;

    @Option(names = "--json", description = "Print JSON and nothing else.")
    boolean json;

    EnginesCommand(Screen screen, Instances instances) {
        this.screen = screen;
        this.instances = instances;
    }

    /** A line of the list; without a rank, the engine is not on the class path. */
    private record Line(
            String name,
            @Nullable Integer rank,
            @Nullable String why,
            @Nullable String mend,
            List<String> traits) {}

    @Override
    public Integer call() {
        List<Line> lines = lines();
        if (json) {
            screen.out()
                    .println(Json.of(lines.stream().map(EnginesCommand::members).toList()));
            return 0;
        }
        Table table =
                new Table().words("engine").numbers("rank").words("available").words("traits");
        for (Line line : lines) {
            String rank = line.rank == null ? "-" : String.valueOf(line.rank);
            String rest = line.why == null ? String.join(", ", line.traits) : line.why + "; " + line.mend;
            table.row(line.name, rank, line.why == null ? "yes" : "no", rest);
        }
        screen.out().print(table.text(screen.terminal().columns()));
        return 0;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        try (TwatCache twat = instances.start().open()) {
            // Not asked of the engines themselves, which may fail to say.
            Map<String, Availability> all = twat.availability();
            twat.engines().forEach(engine -> lines.add(present(engine, all.get(engine.name()))));
            all.forEach((name, availability) -> {
                if (availability instanceof Unavailable missing
                        && lines.stream().noneMatch(line -> line.name.equals(name))) {
                    lines.add(new Line(name, null, missing.why(), missing.mend(), List.of()));
                }
            });
        }
        return lines;
    }

    private static Line present(Engine engine, @Nullable Availability availability) {
        List<String> traits =
                engine.traits().stream().sorted().map(Trait::words).toList();
        return availability instanceof Unavailable missing
                ? new Line(engine.name(), engine.rank(), missing.why(), missing.mend(), traits)
                : new Line(engine.name(), engine.rank(), null, null, traits);
    }

    private static Map<String, @Nullable Object> members(Line line) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", line.name);
        members.put("rank", line.rank);
        members.put("available", line.why == null);
        members.put("why", line.why);
        members.put("mend", line.mend);
        members.put("traits", line.traits);
        return members;
    }
}
