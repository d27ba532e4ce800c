package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.CacheException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command line. It exits with 0; with 1 when what was asked for failed; with 2 when it was not understood. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        Screen screen = new Screen(
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset),
                Terminal.ofThisProcess());
        System.exit(run(screen, TwatCache::builder, arguments));
    }

    /** Runs one command, with the engines that the given instances have. */
    static int run(Screen screen, Instances instances, String... arguments) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root)
                .addSubcommand(new DemoCommand(screen, instances))
                .addSubcommand(new EnginesCommand(screen, instances))
                .addSubcommand(new SettingsCommand(screen, instances))
                .addSubcommand(new BenchCommand(screen))
                .addSubcommand(new ReplayOutageCommand(screen))
                .setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(screen.terminal().ansi()))
                .setUsageHelpWidth(screen.terminal().helpWidth())
                .setExecutionStrategy(parsed -> run(parsed, instances))
                .setParameterExceptionHandler((fault, typed) -> refused(screen, root, fault))
                .setExecutionExceptionHandler((fault, command, parsed) -> failed(screen, root, fault));
        if (arguments.length == 0) {
            line.usage(screen.err());
            screen.err().flush();
            return CommandLine.ExitCode.USAGE;
        }
        int code = line.execute(arguments);
        screen.out().flush();
        return code;
    }

    /** Every command reads the configuration first: what is wrong with it is told before anything is done. */
    private static int run(CommandLine.ParseResult parsed, Instances instances) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        // What opens one itself would have each warning told twice.
        if (parsed.hasSubcommand() && !(parsed.subcommand().commandSpec().userObject() instanceof OpensFirst)) {
            try {
                instances.start().open().close();
            } catch (CacheException fault) {
                throw new CommandLine.ExecutionException(
                        parsed.commandSpec().commandLine(), String.valueOf(fault.getMessage()), fault);
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int refused(Screen screen, RootCommand root, ParameterException fault) {
        CommandLine line = fault.getCommandLine();
        screen.err().println("twat-cache: " + message(fault));
        screen.err().println("try: ./" + line.getCommandSpec().qualifiedName() + " --help");
        if (root.debug) {
            fault.printStackTrace(screen.err());
        }
        screen.err().flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Screen screen, RootCommand root, Exception fault) {
        String message = String.valueOf(fault.getMessage());
        boolean explained = fault instanceof Refusal || fault instanceof CacheException || fault instanceof IOException;
        screen.err()
                .println("twat-cache: " + (explained ? message : "a fault of its own: " + fault)
                        + (explained || root.debug ? "" : "; --debug shows where"));
        if (root.debug) {
            fault.printStackTrace(screen.err());
        }
        screen.err().flush();
        return fault instanceof Refusal refusal ? refusal.exitCode() : CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(ParameterException fault) {
        Map<String, CommandLine> commands = fault.getCommandLine().getSubcommands();
        if (fault instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String typed = unmatched.getUnmatched().get(0);
            if (!commands.isEmpty()) {
                return "unknown command '" + typed + "'; there are " + String.join(", ", commands.keySet());
            }
            return "'" + typed + "' is one word too many";
        }
        return uncapitalized(String.valueOf(fault.getMessage()));
    }

    private static String uncapitalized(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
