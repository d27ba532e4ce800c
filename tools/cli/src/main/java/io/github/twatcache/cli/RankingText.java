package io.github.twatcache.cli;

import io.github.twatcache.cli.classes.ConstantKind;
import io.github.twatcache.cli.classes.Ranking;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A ranking as it is printed: what was counted, then the first packages. The same in every locale and on every system. */
final class RankingText {
    private static final int COLUMNS = 80;

    private RankingText() {}

    static String of(Ranking ranking, List<String> modules, int top) {
        List<Ranking.Row> rows =
                ranking.rows().subList(0, Math.min(top, ranking.rows().size()));
        String counted = Text.count(ranking.classes()) + " class files of " + String.join(", ", modules) + ", "
                + Text.count(sum(ranking.constants())) + " constants";
        String kinds = ranking.constants().entrySet().stream()
                .sorted(Map.Entry.<ConstantKind, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(kind -> kind.getKey().title() + " " + Text.count(kind.getValue()))
                .collect(Collectors.joining(", "));
        Table table = new Table()
                .numbers("rank")
                .words("package")
                .numbers("score")
                .numbers("by packages")
                .numbers("by classes")
                .numbers("classes")
                .numbers("constants");
        int rank = 0;
        for (Ranking.Row row : rows) {
            rank++;
            table.row(
                    Text.count(rank),
                    row.packageName(),
                    Text.percent(row.score()),
                    Text.count(row.usedByPackages()),
                    Text.count(row.usedByClasses()),
                    Text.count(row.classes()),
                    Text.count(row.constants()));
        }
        String shown = "packages by their use of each other (used by packages, by classes), " + Text.count(rows.size())
                + " of " + Text.count(ranking.rows().size());
        return counted + "\n" + Text.wrapped(kinds, COLUMNS, "  ") + "\n" + shown + "\n\n" + table.text();
    }

    private static long sum(Map<ConstantKind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
