package io.github.twatcache.cli;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What standard error can show.
 *
 * @param live whether somebody watches, so that a line may be written over
 * @param color whether colors may be used
 * @param columns how many characters a line has
 */
record Terminal(boolean live, boolean color, int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 40;
    private static final int WIDEST_HELP = 120;

    /**
     * The terminal of this process. The launcher, which can ask the system, says in {@code twat.terminal} whether standard
     * error is one; without it, what the JDK knows of standard input and output must do.
     */
    static Terminal ofThisProcess() {
        String said = System.getProperty("twat.terminal");
        return of(System.getenv(), said == null ? isTerminal(System.console()) : Boolean.parseBoolean(said));
    }

    /** The terminal that an environment describes. */
    static Terminal of(Map<String, String> environment, boolean terminal) {
        boolean live = terminal && !environment.containsKey("CI") && !"dumb".equals(environment.get("TERM"));
        boolean color = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(live, color, columns(environment.getOrDefault("COLUMNS", "")));
    }

    private static int columns(String given) {
        try {
            return Math.max(LEAST_COLUMNS, Integer.parseInt(given.strip()));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /** From JDK 22 on there is a console without a terminal too, and a method that tells, which 17 has not. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    Ansi ansi() {
        return color ? Ansi.AUTO : Ansi.OFF;
    }

    int helpWidth() {
        return Math.min(WIDEST_HELP, Math.max(USUAL_COLUMNS, columns));
    }
}
