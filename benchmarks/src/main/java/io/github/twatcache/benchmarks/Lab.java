package io.github.twatcache.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs cells with JMH, fork by fork in turns: the first fork of each cell, then the second of each in the opposite order,
 * and so on. So all that are compared see the same good and bad minutes of the machine.
 */
public final class Lab {
    private final PrintStream progress;

    /** A lab that tells there what it is doing. */
    public Lab(PrintStream progress) {
        this.progress = progress;
        // Another user's benchmark on the same machine is no reason to refuse; ratios are taken within one run.
        System.setProperty("jmh.ignoreLock", "true");
    }

    /** Measures cells. */
    public Map<Cell, Samples> measure(List<Cell> cells, Effort effort) throws RunnerException {
        Map<Cell, Samples> samples = new LinkedHashMap<>();
        cells.forEach(cell -> samples.put(cell, new Samples()));
        List<Cell> turn = new ArrayList<>(samples.keySet());
        int rounds = Math.max(1, effort.forks());
        for (int round = 1; round <= rounds; round++) {
            for (Cell cell : turn) {
                progress.printf(Locale.ROOT, "fork %d of %d: %s%n", round, rounds, cell);
                for (RunResult result : new Runner(options(cell, effort), silence()).run()) {
                    result.getBenchmarkResults().forEach(fork -> take(fork, Cell.in(samples, cell)));
                }
            }
            Collections.reverse(turn);
        }
        return samples;
    }

    private OutputFormat silence() {
        return OutputFormatFactory.createFormatInstance(progress, VerboseMode.SILENT);
    }

    private static Options options(Cell cell, Effort effort) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(cell.pattern())
                .forks(Math.min(1, effort.forks()))
                .threads(cell.threads())
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.millis()))
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                // Touched before anything is measured, as the heap of a program is that has run for a while: a fork
                // that allocates less than it has would measure the operating system's first handing out of each page
                // instead.
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch")
                .shouldFailOnError(true);
        cell.parameters().forEach((name, value) -> options.param(name, value));
        return options.build();
    }

    private static void take(BenchmarkResult fork, Samples samples) {
        int batch = Math.max(1, fork.getParams().getMeasurement().getBatchSize());
        for (IterationResult iteration : fork.getIterationResults()) {
            samples.add(iteration.getPrimaryResult().getScore() / batch, allocated(iteration) / batch);
        }
    }

    private static double allocated(IterationResult iteration) {
        for (String name : iteration.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return iteration.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }
}
