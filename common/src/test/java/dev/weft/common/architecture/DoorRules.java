package dev.weft.common.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What is done in one place for all, since a second place would forget what the first has learnt. Public, since the test
 * of the suite holds the modules to it that are no services.
 */
public final class DoorRules {

    private DoorRules() {}

    private static String fileOf(JavaClass type) {
        return type.getEnclosingClass().map(DoorRules::fileOf).orElse(type.getSimpleName());
    }

    private static DescribedPredicate<JavaClass> outside(String files) {
        return DescribedPredicate.describe(
                "stand outside of files named " + files, type -> !fileOf(type).matches(files));
    }

    /** On the broker's client, whichever of its types the code names. */
    private static DescribedPredicate<JavaCall<?>> callOfTheBroker(String method) {
        return DescribedPredicate.describe(
                method + " of RabbitMQ's client",
                call -> call.getName().equals(method)
                        && call.getTargetOwner().getPackageName().startsWith("com.rabbitmq.client"));
    }

    /**
     * Not who calls what the installation itself is made of, under an address that no tenant gives: the gateway its
     * services, identity-service its Keycloak, standalone its gateway, the mailer the installation's mail server.
     */
    @ArchTest
    public static final ArchRule callsOutPassTheGuard = noClasses()
            .that()
            .resideOutsideOfPackages("dev.weft.common.http..", "dev.weft.common.egress..", "dev.weft.gateway.route..")
            .and(outside("KeycloakHttp|FirstIds|TimedSockets|SmtpMailer"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net.http..",
                            "javax.net..",
                            "org.apache.hc..",
                            "org.springframework.http.client..",
                            "org.springframework.web.client..",
                            "org.springframework.web.reactive.function.client..")
                    .or(nameMatching("java\\.net\\.(HttpURLConnection|URLConnection|Socket)")))
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "a URL is opened",
                    call -> call.getTargetOwner().getName().equals("java.net.URL")
                            && call.getName().startsWith("open")))
            .allowEmptyShould(true)
            .because("an address of a tenant may be one of ours (SSRF): call it with common.http.HttpCaller, which lets"
                    + " common.egress judge each address it connects to; another service is asked by a Remote..");

    @ArchTest
    public static final ArchRule recurringWorkIsADuty = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.scheduling.."))
            .because("what is @Scheduled shares one thread, has no limit, and runs in each replica: make it a"
                    + " common.duty.Duty");

    /**
     * Each with what it needs a channel for: AlarmLane, ConfirmChannel, BrokerPulse, OwnQueue are the kinds of
     * common.broker; DeadMessages reads and puts back dead letters; FlowTopology, TopologyChannels and QueueProbe declare,
     * count and try queues of flows; QueueSubscription consumes one; BrokerQueueProbe asks how full one is.
     */
    @ArchTest
    public static final ArchRule channelsAreOpenedInFewPlaces = noClasses()
            .that(outside("AlarmLane|ConfirmChannel|BrokerPulse|OwnQueue|DeadMessages|FlowTopology|TopologyChannels"
                    + "|QueueProbe|QueueSubscription|BrokerQueueProbe"))
            .should()
            .callMethodWhere(callOfTheBroker("createChannel"))
            .orShould()
            .callMethodWhere(callOfTheBroker("openChannel"))
            .allowEmptyShould(true)
            .because("a channel breaks at any fault, without a word to who holds it: use one of the kinds of"
                    + " common.broker, which come back");

    /** Of the places above those that publish. */
    @ArchTest
    public static final ArchRule confirmsAreCountedInFewPlaces = noClasses()
            .that(outside("AlarmLane|ConfirmChannel|BrokerPulse|DeadMessages|QueueProbe"))
            .should()
            .callMethodWhere(callOfTheBroker("confirmSelect"))
            .allowEmptyShould(true)
            .because("a confirm comes late, twice or never: common.broker.ConfirmChannel knows of all three");

    /** Not who looks among what it announces for a command that will be answered. */
    @ArchTest
    public static final ArchRule outboxHasOneDoor = noClasses()
            .that()
            .resideOutsideOfPackages("dev.weft.common.outbox..", "dev.weft.common.messaging..")
            .and()
            .doNotHaveFullyQualifiedName("dev.weft.common.event.Outgoing")
            .and(outside("MongoFlowRepository"))
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "what a waiting message consists of is read",
                    call -> call.getTargetOwner().getName().equals("dev.weft.common.event.Outgoing")
                            && call.getName().matches("exchange|key|body")))
            .orShould()
            .callConstructorWhere(DescribedPredicate.describe(
                    "a waiting message is made",
                    call -> call.getTargetOwner().getName().equals("dev.weft.common.event.Outgoing")))
            .allowEmptyShould(true)
            .because("how a message waits in a document is between common.outbox and its relay: make it with Outbox,"
                    + " store it with RevisionedStore or OutboxField");
}
