package dev.weft.identity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.common.architecture.HouseRules;
import dev.weft.common.architecture.PermissionRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packages = "dev.weft.identity", importOptions = ImportOption.DoNotIncludeTests.class)
class IdentityArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests permissions = ArchTests.in(PermissionRules.class);

    @ArchTest
    static final ArchRule keycloakHasOneDoor = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.identity.keycloak")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weft.identity.keycloak")
            .because("where passwords are kept is known as a Directory only");

    @Test
    void featuresFormNoCycle() {
        ApplicationModules.of(IdentityApplication.class).verify();
    }
}
