package dev.weft.common.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.OpenToAll;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every use case asks for a permission, itself or through what it calls in its service, or says why it is open. */
public final class PermissionRules {

    private PermissionRules() {}

    @ArchTest
    static final ArchRule useCasesAskOrAreOpen = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Service")
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith("org.springframework.stereotype.Service")
            .and()
            .areNotPrivate()
            .and()
            .areNotStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should(new ArchCondition<>("ask AccessClient or be annotated with @OpenToAll") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    if (!method.isAnnotatedWith(OpenToAll.class) && !asks(method)) {
                        events.add(SimpleConditionEvent.violated(method, method.getFullName() + " asks nobody"));
                    }
                }
            })
            .allowEmptyShould(true)
            .because("a use case without a check is a hole; if everybody may, say why in @OpenToAll");

    private static boolean asks(JavaMethod method) {
        var service = serviceOf(method.getOwner().getPackageName());
        var seen = new HashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>();
        open.add(method);
        while (!open.isEmpty()) {
            var unit = open.remove();
            if (!seen.add(unit)) {
                continue;
            }
            for (var access : unit.getAccessesFromSelf()) {
                if (access.getTargetOwner().isEquivalentTo(AccessClient.class)) {
                    return true;
                }
                if (serviceOf(access.getTargetOwner().getPackageName()).equals(service)) {
                    access.getTargetOwner().getCodeUnits().stream()
                            .filter(next -> next.getName().equals(access.getName()))
                            .forEach(open::add);
                }
            }
        }
        return false;
    }

    /** {@code dev.weft.flow} of {@code dev.weft.flow.draft}. */
    private static String serviceOf(String packageName) {
        return Stream.of(packageName.split("\\.", -1)).limit(3).collect(Collectors.joining("."));
    }
}
