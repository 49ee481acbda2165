package dev.weft.identity.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.ProblemSource.Kind;
import dev.weft.identity.userrecord.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UserRequestTest {

    private static final String ID = "5a0000000000000000000001";
    private static final String TENANT = "5a000000000000000000000a";
    private static final String OTHER = "5a000000000000000000000b";
    private static final User ADA =
            new User(ID, TENANT, "ada@example.com", "Ada", "Lovelace", "Engines", Instant.EPOCH, null);

    private static UserRequest request(String data) {
        return new UserRequest(new JsonMapper().readTree("{\"data\":{\"type\":\"user\"," + data + "}}"));
    }

    private static UserRequest attributes(String members) {
        return request("\"attributes\":{" + members + "}");
    }

    private static UserRequest ofTenant(String id) {
        return request("\"relationships\":{\"tenant\":{\"data\":{\"type\":\"tenant\",\"id\":\"" + id + "\"}}}");
    }

    private static Caller callerOf(@Nullable String tenant) {
        return new Caller(Caller.Kind.USER, ID, tenant, "Ada", List.of(), "Bearer none");
    }

    @Test
    void isAboutTheTenantItNamesElseAboutTheCallersOwn() {
        assertThat(attributes("").tenant(callerOf(TENANT))).isEqualTo(TENANT);
        assertThat(new UserRequest(null).tenant(callerOf(TENANT))).isEqualTo(TENANT);
        assertThat(ofTenant(OTHER).tenant(callerOf(TENANT))).isEqualTo(OTHER);
        assertThat(ofTenant(OTHER).tenant(callerOf(null))).isEqualTo(OTHER);
        assertThatThrownBy(() -> attributes("").tenant(callerOf(null)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().source())
                                .isEqualTo(new ProblemSource(Kind.REFERENCE, "tenant")));
    }

    @Test
    void leavesTheFaultsOfANewUserToTheUseCase() {
        var faults = attributes("\"email\":\"a\",\"first_name\":\"A\",\"company\":null")
                .creation(_ -> false)
                .faults();

        assertThat(faults.problems())
                .extracting(Problem::source)
                .extracting(ProblemSource::name)
                .containsExactlyInAnyOrder("email", "last_name", "password");
    }

    @Test
    void whatIsNotNamedStays() {
        assertThat(attributes("").change(ID).appliedTo(ADA)).isEqualTo(ADA);
        assertThat(attributes("\"first_name\":\"Augusta\"")
                        .change(ID)
                        .appliedTo(ADA)
                        .firstName())
                .isEqualTo("Augusta");
        assertThat(attributes("\"company\":null").change(ID).appliedTo(ADA).company())
                .isNull();
        assertThat(attributes("\"company\":\" \"").change(ID).appliedTo(ADA).company())
                .isNull();
    }

    @Test
    void aNewPasswordNeedsTheCurrentOne() {
        var both = attributes("\"password\":\"correct horse 1 A\",\"current_password\":\"old\"")
                .change(ID);

        assertThat(both.password()).isEqualTo(Optional.of("correct horse 1 A"));
        assertThat(both.currentPassword()).isEqualTo("old");
        assertThat(both.toString()).doesNotContain("horse", "old");
        assertThatThrownBy(
                        () -> attributes("\"password\":\"correct horse 1 A\"").change(ID))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().source())
                                .isEqualTo(new ProblemSource(Kind.VALUE, "current_password")));
    }
}
