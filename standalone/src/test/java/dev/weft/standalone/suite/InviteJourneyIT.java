package dev.weft.standalone.suite;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who is no user yet comes in by an invite: from the mail to the first request of his own. */
@ExtendWith(LogsOfFailure.class)
class InviteJourneyIT {

    private static final Pattern TOKEN = Pattern.compile("/console/invites/([A-Za-z0-9_-]+)");

    private static Topology topology;
    private static Api api;

    @BeforeAll
    static void connect() {
        topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
    }

    @Test
    void aStrangerBecomesAUserAndAMemberAndLogsIn() {
        var workspace = api.workspace();
        var contract = api.get("/v2/workspaces/" + workspace)
                .data()
                .at("/relationships/contract/data/id")
                .stringValue();
        var email = "invited-" + UUID.randomUUID() + "@example.com";
        var wish = Map.of(
                "email",
                email,
                "roles",
                List.of("member"),
                "workspace_id",
                workspace,
                "workspace_roles",
                List.of("guest"));
        var invites = "/v2/contracts/" + contract + "/invites";
        var invited = api.post(invites, document("contract-invite", wish));
        assertThat(invited.status()).isEqualTo(201);
        assertThat(api.post(invites, document("contract-invite", wish)).code()).isEqualTo("already-exists");
        var token = token(email);
        var accept = "/v2/invites/" + token + "/accept";

        var weak = api.postAsNobody(accept, document("user", newcomer("secret")));
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.pointer()).isEqualTo("/data/attributes/password");
        var accepted = api.postAsNobody(accept, document("user", newcomer("Secret-123!")));

        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(accepted.data().at("/attributes/email").asString()).isEqualTo(email);
        assertThat(api.postAsNobody(accept, document("user", newcomer("Secret-123!")))
                        .status())
                .isEqualTo(404);
        var key = new Api(topology.gateway(1), email, "Secret-123!")
                .post("/v2/users/me/generate-api-key", "")
                .data()
                .at("/attributes/api_key")
                .stringValue();
        var newcomer = new Api(topology.gateway(1), email, key);
        assertThat(newcomer.get("/v2/contracts/" + contract).status()).isEqualTo(200);
        assertThat(newcomer.get("/v2/flows?workspace_id=" + workspace).status()).isEqualTo(200);
        var joined = accepted.data().path("id").stringValue();
        Awaitility.await("the entry of who joined, in the audit trail")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    var acceptances = "/v2/audit?action=invite.accept&object_id="
                            + invited.data().path("id").stringValue();
                    var told = api.get(acceptances).data();
                    assertThat(told.findValuesAsString("status"))
                            .as("also of who was no user yet, and of the token when it was spent")
                            .containsExactly("404", "200", "400");
                    assertThat(told.toString()).doesNotContain(token);
                    assertThat(api.get(acceptances + "&outcome=succeeded")
                                    .data()
                                    .findValuesAsString("actor_id"))
                            .containsExactly(joined);
                });
        // So that other journeys find the members they know.
        assertThat(api.delete("/v2/contracts/" + contract + "/members/" + joined)
                        .status())
                .isEqualTo(204);
    }

    private static Map<String, Object> newcomer(String password) {
        return Map.of("first_name", "New", "last_name", "Comer", "password", password);
    }

    private static Map<String, Object> document(String type, Map<String, Object> attributes) {
        return Map.of("data", Map.of("type", type, "attributes", attributes));
    }

    private static String token(String email) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> find(email), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> find(String email) {
        if (!Files.isDirectory(topology.mail())) {
            return Optional.empty();
        }
        try (var files = Files.list(topology.mail())) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .map(InviteJourneyIT::read)
                    .filter(mail -> mail.startsWith(email))
                    .map(TOKEN::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address, and the text. */
    private static String read(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            var mail = new MimeMessage(Session.getInstance(new Properties()), bytes);
            var part = mail.getContent();
            while (part instanceof MimeMultipart parts) {
                part = parts.getBodyPart(0).getContent();
            }
            return mail.getAllRecipients()[0] + " " + part;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
