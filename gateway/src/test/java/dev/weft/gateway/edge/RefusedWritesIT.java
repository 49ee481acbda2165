package dev.weft.gateway.edge;

import static dev.weft.gateway.RunningGateway.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditHeaders;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway tells the audit trail, as who hears it sees it. */
class RefusedWritesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "5abbb9d4bc984b000739761a";
    private static final String FLOW = "/v2/flows/" + ID;
    private static final String QUOTA = "per_contract_user_count_limit/" + ID + "." + ID;
    private static final String TOKEN = ID + "x".repeat(43);

    private static final List<AuditEntry> told = new CopyOnWriteArrayList<>();
    private static RunningGateway gateway;
    private static InstanceSubscription ear;

    @BeforeAll
    static void start() throws Exception {
        gateway = new RunningGateway(
                new PlayedServices(),
                RunningGateway.broker(),
                Map.of("weft.services.registry", "http://127.0.0.1:1", "weft.gateway.rate-per-minute", "200"));
        var listening = new CountDownLatch(1);
        ear = gateway.bean(InstanceQueue.class)
                .subscribe(RefusedWritesIT::hear, listening::countDown, Fact.AUDIT_RECORDED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
        List.of("ann", "bob", "cat").forEach(name -> gateway.services().keys.put(name + "@acme.org", "first"));
    }

    @AfterAll
    static void stop() {
        ear.stop();
        gateway.close();
    }

    private static void hear(DomainEvent event) {
        JsonNode entries = JSON.valueToTree(event.payload().get("entries"));
        entries.forEach(entry -> told.add(JSON.treeToValue(entry, AuditEntry.class)));
    }

    private static HttpResponse<String> ask(String method, String path, String type, String body, String request)
            throws Exception {
        return gateway.send(gateway.request(path)
                .header("Authorization", basic("ann@acme.org", "first"))
                .header("Content-Type", type)
                .header("X-Request-Id", request)
                .method(method, BodyPublishers.ofString(body)));
    }

    private static AuditEntry entryOf(String request) {
        await().until(() -> told.stream().anyMatch(entry -> request.equals(entry.requestId())));
        return told.stream()
                .filter(entry -> request.equals(entry.requestId()))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(String request) {
        var entry = entryOf(request);
        return entry.action() + " " + entry.outcome().wire() + " " + entry.status() + " " + entry.objectId();
    }

    @Test
    void whatItRefusesItselfIsToldWithWhatIsKnown() throws Exception {
        ask("PATCH", FLOW, "text/plain", "secret-4711", "a-415");
        ask("PATCH", FLOW, "application/json", "{secret-4711", "a-400");
        ask("PUT", FLOW, "application/json", "{}", "a-405");
        ask("DELETE", "/v2/audit", "application/json", "", "a-405-of-a-list");
        ask("PATCH", "/v2/contracts/" + ID + "/members/" + ID, "text/plain", "{}", "a-place");
        ask("PUT", "/v2/quotas/" + QUOTA, "text/plain", "{}", "a-quota");
        ask("POST", FLOW, "application/json", "{}", "a-405-of-one");
        ask("PUT", "/v2/invites/" + TOKEN + "/accept", "application/json", "{}", "a-token");

        assertThat(outcome("a-415")).isEqualTo("flow.update refused 415 " + ID);
        assertThat(outcome("a-400")).isEqualTo("flow.update refused 400 " + ID);
        assertThat(outcome("a-405")).isEqualTo("flow.replace refused 405 " + ID);
        assertThat(outcome("a-405-of-a-list")).isEqualTo("audit.delete refused 405 null");
        assertThat(outcome("a-405-of-one")).isEqualTo("flow.create refused 405 " + ID);
        assertThat(outcome("a-quota")).isEqualTo("quota.replace refused 415 " + QUOTA);
        assertThat(entryOf("a-quota").place().contractId()).isEqualTo(ID);
        assertThat(outcome("a-place")).isEqualTo("contract-member.update refused 415 " + ID);
        assertThat(entryOf("a-place").place().contractId()).isEqualTo(ID);
        assertThat(outcome("a-token")).isEqualTo("invite.replace refused 405 null");
        var entry = entryOf("a-415");
        assertThat(entry.actor().type()).isEqualTo("user");
        assertThat(entry.actor().id()).isEqualTo("ann@acme.org");
        assertThat(entry.place().tenantId()).isEqualTo("t");
        assertThat(entry.ip()).isEqualTo("127.0.0.1");
        assertThat(entry.presumed()).isFalse();
        assertThat(told.toString()).doesNotContain("secret-4711", TOKEN);
    }

    /** The service may have done it and lost the connection; what it tells itself counts. */
    @Test
    void whatNoServiceAnsweredIsPresumedToHaveFailed() throws Exception {
        assertThat(ask("DELETE", "/v2/teams/" + ID, "application/json", "", "b-503")
                        .statusCode())
                .isEqualTo(503);

        assertThat(outcome("b-503")).isEqualTo("team.delete failed 503 " + ID);
        assertThat(entryOf("b-503").presumed()).isTrue();
    }

    @Test
    void strangersUnknownPathsAndReadsHaveNoEntry() throws Exception {
        gateway.send(gateway.request(FLOW)
                .header("Authorization", basic("ann@acme.org", "wrong"))
                .header("X-Request-Id", "c-401")
                .DELETE());
        gateway.send(gateway.request("/v2/invites/" + TOKEN + "/accept")
                .header("Content-Type", "text/plain")
                .header("X-Request-Id", "c-guest")
                .POST(BodyPublishers.ofString("x")));
        ask("POST", "/v2/nothing", "application/json", "{}", "c-404");
        ask("POST", "/v2/lookups", "application/json", "{}", "c-410");
        gateway.send(gateway.request("/v2/flows")
                .header("Authorization", basic("ann@acme.org", "first"))
                .header("Accept", "text/html")
                .header("X-Request-Id", "c-406"));
        ask("PATCH", FLOW, "application/json", "{}", "c-200");
        // Entries are told in the order in which they come to be.
        ask("PATCH", FLOW, "text/plain", "x", "c-last");

        entryOf("c-last");

        assertThat(told)
                .extracting(AuditEntry::requestId)
                .doesNotContain("c-401", "c-guest", "c-404", "c-410", "c-406", "c-200");
    }

    @Test
    void whoAsksTooOftenIsToldOf() throws Exception {
        var status = 0;
        var calls = 0;
        while (status != 429 && calls < 2000) {
            calls++;
            status = gateway.send(gateway.request(FLOW)
                            .header("Authorization", basic("bob@acme.org", "first"))
                            .header("X-Request-Id", "d-" + calls)
                            .DELETE())
                    .statusCode();
        }

        assertThat(entryOf("d-" + calls).outcome()).isEqualTo(AuditOutcome.REFUSED);
        assertThat(entryOf("d-" + calls).status()).isEqualTo(429);
    }

    @Test
    void whoDoesNotStopAskingTooOftenIsToldOfOnceASecond() throws Exception {
        gateway.services().keys.put("dan@acme.org", "first");
        var begin = System.nanoTime();
        var refused = 0;
        for (var calls = 0; refused < 200 && calls < 2000; calls++) {
            var status = gateway.send(gateway.request(FLOW)
                            .header("Authorization", basic("dan@acme.org", "first"))
                            .DELETE())
                    .statusCode();
            refused += status == 429 ? 1 : 0;
        }
        var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        // Entries are told in the order in which they come to be.
        ask("PATCH", FLOW, "text/plain", "x", "e-last");
        entryOf("e-last");

        assertThat(refused).isEqualTo(200);
        assertThat(told.stream().filter(entry -> entry.actor().id().equals("dan@acme.org")))
                .hasSizeBetween(60, 62 + (int) seconds)
                .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(429));
    }

    @Test
    void servicesHearTheClientsAddressAndTheEntrysIdentifierFromTheGatewayAlone() throws Exception {
        var answer = gateway.send(gateway.request(FLOW)
                .header("Authorization", basic("ann@acme.org", "first"))
                .header("Content-Type", "application/json")
                .header(AuditHeaders.IP, "10.9.9.9")
                .header(AuditHeaders.ENTRY, "forged")
                .method("PATCH", BodyPublishers.ofString("{}")));

        var headers = JSON.readTree(answer.body()).path("headers");
        assertThat(headers.path("x-weft-client-ip").asString()).isEqualTo("127.0.0.1");
        assertThat(headers.path("x-weft-audit-entry").asString()).matches("[0-9a-f]{24}");
    }

    @Test
    void aBrokerThatIsAwayHoldsNoRefusalBack() throws Exception {
        try (var alone = new RunningGateway(new PlayedServices(), "amqp://127.0.0.1:1")) {
            alone.services().keys.put("cat@acme.org", "first");
            for (var n = 0; n < 50; n++) {
                var answer = alone.send(alone.request(FLOW)
                        .header("Authorization", basic("cat@acme.org", "first"))
                        .header("Content-Type", "text/plain")
                        .method("PATCH", BodyPublishers.ofString("x")));
                assertThat(answer.statusCode()).isEqualTo(415);
            }
        }
    }
}
