package io.github.twatcache.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Core's rooms, from the top floor down: each knows only those below it, so there is no circle either. */
class RoomsTest {
    private static final String BASE = "io.github.twatcache";

    /** The top floor has no name of its own. */
    private static final List<String> FLOORS = List.of(
            "",
            "wrap",
            "shared",
            "heap",
            "load",
            "failure",
            "value",
            "key",
            "spi",
            "path",
            "config",
            "stats",
            "function",
            "error",
            "text");

    @Test
    void rooms_ofCore_knowOnlyThoseBelow() {
        JavaClasses core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE);
        assertThat(core).hasSizeGreaterThan(100);
        rule(BASE).check(core);
    }

    @Test
    void rooms_ofTheWrongFixture_areRefused() {
        String base = RoomsTest.class.getPackageName() + ".wrong";
        JavaClasses wrong = new ClassFileImporter().importPackages(base);
        assertThatThrownBy(() -> rule(base).check(wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stats knows load");
    }

    private static ArchRule rule(String base) {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(base + "..")
                .should(new ArchCondition<>("know only rooms below their own") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        int own = floor(base, item.getPackageName());
                        if (own < 0) {
                            events.add(SimpleConditionEvent.violated(
                                    item, item.getName() + " is in no room of the house; give it a floor"));
                        }
                        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                            int other = floor(base, dependency.getTargetClass().getPackageName());
                            if (other >= 0 && other < own) {
                                events.add(SimpleConditionEvent.violated(
                                        item,
                                        FLOORS.get(own) + " knows " + FLOORS.get(other) + ": "
                                                + dependency.getDescription()));
                            }
                        }
                    }
                });
    }

    /** The floor of a package, 0 at the top; -1 for a package that is none of ours. */
    private static int floor(String base, String name) {
        if (name.equals(base)) {
            return 0;
        }
        return name.startsWith(base + ".") ? FLOORS.indexOf(name.substring(base.length() + 1)) : -1;
    }
}
