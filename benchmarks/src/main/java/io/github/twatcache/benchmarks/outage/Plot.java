package io.github.twatcache.benchmarks.outage;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws all calls as an SVG picture: a panel for each strategy, the phases of the source behind them. */
final class Plot {
    private static final int GAP = 44;
    private static final int HEAD = 92;
    private static final int FOOT = 32;
    private static final String STYLE = """
            .back { fill: #ffffff } .ink { fill: #1f2328 } .small { fill: #57606a; font-size: 12px }
            .slow { fill: #fff3cd } .down { fill: #ffe1de } .up, .back-up { fill: #f3f5f8 }
            .grid { stroke: #8c959f; stroke-opacity: .35 } .limit { stroke: #1f2328; stroke-dasharray: 5 4 }
            .fresh { fill: #0969da } .stale { fill: #d97706 } .error { fill: #cf222e }
            .s0 { fill-opacity: .35 } .s1 { fill-opacity: .65 } .s2 { fill-opacity: 1 }
            @media (prefers-color-scheme: dark) {
              .back { fill: #0d1117 } .ink { fill: #e6edf3 } .small { fill: #9da7b3 }
              .slow { fill: #3a2f0b } .down { fill: #47181a } .up, .back-up { fill: #1c2128 }
              .limit { stroke: #e6edf3 } .fresh { fill: #58a6ff } .stale { fill: #f0a33e } .error { fill: #ff6b62 }
            }
            """;

    private final Script script;

    Plot(Script script) {
        this.script = script;
    }

    /** The picture, with a panel for each summary. */
    String svg(List<Line> lines, List<Summary> summaries) {
        int height = HEAD + summaries.size() * (Panel.HEIGHT + GAP) + FOOT;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 %d\" role=\"img\" aria-labelledby=\"title desc\""
                        + " font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"14\">",
                height);
        add(svg, "  <title id=\"title\">%s</title>", "What callers see of an outage");
        add(svg, "  <desc id=\"desc\">%s</desc>", escaped(words(summaries)));
        add(svg, "  <style>\n%s  </style>", STYLE);
        add(svg, "  <rect class=\"back\" width=\"980\" height=\"%d\" rx=\"8\"/>", height);
        add(
                svg,
                "  <text class=\"ink\" x=\"24\" y=\"32\" font-size=\"17\" font-weight=\"600\">%s</text>",
                "What callers see of an outage");
        legend(svg);
        for (int i = 0; i < summaries.size(); i++) {
            Summary summary = summaries.get(i);
            int top = HEAD + GAP / 2 + i * (Panel.HEIGHT + GAP);
            panel(
                    svg,
                    summary,
                    top,
                    lines.stream()
                            .filter(line -> line.strategy().equals(summary.name()))
                            .toList());
        }
        axis(svg, HEAD + GAP / 2 + (summaries.size() - 1) * (Panel.HEIGHT + GAP));
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        int x = 24;
        for (Line.Outcome outcome : Line.Outcome.values()) {
            String words = switch (outcome) {
                case FRESH -> "answered, fresh";
                case STALE -> "answered, older than its lifetime";
                case ERROR -> "an exception";
            };
            add(svg, "  <rect class=\"%s\" x=\"%d\" y=\"47\" width=\"12\" height=\"12\"/>", outcome.word(), x);
            add(svg, "  <text class=\"ink\" x=\"%d\" y=\"58\" font-size=\"13\">%s</text>", x + 18, words);
            x += 34 + 7 * words.length();
        }
    }

    private void panel(StringBuilder svg, Summary summary, int top, List<Line> lines) {
        Panel panel = new Panel(script.end(), top);
        add(
                svg,
                "  <text class=\"ink\" x=\"%d\" y=\"%d\" font-weight=\"600\">%s</text>",
                Panel.LEFT,
                top - 7,
                escaped(summary.name()));
        add(
                svg,
                "  <text class=\"ink\" x=\"%d\" y=\"%d\" font-size=\"13\" text-anchor=\"end\">%s</text>",
                Panel.LEFT + Panel.WIDTH,
                top - 7,
                figures(summary));
        for (Script.Phase phase : script.phases()) {
            add(
                    svg,
                    "  <rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                    phase.down() ? "down" : phase.name().equals("slow") ? "slow" : "up",
                    panel.x(phase.from()),
                    top,
                    panel.x(phase.to()) - panel.x(phase.from()),
                    Panel.HEIGHT);
        }
        for (int millis = 1; millis <= 10_000; millis *= 10) {
            add(svg, "  <path class=\"grid\" d=\"M%d %.1fh%d\"/>", Panel.LEFT, panel.y(millis), Panel.WIDTH);
            add(
                    svg,
                    "  <text class=\"small\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    Panel.LEFT - 8,
                    panel.y(millis) + 4,
                    (millis == 1 ? "\u2264 " : "") + Script.time(millis));
        }
        svg.append(panel.cells(lines));
        if (summary.name().equals(Strategies.FAIL_SAFE)) {
            add(
                    svg,
                    "  <path class=\"limit\" d=\"M%d %.1fh%d\"/>",
                    Panel.LEFT,
                    panel.y(script.softLimit()),
                    Panel.WIDTH);
        }
    }

    private void axis(StringBuilder svg, int last) {
        Panel panel = new Panel(script.end(), last);
        for (Script.Phase phase : script.phases()) {
            add(
                    svg,
                    "  <text class=\"ink\" x=\"%.1f\" y=\"%d\" font-size=\"13\" text-anchor=\"middle\">%s</text>",
                    (panel.x(phase.from()) + panel.x(phase.to())) / 2,
                    HEAD - 10,
                    phase.name() + ": " + phase.words());
        }
        for (int tenth = 0; tenth <= 10; tenth++) {
            double millis = script.end() * tenth / 10;
            add(
                    svg,
                    "  <text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    panel.x(millis),
                    last + Panel.HEIGHT + 18,
                    Script.time(millis));
        }
        add(
                svg,
                "  <text class=\"small\" x=\"%d\" y=\"%d\">%s</text>",
                Panel.LEFT,
                last + Panel.HEIGHT + 36,
                "across: when the call began; up: how long it took; a square is 1/120 of the run, the darker the more calls;"
                        + " dashed: the soft limit");
    }

    private static String figures(Summary summary) {
        return String.format(
                Locale.ROOT,
                "%.1f %% errors \u00b7 p50 %s \u00b7 p99 %s \u00b7 source asked %,d times",
                summary.errorPercent(),
                OutageReplay.millis(summary.p50()),
                OutageReplay.millis(summary.p99()),
                summary.sourceCalls());
    }

    private static String words(List<Summary> summaries) {
        return summaries.stream()
                .map(summary -> summary.name() + ": " + figures(summary))
                .collect(Collectors.joining("; "));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
