package dev.weft.flow;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.weft.common.architecture.HouseRules;
import dev.weft.common.architecture.PermissionRules;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packagesOf = FlowApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class FlowArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests permissions = ArchTests.in(PermissionRules.class);

    @Test
    void featuresFormNoCycleAndKeepTheirInsidesToThemselves() {
        ApplicationModules.of(FlowApplication.class).verify();
    }
}
