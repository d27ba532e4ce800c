package io.github.twatcache.cli;

import picocli.CommandLine;

/** Why a command was not carried out, in one line that the user can act on. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What was asked for does not exist. */
    static Refusal usage(String message) {
        return new Refusal(CommandLine.ExitCode.USAGE, message);
    }

    /** What was asked for went wrong. */
    static Refusal failure(String message) {
        return new Refusal(CommandLine.ExitCode.SOFTWARE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
