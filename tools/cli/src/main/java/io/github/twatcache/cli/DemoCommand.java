package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import io.github.twatcache.cli.classes.RuntimeImage;
import io.github.twatcache.config.Configuration;
import io.github.twatcache.heap.NullEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Availability.Unavailable;
import io.github.twatcache.spi.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Real work on real input: ranks the packages of the running JDK, with and without a cache. */
@Command(
        name = "demo",
        description = {
            "Parse every class file of a module of the running JDK, and rank the packages by their use of each other:"
                    + " first without a cache, then twice through each engine.",
            "The function that is memoized parses one class file. Then, with the engine files, compute arrays of the",
            "references between classes, and find them again in a second run."
        })
final class DemoCommand implements Callable<Integer>, OpensFirst {
    private static final String FILES = "files";

    /** So many classes are shown. */
    private static final int MOST_USED = 5;

    private final Screen screen;
    private final Instances instances;

    @Option(
            names = "--module",
            split = ",",
            paramLabel = "NAME",
            description = "Whose class files; may be repeated. Default: java.base.")
    List<String> modules = new ArrayList<>();

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "NAME",
            description = "Which engine to measure; may be repeated. Default: all that are present but null.")
    List<String> engines = new ArrayList<>();

    @Option(names = "--top", paramLabel = "N", description = "How many packages to show. Default: ${DEFAULT-VALUE}.")
    int top = 20;

    @Option(names = "--json", description = "Print JSON and nothing else.")
    boolean json;

    DemoCommand(Screen screen, Instances instances) {
        this.screen = screen;
        this.instances = instances;
    }

    @Override
    public Integer call() throws IOException {
        List<String> chosenModules;
        List<String> chosenEngines;
        Configuration configuration;
        try (TwatCache twat = instances.start().open()) {
            configuration = twat.configuration();
            if (top < 1) {
                throw Refusal.usage("--top must be 1 or more, but was " + top);
            }
            chosenModules = chosenModules();
            chosenEngines = chosenEngines(twat);
        }
        List<String> paths = new ArrayList<>();
        for (String module : chosenModules) {
            paths.addAll(RuntimeImage.classFiles(module));
        }
        // Many instances are opened, and none but the first is to tell what the configuration warns of.
        Instances silent = () -> instances.start().configuration(configuration);
        Demo demo = new Demo(silent, paths, ranking -> RankingText.of(ranking, chosenModules, top));
        Demo.Result result = demo.run(chosenEngines, screen);
        ArraysDemo.@Nullable Result arrays =
                chosenEngines.contains(FILES) ? new ArraysDemo(silent, chosenModules).run(MOST_USED) : null;
        if (json) {
            Map<String, Object> members = members(result);
            if (arrays != null) {
                members.put("arrays", members(arrays));
            }
            screen.out().println(Json.of(members));
        } else {
            print(result);
            if (arrays != null) {
                print(arrays);
            }
        }
        return 0;
    }

    private List<String> chosenModules() throws IOException {
        List<String> present = RuntimeImage.modules();
        for (String module : modules) {
            if (!present.contains(module)) {
                List<String> near = Nearest.to(module, present);
                throw Refusal.usage("this JDK has no module '" + module + "'; "
                        + (near.isEmpty() ? "java --list-modules shows them" : "near are " + String.join(", ", near)));
            }
        }
        return modules.isEmpty() ? List.of("java.base") : List.copyOf(new LinkedHashSet<>(modules));
    }

    /** Those named, or all that run here but the one that keeps nothing; says which are left out and why. */
    private List<String> chosenEngines(TwatCache twat) {
        Map<String, Engine> present = new LinkedHashMap<>();
        twat.engines().forEach(engine -> present.put(engine.name(), engine));
        Map<String, Availability> availability = twat.availability();
        List<String> chosen = new ArrayList<>(new LinkedHashSet<>(engines));
        for (String name : chosen) {
            if (!present.containsKey(name)) {
                throw Refusal.usage("no engine '" + name + "' is present; present are "
                        + String.join(", ", present.keySet())
                        + (availability.get(name) instanceof Unavailable missing ? "; " + missing.mend() : ""));
            }
            if (availability.get(name) instanceof Unavailable missing) {
                throw Refusal.failure(
                        "engine '" + name + "' cannot run here: " + missing.why() + "; " + missing.mend());
            }
        }
        if (!engines.isEmpty()) {
            return chosen;
        }
        present.remove(NullEngine.NAME);
        present.values().forEach(engine -> {
            if (availability.get(engine.name()) instanceof Unavailable missing) {
                screen.err()
                        .println(
                                "engine '" + engine.name() + "' is left out: " + missing.why() + "; " + missing.mend());
            } else {
                chosen.add(engine.name());
            }
        });
        return chosen;
    }

    private void print(Demo.Result result) {
        Demo.Pass uncached = result.uncached();
        Table table = new Table()
                .words("engine")
                .numbers("first pass")
                .numbers("second pass")
                .numbers("speed-up")
                .numbers("hits")
                .numbers("misses")
                .numbers("memory");
        table.row("(no cache)", Text.millis(uncached.millis()), "", "", "", "", "");
        for (Demo.Passes passes : result.engines()) {
            table.row(
                    passes.engine(),
                    Text.millis(passes.first().millis()),
                    Text.millis(passes.second().millis()),
                    Text.times(uncached.millis() / passes.second().millis()),
                    Text.count(passes.stats().hits()),
                    Text.count(passes.stats().missCount()),
                    Text.bytes(passes.bytes()));
        }
        screen.out().print(uncached.text());
        screen.out().print("\nthe same ranking once more, twice through each engine\n\n" + table.text() + "\n");
        screen.out().print("""
                pass      parses every class file and ranks the packages
                          (measured after two rounds of 1,000 files, to warm up)
                speed-up  the pass without a cache : the second pass
                memory    of keys and results, by the formula that maximumBytes uses
                same      every pass printed the ranking above, whose SHA-256 is
                """);
        screen.out().print("          " + uncached.digest() + "\n");
        screen.out().print("on        " + Version.machine() + "\n");
    }

    private void print(ArraysDemo.Result arrays) {
        Table table = new Table()
                .words("array")
                .words("kept as")
                .numbers("shape")
                .numbers("computed")
                .numbers("found")
                .numbers("speed-up")
                .numbers("file");
        for (ArraysDemo.Part part : arrays.parts()) {
            table.row(
                    part.name(),
                    part.kept(),
                    part.shape().stream().map(Text::count).collect(Collectors.joining(" x ")),
                    Text.millis(part.firstMillis()),
                    Text.millis(part.secondMillis()),
                    Text.times(part.firstMillis() / part.secondMillis()),
                    Text.bytes(part.bytes()));
        }
        screen.out()
                .print("\narrays: " + Text.count(arrays.references()) + " references between "
                        + Text.count(arrays.classes())
                        + " classes:\nwhich of them are used most, and which together\n\n");
        screen.out().print(arrays.text() + "\n" + table.text() + "\n");
        screen.out().print("""
                computed  by a first run, which keeps it in files that NumPy reads
                found     by a second run over the same directory: arrays that
                          are mapped are read where they lie
                same      both runs had the same arrays, whose SHA-256 is
                """);
        screen.out().print("          " + arrays.digest() + "\n");
    }

    private static Map<String, Object> members(ArraysDemo.Result arrays) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("classes", arrays.classes());
        members.put("references", arrays.references());
        members.put("digest", arrays.digest());
        members.put("results", arrays.parts().stream().map(DemoCommand::members).toList());
        return members;
    }

    private static Map<String, Object> members(ArraysDemo.Part part) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", part.name());
        members.put("kept", part.kept());
        members.put("shape", part.shape());
        members.put("firstMillis", part.firstMillis());
        members.put("secondMillis", part.secondMillis());
        members.put("bytes", part.bytes());
        return members;
    }

    private static Map<String, Object> members(Demo.Result result) {
        Map<String, Object> uncached = new LinkedHashMap<>();
        uncached.put("millis", result.uncached().millis());
        uncached.put("digest", result.uncached().digest());
        uncached.put("classes", result.classes());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("uncached", uncached);
        members.put(
                "engines", result.engines().stream().map(DemoCommand::members).toList());
        return members;
    }

    private static Map<String, Object> members(Demo.Passes passes) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("engine", passes.engine());
        members.put("firstMillis", passes.first().millis());
        members.put("secondMillis", passes.second().millis());
        members.put("hits", passes.stats().hits());
        members.put("misses", passes.stats().missCount());
        members.put("bytes", passes.bytes());
        members.put("digest", passes.second().digest());
        return members;
    }
}
