package dev.weft.execution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.common.architecture.HouseRules;
import dev.weft.common.architecture.PermissionRules;
import dev.weft.execution.topology.FlowTopology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packagesOf = ExecutionApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ExecutionArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests permissions = ArchTests.in(PermissionRules.class);

    @ArchTest
    static final ArchRule runsLoseTheirQueuesInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("RunTakedown")
            .should()
            .callMethod(FlowTopology.class, "delete", List.class)
            .because("RunTakedown makes sure that nothing is lost with a queue, or that it is told");

    @ArchTest
    static final ArchRule queuesAreDeletedByTheTopology = noClasses()
            .that()
            .doNotHaveSimpleName("FlowTopology")
            .and()
            .doNotHaveSimpleName("QueueProbe")
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("queueDelete")))
            .because("RunTakedown makes sure that nothing is lost with a queue, or that it is told");

    @Test
    void featuresFormNoCycleAndKeepTheirInsidesToThemselves() {
        ApplicationModules.of(ExecutionApplication.class).verify();
    }
}
