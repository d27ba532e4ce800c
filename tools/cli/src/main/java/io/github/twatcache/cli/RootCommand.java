package io.github.twatcache.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command that the others belong to. Alone it does nothing: picocli refuses it. */
@Command(
        name = "twat-cache",
        versionProvider = Version.class,
        description = "Wrap any Java function once, and choose with one word where its results live.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Begin with: ./twat-cache demo"})
final class RootCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    boolean debug;
}
