package dev.weft.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.weft.common.architecture.HouseRules;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
    void callsByHttpGoThroughFewDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.weft.common.http..", "dev.weft.gateway.route..", "dev.weft.identity.keycloak..")
                .and()
                // It asks the gateway of its own process.
                .doNotHaveSimpleName("FirstIds")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.apache.hc..")
                .because("a call out has a guard, limits of time and size, and faults that its caller knows: HttpCaller has"
                        + " them all; other services are asked by a Remote.. class")
                .check(SUITE);
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
}
