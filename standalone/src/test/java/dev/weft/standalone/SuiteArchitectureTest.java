package dev.weft.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weft.common.architecture.HouseRules;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What can be checked only where all modules are on one class path. */
class SuiteArchitectureTest {

    private final JavaClasses suite = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What common lends to the tests of the others comes in a jar of its own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.weft");

    @Test
    void everySimpleNameIsUniqueInTheSuite() {
        var names = suite.stream()
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
        assertThat(suite.stream().map(JavaClass::getPackageName))
                .contains("dev.weft.common.broker", "dev.weft.expression.syntax", "dev.weft.sandbox", "dev.weft.store");
        HouseRules.waitsHaveALimit.check(suite);
    }
}
