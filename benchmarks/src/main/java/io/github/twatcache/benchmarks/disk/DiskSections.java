package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.benchmarks.Section;
import java.util.List;
import java.util.function.Function;

/** The lines of the bench {@code disk} and their goals. All of ours are measured with the native format. */
public final class DiskSections {
    private DiskSections() {}

    /** All sections, in the order in which they are run. */
    public static List<Section> all() {
        return List.of(with(Single::new), with(Several::new), with(Million::new), new Beside());
    }

    private static Section with(Function<Commands, Section> section) {
        return (wanted, quick, lab) -> {
            try (Commands commands = Commands.found()) {
                return section.apply(commands).rows(wanted, quick, lab);
            }
        };
    }
}
