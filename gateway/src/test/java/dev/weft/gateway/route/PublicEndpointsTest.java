package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.audit.AuditActions;
import dev.weft.gateway.route.PublicEndpoints.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicEndpointsTest {

    private final PublicEndpoints endpoints = PublicEndpoints.ofTable();

    @Test
    void findsEveryLineOfTheTable() {
        for (var endpoint : endpoints.all()) {
            var path = endpoint.path().replaceAll("\\{[a-z]+}", "5abbb9d4bc984b000739761a");

            assertThat(endpoints.find(endpoint.method(), path)).isEqualTo(new PathMatch.Found(endpoint));
        }
    }

    @Test
    void prefersALiteralSegmentToAVariableOne() {
        assertThat(path("GET", "/v2/users/me")).isEqualTo("/v2/users/me");
        assertThat(path("GET", "/v2/users/5abbb9d4bc984b000739761a")).isEqualTo("/v2/users/{user}");
        assertThat(path("GET", "/v2/components/all")).isEqualTo("/v2/components/all");
    }

    @Test
    void triesTheVariableWhenNothingIsBelowTheLiteral() {
        var small = new PublicEndpoints("GET /a/me identity\nGET /a/{x}/b identity");

        assertThat(small.find("GET", "/a/me/b")).isInstanceOf(PathMatch.Found.class);
    }

    @Test
    void takesHeadForGet() {
        assertThat(path("HEAD", "/v2/flows")).isEqualTo("/v2/flows");
    }

    @Test
    void namesTheMethodsThatArePossible() {
        assertThat(endpoints.find("PUT", "/v2/flows/5abbb9d4bc984b000739761a"))
                .isEqualTo(new PathMatch.OtherMethods("DELETE, GET, HEAD, PATCH"));
        assertThat(endpoints.find("GET", "/v2/flows/5abbb9d4bc984b000739761a/start"))
                .isEqualTo(new PathMatch.OtherMethods("POST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/accounts", "/v2/organizations/1/x", "/v1/tasks/7", "/v1/repos"})
    void tellsWhatIsGone(String path) {
        assertThat(endpoints.find("GET", path)).isInstanceOf(PathMatch.Retired.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v2",
                "/v2/nothing",
                "/v2/flows/a/b/c",
                "/V2/flows",
                "//v2/flows",
                "/v2//flows",
                "/v2/flows/..",
                "/v2/flows/.",
                "/v2/flows/%2e%2e",
                "/v2/flows/a%2fb",
                "/v2/flows/a;b=c",
                "/v2/flows/a\\b",
                "/internal/doors/5abbb9d4bc984b000739761a",
                "/v2/../internal/doors"
            })
    void knowsNoOtherPath(String path) {
        assertThat(endpoints.find("GET", path)).isInstanceOf(PathMatch.Unknown.class);
    }

    /** On the machine of an installation its own port is one of those that a code may be sent to (identity-service). */
    @Test
    void nothingIsWhereCodesOfTheCommandLineGo() {
        for (var method : new String[] {"GET", "POST"}) {
            assertThat(endpoints.find(method, "/callback")).isInstanceOf(PathMatch.Unknown.class);
        }
    }

    @Test
    void acceptsThePasswordAtTwoPlaces() {
        assertThat(endpoints.all().stream()
                        .filter(Endpoint::acceptsPassword)
                        .map(endpoint -> endpoint.method() + " " + endpoint.path()))
                .containsExactly("GET /v2/users/me", "POST /v2/users/me/generate-api-key");
    }

    @Test
    void asksNobodyWhoHeIsAtOnePlace() {
        assertThat(endpoints.all().stream()
                        .filter(Endpoint::isAnonymous)
                        .map(endpoint -> endpoint.method() + " " + endpoint.path()))
                .containsExactly("POST /v2/invites/{token}/accept");
    }

    @Test
    void answersWithAFileAtOnePlace() {
        assertThat(endpoints.all().stream().filter(Endpoint::isFile).map(Endpoint::path))
                .containsExactly("/v2/executions/{execution}/attachments/{attachment}");
    }

    /** A new endpoint that writes needs a row in common's {@code actions.txt}: it names the entries of the audit trail. */
    @Test
    void everyEndpointThatWritesHasAnActionForTheAuditTrail() {
        var actions = AuditActions.ofTable();

        assertThat(endpoints.all().stream()
                        .filter(endpoint -> AuditActions.isWriting(endpoint.method()))
                        .filter(endpoint ->
                                actions.find(endpoint.method(), endpoint.path()).isEmpty()))
                .isEmpty();
    }

    private String path(String method, String path) {
        return endpoints.find(method, path) instanceof PathMatch.Found(var endpoint) ? endpoint.path() : "none";
    }
}
