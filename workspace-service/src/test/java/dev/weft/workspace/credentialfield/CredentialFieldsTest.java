package dev.weft.workspace.credentialfield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CredentialFieldsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final CredentialFields fields = CredentialFields.of(JSON.readTree("""
            {"credentials": {"fields": {
              "host": {"viewClass": "TextFieldView", "required": true},
              "password": {"viewClass": "PasswordFieldView"},
              "tls": {"viewClass": "CheckBoxView"},
              "mode": {"viewClass": "SelectView", "model": {"fast": "Fast", "slow": "Slow"}},
              "tags": {"viewClass": "MultiSelectView", "model": {"a": "A", "b": "B"}},
              "oauth": {"viewClass": "OAuthFieldView"},
              "with/slash": {"viewClass": "TextFieldView"},
              "auth": {"viewClass": "WebhookAuthView"}}}}
            """));

    @Test
    void everyValueOfAWrongKindIsReported() {
        var faults = faults("""
                {"host": 5, "password": 1, "tls": "yes", "mode": "turbo", "tags": ["a", "z"], "oauth": "token",
                 "with/slash": 7}
                """);

        assertThat(faults)
                .extracting(Problem::source)
                .extracting(ProblemSource::name)
                .containsExactlyInAnyOrder(
                        "keys/host",
                        "keys/password",
                        "keys/tls",
                        "keys/mode",
                        "keys/tags",
                        "keys/oauth",
                        "keys/with~1slash");
    }

    @Test
    void missingFieldsAndUndeclaredOnesAreNoFault() {
        assertThat(faults("""
                {"tls": true, "mode": "fast", "tags": ["a", "b"], "oauth": {"access_token": "t"}, "more": {"x": 1}}
                """)).isEmpty();
    }

    @Test
    void aWebhookSaysHowItRecognisesItsCallers() {
        assertThat(faults("{\"auth\": {\"type\": \"no_auth\"}}")).isEmpty();
        assertThat(faults("{\"auth\": {\"type\": \"basic\", \"username\": \"u\", \"password\": \"p\"}}"))
                .isEmpty();
        assertThat(faults("{\"auth\": {\"type\": \"hmac\", \"hmacSecret\": \"s\"}}"))
                .isEmpty();
        assertThat(faults("{\"auth\": {\"type\": \"basic\", \"username\": \"u\"}}"))
                .hasSize(1);
        assertThat(faults("{\"auth\": {\"type\": \"trust\"}}")).hasSize(1);
        assertThat(faults("{\"auth\": \"none\"}")).hasSize(1);
    }

    @Test
    void whatAFlowCanNotRunWithoutIsToldBeforeItsStart() {
        assertThat(fields.lackedBy(keys("{}"))).containsExactly("host is missing.", "auth is missing.");
        assertThat(fields.lackedBy(keys("{\"host\": \"h\", \"auht\": {\"type\": \"no_auth\"}}")))
                .containsExactly("auth is missing.");
        assertThat(fields.lackedBy(keys("{\"host\": \"h\", \"auth\": {\"type\": \"basic\", \"username\": \"u\"}}")))
                .containsExactly("auth must have a text password.");
        assertThat(fields.lackedBy(keys("{\"host\": \"h\", \"auth\": {\"type\": \"no_auth\"}}")))
                .isEmpty();
        assertThat(CredentialFields.none().lackedBy(keys("{}"))).isEmpty();
    }

    @Test
    void secretsAndUndeclaredKeysAreMasked() {
        var masked = fields.mask(keys("""
                {"host": "h", "password": "p", "tls": true, "oauth": {"access_token": "t"}, "more": {"x": 1},
                 "auth": {"type": "api_key", "headerName": "X-Key", "headerValue": "v"}}
                """));

        assertThat(masked.values()).isEqualTo(JSON.readTree("""
                {"host": "h", "password": "******", "tls": true, "oauth": "******", "more": "******",
                 "auth": {"type": "api_key", "headerName": "X-Key", "headerValue": "******"}}
                """));
    }

    @Test
    void aMaskSentBackKeepsTheStoredValue() {
        var stored = keys("""
                {"host": "h", "password": "p", "oauth": {"access_token": "t"},
                 "auth": {"type": "hmac", "hmacSecret": "s", "headerName": "X-Old"}}
                """);

        var whole = fields.restore(keys("""
                {"host": "******", "password": "******", "oauth": "******",
                 "auth": {"type": "hmac", "hmacSecret": "******", "headerName": "X-New"}}
                """), stored);

        assertThat(whole.values()).isEqualTo(JSON.readTree("""
                {"host": "******", "password": "p", "oauth": {"access_token": "t"},
                 "auth": {"type": "hmac", "hmacSecret": "s", "headerName": "X-New"}}
                """));
    }

    private static String aKeyOf(int length) {
        return "{\"a\":\"" + "x".repeat(length) + "\"}";
    }

    @Test
    void keysMayHave64KiB() {
        assertThat(faults(aKeyOf(65_536 - 8))).isEmpty();

        assertThat(faults(aKeyOf(65_536 - 7)))
                .extracting(Problem::source)
                .extracting(ProblemSource::name)
                .containsExactly("keys");
    }

    @Test
    void storedValuesThatMasksStandForCountToo() {
        var sent = keys("{\"a\":\"******\",\"b\":\"" + "x".repeat(40_000) + "\"}");

        var complete = CredentialFields.none().restore(sent, keys(aKeyOf(40_000)));

        assertThat(faults(complete.values().toString())).hasSize(1);
    }

    @Test
    void theTextOfKeysShowsNoValue() {
        assertThat(keys("{\"password\": \"hidden\"}")).asString().doesNotContain("hidden");
    }

    private List<Problem> faults(String json) {
        try {
            fields.require(keys(json));
            return List.of();
        } catch (ProblemException refusal) {
            return refusal.problems();
        }
    }

    private static CredentialKeys keys(String json) {
        return new CredentialKeys((ObjectNode) JSON.readTree(json));
    }
}
