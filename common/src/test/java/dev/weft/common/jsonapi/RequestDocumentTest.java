package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RequestDocumentTest {

    private static final String ID = "5559edd38968ec0736000003";
    private final JsonMapper json = new JsonMapper();

    private RequestDocument flow(String text) {
        return RequestDocument.of(json.readTree(text), "flow");
    }

    private static Problem refusal(ThrowingCallable call) {
        var thrown = new ProblemException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
        return thrown[0].first();
    }

    @Test
    void refusesADocumentWithoutData() {
        assertThat(refusal(() -> flow("{\"meta\":{}}")).pointer()).isEqualTo("/data");
        assertThat(refusal(() -> RequestDocument.of(null, "flow")).pointer()).isEqualTo("/data");
    }

    @Test
    void refusesAttributesThatAreNoObject() {
        var refusal = refusal(() -> flow("{\"data\":{\"type\":\"flow\",\"attributes\":\"x\"}}"));

        assertThat(refusal.pointer()).isEqualTo("/data/attributes");
        assertThat(refusal.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
    }

    @Test
    void tellsAMissingTypeFromAWrongOne() {
        assertThat(refusal(() -> flow("{\"data\":{}}")).code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        var other = flow("{\"data\":{\"type\":\"workspace\"}}").fields();
        assertThat(refusal(other::orThrow).code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
    }

    @Test
    void takesAMissingTypeWhereTheContractDoes() {
        RequestDocument.untyped(json.readTree("{\"data\":{}}"), "flow").fields().orThrow();

        var other = RequestDocument.untyped(json.readTree("{\"data\":{\"type\":\"workspace\"}}"), "flow")
                .fields();
        assertThat(refusal(other::orThrow).code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
        assertThat(refusal(() -> RequestDocument.untyped(json.readTree("{\"data\":{\"type\":1}}"), "flow"))
                        .pointer())
                .isEqualTo("/data/type");
    }

    @Test
    void reportsConflictsOnlyWhenTheValuesAreRight() {
        var document = flow("{\"data\":{\"type\":\"workspace\",\"id\":\"" + ID + "\",\"attributes\":{\"name\":1}}}")
                .forId("0".repeat(24), true);
        var wrong = document.fields();
        wrong.text("name", 1, 10);

        assertThat(refusal(wrong::orThrow).pointer()).isEqualTo("/data/attributes/name");
        assertThatThrownBy(document.fields()::orThrow)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(Problem::code)
                                .containsExactly(ProblemCode.TYPE_MISMATCH, ProblemCode.ID_MISMATCH));
    }

    @Test
    void takesNoIdsOfClients() {
        var sent = "{\"data\":{\"type\":\"flow\",\"id\":\"" + ID + "\"}}";

        var unknown = flow(sent).withoutId(_ -> false).fields();
        var known = flow(sent).withoutId(ID::equals).fields();
        assertThat(refusal(unknown::orThrow).code()).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(refusal(known::orThrow).code()).isEqualTo(ProblemCode.ALREADY_EXISTS);
    }

    @Test
    void comparesTheIdWithThatOfTheUrl() {
        var document = flow("{\"data\":{\"type\":\"flow\",\"id\":\"" + ID + "\"}}");

        assertThat(document.forId(ID, true)).isSameAs(document);
        var elsewhere = document.forId("0".repeat(24), true).fields();
        assertThat(refusal(elsewhere::orThrow).code()).isEqualTo(ProblemCode.ID_MISMATCH);
        assertThat(refusal(() -> flow("{\"data\":{\"type\":\"flow\"}}").forId(ID, true))
                        .pointer())
                .isEqualTo("/data/id");
    }

    @Test
    void readsRelationshipsAndNamesTheirFaults() {
        var document = flow("{\"data\":{\"type\":\"flow\",\"relationships\":{"
                + "\"workspace\":{\"data\":{\"id\":\"" + ID + "\",\"type\":\"workspace\"}},"
                + "\"user\":{\"data\":{\"id\":\"x\"}},\"agent\":{\"data\":null}}}}");

        assertThat(document.related("workspace", "workspace")).contains(ID);
        assertThat(document.related("agent", "vpn-agent")).isEmpty();
        assertThat(document.related("workspace", "contract")).contains(ID);
        assertThat(refusal(document.fields()::orThrow).code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
        assertThat(refusal(() -> document.related("user", "user")).pointer()).isEqualTo("/data/relationships/user");
    }

    @Test
    void reportsAllFaultsOfTheFieldsAtOnce() {
        var fields = flow("{\"data\":{\"type\":\"flow\",\"attributes\":{\"name\":\" \",\"type\":\"fast\",\"on\":1}}}")
                .fields();
        fields.requiredText("name", 1, 255);
        fields.requiredWord("type", java.util.Set.of("ordinary"));
        fields.flag("on");
        fields.requiredText("gone", 1, 5);

        assertThatThrownBy(fields::orThrow)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(Problem::pointer)
                                .containsExactly(
                                        "/data/attributes/name",
                                        "/data/attributes/type",
                                        "/data/attributes/on",
                                        "/data/attributes/gone"));
    }
}
