package dev.weft.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.common.architecture.DoorRules;
import dev.weft.common.architecture.HouseRules;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be checked only where all modules are on one class path. */
class SuiteArchitectureTest {

    private static final JavaClasses SUITE = SuiteClasses.all();

    @Test
    void everySimpleNameIsUniqueInTheSuite() {
        var names = SUITE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toCollection(TreeSet::new))));

        names.values().removeIf(types -> types.size() == 1);

        assertThat(names)
                .as("types of one simple name: logs and readers cannot tell them apart; put the feature in front")
                .isEmpty();
    }

    /** The services' own tests see their own packages only. */
    @Test
    void waitsHaveALimitInWhatAllServicesShareToo() {
        assertThat(SUITE.stream().map(JavaClass::getPackageName))
                .contains("dev.weft.common.broker", "dev.weft.expression.syntax", "dev.weft.sandbox", "dev.weft.store");
        HouseRules.waitsHaveALimit.check(SUITE);
    }

    @Test
    void timeIsHandedInToWhatAllServicesShareToo() {
        HouseRules.timeIsHandedIn.check(SUITE);
    }

    @Test
    void nothingIsReactive() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..")
                .because("code blocks, on virtual threads")
                .check(SUITE);
    }

    static Stream<ArchRule> doors() {
        return Stream.of(
                DoorRules.callsOutPassTheGuard,
                DoorRules.recurringWorkIsADuty,
                DoorRules.channelsAreOpenedInFewPlaces,
                DoorRules.confirmsAreCountedInFewPlaces,
                DoorRules.outboxHasOneDoor);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whatIsDoneInOnePlaceIsDoneThereByAll(ArchRule rule) {
        rule.check(SUITE);
    }
}
