package dev.weft.common.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A use case serves every dialect of the API: what a document looks like is known at its edge alone. */
public final class DialectRules {

    private DialectRules() {}

    private static String fileOf(JavaClass type) {
        return type.getEnclosingClass().map(DialectRules::fileOf).orElse(type.getSimpleName());
    }

    private static DescribedPredicate<JavaClass> inFilesNamed(String pattern) {
        return DescribedPredicate.describe(
                "in files named " + pattern, type -> fileOf(type).matches(pattern));
    }

    @ArchTest
    static final ArchRule useCasesKnowNoDialect = noClasses()
            .that(inFilesNamed(".*(Service|Repository)"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.weft.common.jsonapi..", "dev.weft.common.plain.."))
            .allowEmptyShould(true)
            .because("a controller makes a ..Request of the body, which the use case reads when the caller is known to"
                    + " be permitted, a ..Listing of the query, and a document of what the use case answers");

    @ArchTest
    static final ArchRule useCasesReadNoJson = noClasses()
            .that(inFilesNamed(".*Service"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("tools.jackson.."))
            .allowEmptyShould(true)
            .because("a use case gets values; give it the ..Request that reads them");
}
