package dev.weft.standalone;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The code of all modules, without that of their tests. It is read once: all of it takes seconds. */
final class SuiteClasses {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What common lends to the tests of the others comes in a jar of its own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.weft");

    private SuiteClasses() {}

    static JavaClasses all() {
        return ALL;
    }
}
