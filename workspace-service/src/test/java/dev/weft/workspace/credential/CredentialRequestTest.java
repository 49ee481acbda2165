package dev.weft.workspace.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.ProblemException;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialfield.CredentialKeys;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CredentialRequestTest {

    private static final String ID = "5a0000000000000000000001";
    private static final JsonMapper JSON = new JsonMapper();

    private static CredentialWish changeOf(String keys) {
        var body = JSON.readTree(
                "{\"data\":{\"type\":\"credential\",\"id\":\"" + ID + "\",\"attributes\":{\"keys\":" + keys + "}}}");
        return new CredentialRequest(body).change(ID);
    }

    private static String aKeyOf(int length) {
        return "{\"a\":\"" + "x".repeat(length) + "\"}";
    }

    private static CredentialKeys keys(String text) {
        return new CredentialKeys((ObjectNode) JSON.readTree(text));
    }

    private static void assertRefused(CredentialWish request, CredentialKeys complete) {
        assertThatThrownBy(() -> request.check(complete, CredentialFields.none()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().pointer()).isEqualTo("/data/attributes/keys"));
    }

    @Test
    void keysMayHave64KiB() {
        var most = aKeyOf(65_536 - 8);
        changeOf(most).check(keys(most), CredentialFields.none());

        var more = aKeyOf(65_536 - 7);
        assertRefused(changeOf(more), keys(more));
    }

    @Test
    void storedValuesThatMasksStandForCountToo() {
        var sent = changeOf("{\"a\":\"******\",\"b\":\"" + "x".repeat(40_000) + "\"}");

        var complete = CredentialFields.none().restore(sent.keys().orElseThrow(), keys(aKeyOf(40_000)));

        assertRefused(sent, complete);
    }
}
