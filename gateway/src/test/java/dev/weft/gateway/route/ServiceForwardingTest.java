package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.SecurityHeaders;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.limit.BodyBudget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What a caller who takes his answer slowly, or not at all, may keep. */
class ServiceForwardingTest {

    private static final int LONG = 1_000_000;

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v2/flows");
    private PlayedServices services;
    private BackendClient client;
    private ServiceForwarding forwarding;

    @BeforeEach
    void start() throws IOException {
        services = new PlayedServices();
        client = new BackendClient(new BackendTargets(Map.of(Backend.FLOW, services.url())));
        forwarding = new ServiceForwarding(client, new SecurityHeaders(false, new WebhookHost("")));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        services.close();
    }

    @Test
    void aCallerWhoHasNotReadHisAnswerKeepsNoConnectionToTheService() throws Exception {
        for (var length : new int[] {10, BodyBudget.SMALL, LONG}) {
            var answer = answer(length);
            assertThat(client.leased()).isZero();

            var written = new MockHttpServletResponse();
            answer.writeTo(request, written, List::of);

            // The services of this test answer with what they were asked.
            assertThat(written.getContentAsString()).contains("x".repeat(length));
            assertThat(client.leased()).isZero();
        }
    }

    @Test
    void aLongAnswerTakesOfItsCallersShareOfTheMemory() throws Exception {
        var budget = new BodyBudget(100_000_000);
        try (var _ = budget.open(request)) {
            answer(100);
            assertThat(budget.used()).isZero();

            answer(LONG);
            assertThat(budget.used()).isGreaterThanOrEqualTo(LONG - BodyBudget.SMALL);
        }
        assertThat(budget.used()).isZero();

        request.setMethod("GET");
        try (var _ = new BodyBudget(LONG).open(request)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> answer(LONG))
                    .satisfies(e -> assertThat(e.first().code().status()).isEqualTo(503));
        }
        assertThat(client.leased()).isZero();
    }

    /** "Come again" would have him make the change a second time. */
    @Test
    void whoHasMadeAChangeIsToldSoThoughThereIsNoMemoryForTheAnswer() throws Exception {
        for (var method : List.of("POST", "PUT", "PATCH")) {
            var budget = new BodyBudget(LONG);
            request.setMethod(method);
            request.addHeader("X-Status", "201");
            try (var other = budget.open(new MockHttpServletRequest());
                    var _ = budget.open(request)) {
                other.take(LONG / 2);
                var answer = answer(LONG);
                var used = budget.used();
                var written = new MockHttpServletResponse();
                answer.writeTo(request, written, List::of);

                assertThat(written.getStatus()).isEqualTo(201);
                assertThat(written.getContentAsString()).contains("x".repeat(LONG));
                assertThat(used).as("what could not be had is not kept").isEqualTo(LONG / 2);
            }
            assertThat(budget.used()).isZero();
            assertThat(client.leased()).isZero();
            assertThat(client.clients()).isZero();
        }
    }

    @Test
    void aCallerGivesItsPlaceAmongTheConnectionsBackHoweverTheCallEnds() throws Exception {
        answer(LONG);
        assertThat(client.clients()).isZero();

        // Too long to be taken whole: the connection is kept until the answer is written.
        var answer = answer(9_000_000);
        assertThat(client.leased()).isOne();
        assertThat(client.clients()).isOne();
        answer.writeTo(request, new MockHttpServletResponse(), List::of);
        assertThat(client.leased()).isZero();
        assertThat(client.clients()).isZero();

        assertThatIllegalStateException()
                .as("no such service")
                .isThrownBy(() -> forwarding.to(Backend.IDENTITY).handle(ServerRequest.create(request, List.of())));
        request.setMethod("GET");
        try (var _ = new BodyBudget(LONG).open(request)) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> answer(LONG));
        }
        assertThat(client.clients()).isZero();
    }

    @Test
    void thatAllConnectionsAreInUseIsNoFailureOfTheService() throws Exception {
        try (var few =
                new BackendClient(new BackendTargets(Map.of(Backend.FLOW, services.url())), 4, Duration.ofMillis(5))) {
            var held = new ArrayList<ClassicHttpResponse>();
            for (var n = 0; n < 4; n++) {
                held.add(few.send(Backend.FLOW, new HttpUriRequestBase("GET", URI.create("/slow"))));
            }

            for (var n = 0; n < 50; n++) {
                assertThatExceptionOfType(ProblemException.class)
                        .isThrownBy(() -> few.send(Backend.FLOW, new HttpUriRequestBase("GET", URI.create("/x"))))
                        .satisfies(refusal -> {
                            assertThat(refusal.first().code().status()).isEqualTo(503);
                            assertThat(refusal.first().meta()).containsEntry("retry_after", 1L);
                        });
            }

            for (var response : held) {
                response.close();
            }
            try (var response = few.send(Backend.FLOW, new HttpUriRequestBase("GET", URI.create("/x")))) {
                assertThat(response.getCode()).isEqualTo(200);
            }
        }
    }

    private ServerResponse answer(int length) throws Exception {
        var body = "x".repeat(length).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        new ServiceCall("/v2/flows", body, Map.of(), null, AnswerFamily.API).attach(request);
        return forwarding.to(Backend.FLOW).handle(ServerRequest.create(request, List.of()));
    }
}
