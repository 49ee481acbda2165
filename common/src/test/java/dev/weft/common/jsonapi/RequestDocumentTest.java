package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.util.List;
import java.util.Objects;
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

    private static String pointer(ThrowingCallable call) {
        return pointerOf(refusal(call));
    }

    /** As the wire shows it. */
    private static String pointerOf(Problem problem) {
        var source = ErrorDocument.of(List.of(problem)).errors().getFirst().source();
        return Objects.requireNonNull(source).get("pointer");
    }

    @Test
    void refusesADocumentWithoutData() {
        assertThat(pointer(() -> flow("{\"meta\":{}}"))).isEqualTo("/data");
        assertThat(pointer(() -> RequestDocument.of(null, "flow"))).isEqualTo("/data");
    }

    @Test
    void refusesAttributesThatAreNoObject() {
        var refusal = refusal(() -> flow("{\"data\":{\"type\":\"flow\",\"attributes\":\"x\"}}"));

        assertThat(pointerOf(refusal)).isEqualTo("/data/attributes");
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
        assertThat(pointer(() -> RequestDocument.untyped(json.readTree("{\"data\":{\"type\":1}}"), "flow")))
                .isEqualTo("/data/type");
    }

    @Test
    void reportsConflictsOnlyWhenTheValuesAreRight() {
        var text = "{\"data\":{\"type\":\"workspace\",\"id\":\"" + ID + "\",\"attributes\":{\"name\":1}}}";
        var wrong = flow(text).forId("0".repeat(24), true).fields();
        wrong.text("name", 1, 10);
        var unread = flow(text).forId("0".repeat(24), true).fields();

        assertThat(pointer(wrong::orThrow)).isEqualTo("/data/attributes/name");
        assertThatThrownBy(unread::orThrow)
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
        assertThat(pointer(() -> flow("{\"data\":{\"type\":\"flow\"}}").forId(ID, true)))
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
        assertThat(document.related("user", "user")).isEmpty();
        assertThat(document.requireRelated("agent", "vpn-agent")).isEmpty();
        assertThat(document.requireRelated("component", "component")).isEmpty();
        assertThat(document.fields().faults().problems())
                .extracting(RequestDocumentTest::pointerOf)
                .containsExactly(
                        "/data/relationships/user", "/data/relationships/agent", "/data/relationships/component");
    }

    @Test
    void aNameThatTheClientChoseIsOnePartOfAPointer() {
        var fields = flow("{\"data\":{\"type\":\"flow\",\"attributes\":{\"a/b\":{\"~\":1}}}}")
                .fields();

        fields.flag("a/b");
        fields.fields("a/b").orElseThrow().flag("~");

        assertThat(fields.faults().problems())
                .extracting(RequestDocumentTest::pointerOf)
                .containsExactly("/data/attributes/a~1b", "/data/attributes/a~1b/~0");
    }

    private java.util.Optional<String> name(String text, int longest) {
        var quoted = new tools.jackson.databind.json.JsonMapper().writeValueAsString(text);
        var fields = flow("{\"data\":{\"type\":\"flow\",\"attributes\":{\"name\":" + quoted + "}}}")
                .fields();
        var read = fields.text("name", 1, longest);
        assertThat(fields.faults().isEmpty()).isEqualTo(read.isPresent());
        if (read.isEmpty()) {
            assertThat(fields.faults().problems())
                    .extracting(RequestDocumentTest::pointerOf)
                    .containsExactly("/data/attributes/name");
        }
        return read;
    }

    @Test
    void countsCodePointsOfAName() {
        assertThat(name("😀".repeat(128), 255)).contains("😀".repeat(128));
        assertThat(name("😀".repeat(255), 255)).isPresent();
        assertThat(name("😀".repeat(256), 255)).isEmpty();
        assertThat(name("a".repeat(256), 255)).isEmpty();
        assertThat(name("\u00a0" + "a".repeat(255) + " ", 255)).contains("a".repeat(255));
    }

    @Test
    void trimsWhatUnicodeCallsWhiteSpace() {
        assertThat(name(" \t\r\n\u0085\u00a0\u2003\u2028\u3000a b\u202f\u205f\n", 3))
                .contains("a b");
        assertThat(name("\u3000\u00a0", 3)).isEmpty();
    }

    @Test
    void aNameIsOneLine() {
        for (var control : "\n \r \0 \u0001 \u0007 \u001b \u007f \u0085 \u009b".split(" ", -1)) {
            assertThat(name("a" + control + "b", 255))
                    .as("U+%04x", (int) control.charAt(0))
                    .isEmpty();
        }
        assertThat(name("\0a", 255)).isEmpty();
        assertThat(name("a\tb", 255)).contains("a\tb");
    }

    @Test
    void aNameMayHaveMarksOfDirectionAndJoiners() {
        for (var name : new String[] {"\u200fשלום", "a\u202eb", "👩\u200d👩\u200d👧", "e\u0301"}) {
            assertThat(name(name, 255)).contains(name);
        }
    }

    @Test
    void halfOfACharacterIsNoText() {
        for (var half : new String[] {"\\ud83d", "\\ude00", "a\\ude00\\ud83d"}) {
            var fields = flow("{\"data\":{\"type\":\"flow\",\"attributes\":{\"name\":\"x" + half + "\"}}}")
                    .fields();
            assertThat(fields.text("name", 1, 255)).isEmpty();
            assertThat(fields.prose("name", 255)).isEmpty();
            assertThat(fields.faults().isEmpty()).isFalse();
        }
    }

    @Test
    void proseHasLines() {
        var fields = flow("{\"data\":{\"type\":\"flow\",\"attributes\":{\"text\":\"a\\nb\"}}}")
                .fields();

        assertThat(fields.prose("text", 3)).contains("a\nb");
        assertThat(fields.faults().isEmpty()).isTrue();
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
                                .extracting(RequestDocumentTest::pointerOf)
                                .containsExactly(
                                        "/data/attributes/name",
                                        "/data/attributes/type",
                                        "/data/attributes/on",
                                        "/data/attributes/gone"));
    }

    @Test
    void tellsAHundredFaultsInShortSentences() {
        var fields = flow("{\"data\":{\"type\":\"flow\"}}").fields();

        for (int i = 0; i < 1_000; i++) {
            fields.problem("x".repeat(10_000), "There is no " + "😀".repeat(10_000) + ".");
        }

        assertThat(fields.faults().problems()).hasSize(100).allSatisfy(fault -> {
            assertThat(fault.detail()).hasSizeLessThanOrEqualTo(1_000).endsWith("😀…");
            assertThat(pointerOf(fault)).hasSizeLessThanOrEqualTo(1_000);
        });
    }

    private Fields attributes(String attributes) {
        return flow("{\"data\":{\"type\":\"flow\",\"attributes\":" + attributes + "}}")
                .fields();
    }

    @Test
    void keepsObjectsThatComeBackAsTheyAre() {
        for (var kept : new String[] {"{}", "{\"a.b\":{\"$c\":[1,0.5,null,true,\"\\ud83d\\ude00\"]}}", "{\"\":1}"}) {
            assertThat(attributes("{\"x\":" + kept + "}").kept("x")).as(kept).isPresent();
        }
        for (var changed : new String[] {
            "{\"a\":\"\\ud800\"}",
            "{\"\\udc00\":1}",
            "{\"a\":[{\"b\":1e400}]}",
            "{\"a\":-1e400}",
            "{\"a\":" + "9".repeat(400) + "}"
        }) {
            var fields = attributes("{\"x\":" + changed + "}");
            assertThat(fields.kept("x")).as(changed).isEmpty();
            assertThat(pointer(fields::orThrow)).isEqualTo("/data/attributes/x");
        }
    }

    @Test
    void listsOfTextsHaveAnEnd() {
        assertThat(attributes("{\"x\":[\"a\",\"b\"]}").texts("x", 2, 1)).isPresent();
        for (var odd :
                new String[] {"[\"a\",\"b\",\"c\"]", "[\"ab\"]", "[\"\\ud800\"]", "[\" \"]", "[1]", "{}", "null"}) {
            var fields = attributes("{\"x\":" + odd + "}");
            assertThat(fields.texts("x", 2, 1)).as(odd).isEmpty();
            assertThat(pointer(fields::orThrow)).isEqualTo("/data/attributes/x");
        }
    }

    @Test
    void aRefusalThatQuotesHalfOfAPairCanBeWritten() {
        var refusal = Problem.invalid("\udc00", "The role \ud800 can not be given here, 😀 can.");

        assertThat(refusal.detail()).isEqualTo("The role \ufffd can not be given here, 😀 can.");
        assertThat(pointerOf(refusal)).isEqualTo("/data/attributes/\ufffd");
    }
}
