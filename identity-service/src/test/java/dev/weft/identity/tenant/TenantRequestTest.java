package dev.weft.identity.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemSource;
import dev.weft.identity.tenantrecord.TenantChange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TenantRequestTest {

    private static final String ID = "5a0000000000000000000001";

    private static TenantChange change(String attributes) {
        var body = "{\"data\":{\"type\":\"tenant\",\"id\":\"" + ID + "\",\"attributes\":{" + attributes + "}}}";
        return new TenantRequest(new JsonMapper().readTree(body)).change(ID);
    }

    @Test
    void saysWhichUserIsToHelpAndLeavesItToTheUseCaseWhetherThereIsOne() {
        assertThat(change("\"support_user_id\":\"" + ID + "\"").supportUserId()).isEqualTo(ID);
        assertThat(change("\"name\":\"a\"").supportUserId()).isNull();
        assertThat(change("\"support_user_id\":\"x\"").faults().isEmpty()).isFalse();
    }

    @Test
    void namesEachFaultByWhereItIs() {
        var faults = change("\"name\":\"\",\"email_templates\":{\"a\":1,\"b\":\"text\"},"
                        + "\"feature_flags\":{\"enabled_totp\":1},\"hide_\":true,\"hide_a/b\":true")
                .faults();

        assertThat(faults.problems())
                .extracting(Problem::source)
                .extracting(ProblemSource::name)
                .containsExactlyInAnyOrder(
                        "name", "email_templates/a", "feature_flags/enabled_totp", "hide_", "hide_a~1b");
    }
}
