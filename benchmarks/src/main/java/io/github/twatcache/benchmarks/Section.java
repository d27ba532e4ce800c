package io.github.twatcache.benchmarks;

import java.util.List;
import java.util.function.Predicate;

/** Lines that are measured together. */
public interface Section {
    /**
     * Measures.
     *
     * @param wanted which lines, by their names; a section without any measures nothing
     * @param quick whether to measure next to nothing
     * @param lab runs cells
     * @return the lines
     */
    List<Row> rows(Predicate<String> wanted, boolean quick, Lab lab) throws Exception;

    /** A section of cells. */
    static Section of(Effort effort, List<Spec> specs) {
        return (wanted, quick, lab) -> {
            List<Spec> chosen =
                    specs.stream().filter(spec -> wanted.test(spec.name())).toList();
            var measured = lab.measure(
                    chosen.stream()
                            .flatMap(spec -> spec.cells().stream())
                            .distinct()
                            .toList(),
                    effort.orQuick(quick));
            return chosen.stream().map(spec -> spec.row(measured, !quick)).toList();
        };
    }
}
