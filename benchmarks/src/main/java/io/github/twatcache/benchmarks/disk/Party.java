package io.github.twatcache.benchmarks.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that begin together once all of them are ready. */
final class Party implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final List<BufferedReader> outputs = new ArrayList<>();

    private Party() {}

    static Party of(List<List<String>> commands) throws IOException {
        Party party = new Party();
        try {
            for (List<String> command : commands) {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                party.processes.add(process);
                party.outputs.add(process.inputReader(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < commands.size(); i++) {
                party.expect(i, "ready");
            }
            for (Process process : party.processes) {
                party.tell(process);
            }
            return party;
        } catch (IOException | RuntimeException e) {
            party.close();
            throw e;
        }
    }

    private void expect(int number, String word) throws IOException {
        String line = outputs.get(number).readLine();
        if (!word.equals(line)) {
            throw new IllegalStateException("a process said '" + line + "' instead of '" + word + "'");
        }
    }

    private void tell(Process process) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write('\n');
        in.flush();
    }

    /** The next line of each. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (BufferedReader output : outputs) {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("a process has ended before it said how it went");
            }
            lines.add(line);
        }
        return lines;
    }

    /** Refuses a figure that was to be taken while all of them worked. */
    void requireRunning() {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException("a process has ended before its time; what it said is above");
        }
    }

    /** Has them end, and waits for that. */
    @Override
    public void close() {
        for (Process process : processes) {
            try {
                tell(process);
                process.getOutputStream().close();
            } catch (IOException over) {
                // It has ended by itself.
            }
            try {
                if (!process.waitFor(1, TimeUnit.MINUTES)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
