package dev.weft.common.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.weft.common.broker.BrokerConnections;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * What holds in every service; its architecture test includes them all with
 * {@code @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class)}.
 */
public final class HouseRules {

    private static final Pattern EDGE = Pattern.compile(
            "(Mongo|Stored|Remote).*|.*(Application|Controller|Resource|Service|Listener|Configuration|Properties)");

    private HouseRules() {}

    /** The name of the class that stands in the file: nested classes are judged by it. */
    private static String fileOf(JavaClass type) {
        return type.getEnclosingClass().map(HouseRules::fileOf).orElse(type.getSimpleName());
    }

    private static DescribedPredicate<JavaClass> inFilesNamed(String pattern) {
        return DescribedPredicate.describe(
                "in files named " + pattern, type -> fileOf(type).matches(pattern));
    }

    private static DescribedPredicate<JavaClass> domainTypes() {
        return DescribedPredicate.describe(
                "domain types",
                type -> (type.isRecord() || type.isEnum())
                        && !EDGE.matcher(fileOf(type)).matches());
    }

    @ArchTest
    static final ArchTests dialects = ArchTests.in(DialectRules.class);

    @ArchTest
    static final ArchTests doors = ArchTests.in(DoorRules.class);

    @ArchTest
    static final ArchRule domainKnowsNoFramework = noClasses()
            .that(domainTypes())
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework..", "com.mongodb..", "org.bson..", "com.rabbitmq..", "tools.jackson.core.."))
            .allowEmptyShould(true)
            .because("records and enums without an edge ending are the domain: move what knows the framework to a type"
                    + " named after it (Stored.., ..Resource, ..Configuration)");

    @ArchTest
    static final ArchRule mongoHasOneDoor = noClasses()
            .that(DescribedPredicate.not(inFilesNamed("(Mongo|Stored).*")))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.springframework.data.mongodb..", "com.mongodb..", "org.bson.."))
            .allowEmptyShould(true)
            .because("only Mongo.. and Stored.. know how things are stored; give the feature a repository interface");

    @ArchTest
    static final ArchRule amqpHasOneDoor = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.weft.common..",
                    "dev.weft.execution.queue..",
                    "dev.weft.execution.topology..",
                    "dev.weft.execution.sailor..",
                    "dev.weft.gateway.webhook..")
            .and(DescribedPredicate.not(inFilesNamed(".*Listener")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.amqp..", "com.rabbitmq.."))
            .allowEmptyShould(true)
            .because("domain events go through common.messaging, flow messages through the engine's queues");

    /** Not who opens one for a single trial and ends it with a limit. */
    @ArchTest
    static final ArchRule connectionsAreKept = noClasses()
            .that(DescribedPredicate.not(inFilesNamed("QueueProbe")))
            .should()
            .callMethod(BrokerConnections.class, "open", String.class)
            .because("a connection must come back by itself, end within a limit and outlive any fault of its keeper:"
                    + " common.broker.BrokerLink does all of that once");

    @ArchTest
    static final ArchRule feignHasOneDoor = noClasses()
            .that(DescribedPredicate.not(inFilesNamed("Remote.*")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.cloud.openfeign..", "feign.."))
            .allowEmptyShould(true)
            .because("how another service is asked is told in a Remote.. class, its Feign interface nested in it");

    @ArchTest
    static final ArchRule controllersAskServices = noClasses()
            .that(inFilesNamed(".*(Controller|Listener)"))
            .should()
            .dependOnClassesThat(nameMatching(".*Repository"))
            .allowEmptyShould(true)
            .because("a controller translates; the use case, and its permission, stand in a service");

    @ArchTest
    static final ArchRule servicesKnowNoHttp = noClasses()
            .that(inFilesNamed(".*Service"))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("jakarta.servlet..", "org.springframework.http..", "org.springframework.web.."))
            .allowEmptyShould(true)
            .because("a use case is also run by events: read what it needs in the controller");

    /**
     * Not who hands out identifiers, and the password of a store that only one process knows. Public for the modules that
     * are no services.
     */
    @ArchTest
    public static final ArchRule timeIsHandedIn = noClasses()
            .that(DescribedPredicate.not(inFilesNamed("Ids|HostedStore")))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a test must be able to set the time and need not wait: inject Clock and Ids, wait on a latch");

    /**
     * Not who waits for a place that others leave within their limits, the thread that writes to a sandbox, which has no
     * other work, and the embedded store: it waits for its disk, for which there is nothing else to do, and its callers
     * have a limit. Public for the modules that are no services.
     */
    @ArchTest
    public static final ArchRule waitsHaveALimit = noClasses()
            .that(DescribedPredicate.not(inFilesNamed("Workers|FlowCarrier|RunKeeper|SandboxProcess"
                    + "|StoreJournal|StoreCheckpoints|EmbeddedStoreApplication")))
            .should()
            .callMethod(CompletableFuture.class, "join")
            .orShould()
            .callMethod(CompletableFuture.class, "get")
            .orShould()
            .callMethod(Future.class, "get")
            .orShould()
            .callMethod(Thread.class, "join")
            .orShould()
            .callMethod(CountDownLatch.class, "await")
            .orShould()
            .callMethod(Condition.class, "await")
            .orShould()
            .callMethod(Condition.class, "awaitUninterruptibly")
            .orShould()
            .callMethod(Semaphore.class, "acquire")
            .orShould()
            .callMethod(Semaphore.class, "acquireUninterruptibly")
            .orShould()
            .callMethod(BlockingQueue.class, "take")
            .orShould()
            .callMethod(LinkedBlockingQueue.class, "take")
            .because("whoever waits without a limit stands still when the other side does: give it a time");

    @ArchTest
    static final ArchRule namesSayWhatDiffers = noClasses()
            .that()
            .areNotAnonymousClasses()
            .should()
            .haveNameMatching(".*[.$](Abstract|Base)[A-Z][^.$]*|.*(Impl|Utils?|Helper|Manager|DTO|Dto)")
            .because("such a name hides what the type is for; name what differs");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .allowEmptyShould(true)
            .because("a constructor says what a class needs, and a test can call it");

    @ArchTest
    static final ArchRule settingsAreRecords = classes()
            .that()
            .areAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
            .should()
            .beRecords()
            .allowEmptyShould(true)
            .because("settings are read once, at the start");

    @ArchTest
    static final ArchRule stereotypesAreNarrow = noClasses()
            .should()
            .beAnnotatedWith("org.springframework.stereotype.Component")
            .because("Component is a word of the product; use @Service, @Repository, @Configuration, @RestController");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .that()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should(new ArchCondition<>("be in a package whose package-info is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not null-marked"));
                    }
                }
            })
            .because("NullAway checks null-marked code only");
}
