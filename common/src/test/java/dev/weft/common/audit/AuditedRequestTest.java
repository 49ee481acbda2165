package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.access.Caller;
import dev.weft.common.outbox.Outbox.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class AuditedRequestTest {

    private static final String ID = "5abbb9d4bc984b000739761a";

    private static AuditedRequest request(String method, String pattern, String path, Optional<Caller> caller) {
        var action = AuditActions.ofTable().of(method, pattern);
        return new AuditedRequest(ID, Instant.EPOCH, action, new MockHttpServletRequest(method, path), caller);
    }

    @Test
    void theTokenOfAnInviteIsInNoEntry() {
        var token = ID + "x".repeat(43);
        var accepted =
                request("POST", "/v2/invites/{token}/accept", "/v2/invites/" + token + "/accept", Optional.empty());
        assertThat(accepted.isOfNobody()).isTrue();
        assertThat(accepted.begun().toString()).doesNotContain(token);

        accepted.resolved(new AuditActor("user", ID, "ann@example.com"), new Place(ID, ID, null), ID);
        accepted.sent(Set.of("password"), null);
        var entry = accepted.ended(200, "5abbb9d4bc984b000739761b", Set.of("email", "roles"));

        assertThat(accepted.isOfNobody()).isFalse();
        assertThat(entry.action()).isEqualTo("invite.accept");
        assertThat(entry.objectId()).as("the invite, not the member that it made").isEqualTo(ID);
        assertThat(entry.changed()).containsExactly("password");
        assertThat(entry.toString()).doesNotContain(token);
    }
}
