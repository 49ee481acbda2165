package dev.weft.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What can be checked only where all modules are on one class path. */
class SuiteArchitectureTest {

    @Test
    void everySimpleNameIsUniqueInTheSuite() {
        var names = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.weft").stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .collect(groupingBy(
                                JavaClass::getSimpleName, mapping(JavaClass::getName, toCollection(TreeSet::new))));

        names.values().removeIf(types -> types.size() == 1);

        assertThat(names)
                .as("types of one simple name: logs and readers cannot tell them apart; put the feature in front")
                .isEmpty();
    }
}
