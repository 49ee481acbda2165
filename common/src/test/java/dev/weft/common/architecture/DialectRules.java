package dev.weft.common.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.common.problem.ProblemSource;

/**
 * Use cases and domain serve every dialect of the API: what a document looks like, and what its members are called by a
 * client, is known at the edge alone.
 */
public final class DialectRules {

    private static final DescribedPredicate<JavaClass> DIALECT =
            resideInAnyPackage("dev.weft.common.jsonapi..", "dev.weft.common.plain..");

    private static final String EDGE = ".*(Controller|Resource|Request|Listing|Page|Form)";

    /** The gateway's own refusals become documents there, which no type of its methods shows. */
    private static final String REFUSALS = "Refusals";

    private DialectRules() {}

    private static String fileOf(JavaClass type) {
        return type.getEnclosingClass().map(DialectRules::fileOf).orElse(type.getSimpleName());
    }

    private static DescribedPredicate<JavaClass> inFilesNamed(String pattern) {
        return DescribedPredicate.describe(
                "in files named " + pattern, type -> fileOf(type).matches(pattern));
    }

    private static DescribedPredicate<JavaClass> speakADialect() {
        return DescribedPredicate.describe(
                "speak a dialect",
                type -> !fileOf(type).equals(REFUSALS)
                        && type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> DIALECT.test(dependency.getTargetClass())));
    }

    @ArchTest
    static final ArchRule dialectIsKnownAtTheEdge = noClasses()
            .that(DescribedPredicate.not(inFilesNamed(EDGE + "|" + REFUSALS)))
            .should()
            .dependOnClassesThat(DIALECT)
            .allowEmptyShould(true)
            .because("a ..Request or ..Listing makes a record of what was sent, a ..Resource a document of what the use"
                    + " case answers; rules of the business judge the record, and leave what they find in its"
                    + " RequestFaults");

    @ArchTest
    static final ArchRule edgeIsKnownToNobodyElse = noClasses()
            .that(DescribedPredicate.not(inFilesNamed(EDGE + "|" + REFUSALS)))
            .should()
            .dependOnClassesThat(speakADialect())
            .allowEmptyShould(true)
            .because("a use case takes the scope as a value and a Supplier of the record, which it asks when the caller"
                    + " is known to be permitted (api-v2 1.3); a controller of another dialect gives it another one");

    @ArchTest
    static final ArchRule placesAreOfTheDialect = noClasses()
            .should()
            .getField(ProblemSource.Kind.class, "PLACE")
            .because("a problem names the value, the reference or the parameter to blame; the dialect knows where that"
                    + " stands");

    @ArchTest
    static final ArchRule useCasesReadNoJson = noClasses()
            .that(inFilesNamed(".*Service"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("tools.jackson.."))
            .allowEmptyShould(true)
            .because("a use case gets values; give it the record that a ..Request reads");
}
