package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.access.Caller;
import dev.weft.common.outbox.Outbox.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class AuditedRequestTest {

    private static final String ID = "5abbb9d4bc984b000739761a";
    private static final String KEY = "mk_abcdefghijklmnopqrst-_";

    private static AuditedRequest request(String method, String pattern, String path, Optional<Caller> caller) {
        var action = AuditActions.ofTable().of(method, pattern);
        return new AuditedRequest(ID, Instant.EPOCH, action, new MockHttpServletRequest(method, path), caller);
    }

    private static AuditedRequest byUser(String method, String pattern, String path) {
        var user = new Caller(Caller.Kind.USER, ID, ID, "ann@example.com", List.of(), "Bearer x");
        return request(method, pattern, path, Optional.of(user));
    }

    @Test
    void aSecretThatIsMadeIsShownByTheAnswerAndChangedByNobody() {
        var path = "/v2/contracts/" + ID + "/machine-keys";
        var made = byUser("POST", "/v2/contracts/{contract}/machine-keys", path);
        made.sent(Set.of("name", "role", "secret", "access_key", "organization_id"), null);

        var entry =
                made.ended(201, KEY, Set.of("name", "role", "secret", "access_key", "organization_id", "expires_at"));

        assertThat(entry.changed()).containsExactly("name", "role");
        assertThat(entry.objectId()).isEqualTo(KEY);
        assertThat(entry.place()).isEqualTo(new Place(ID, ID, null));
    }

    @Test
    void aSecretThatIsSentCountsThoughNoAnswerShowsIt() {
        var path = "/v2/tenants/" + ID + "/oauth-clients/" + ID;
        var changed = byUser("PATCH", "/v2/tenants/{tenant}/oauth-clients/{id}", path);
        changed.sent(Set.of("client_secret", "unknown"), null);

        var entry = changed.ended(200, ID, Set.of("client_id", "created_at", "updated_at"));

        assertThat(entry.changed()).containsExactly("client_secret");
    }

    @Test
    void ofAQuotaTheLimitIsChanged() {
        var path = "/v2/quotas/per_contract_user_count_limit/" + ID + "." + ID;
        var set = byUser("PUT", "/v2/quotas/{type}/{context}", path);
        set.sent(Set.of("limit", "quota_type", "context"), null);

        assertThat(set.ended(200, "q", Set.of("limit", "quota_type", "context")).changed())
                .containsExactly("limit");
    }

    /** Who is refused changes nothing, and yet somebody may ask who wanted to. */
    @Test
    void ofARefusedQuotaTheEntryNamesTheQuotaAndItsPlace() {
        var other = "5abbb9d4bc984b000739761b";
        var quota = "per_contract_user_count_limit/" + ID + "." + other;
        var refused = byUser("PUT", "/v2/quotas/{type}/{context}", "/v2/quotas/" + quota);

        var entry = refused.ended(403, null, Set.of());

        assertThat(entry.objectId()).isEqualTo(quota);
        assertThat(entry.place()).isEqualTo(new Place(ID, other, null));
        assertThat(byUser("PUT", "/v2/quotas/{type}/{context}", "/v2/quotas/" + quota)
                        .ended(404, null, Set.of())
                        .place())
                .as("nobody has found it to be there")
                .isEqualTo(new Place(ID, null, null));
    }

    @Test
    void ofASetQuotaTheEntryNamesItAsTheAnswerDoes() {
        var path = "/v2/quotas/per_contract_user_count_limit/" + ID + ".ANY.ANY";
        var set = byUser("PUT", "/v2/quotas/{type}/{context}", path);

        assertThat(set.ended(200, "q", Set.of()).objectId()).isEqualTo("q");
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
        assertThat(entry.objectId())
                .as("the invite, not the member that it made")
                .isEqualTo(ID);
        assertThat(entry.changed()).containsExactly("password");
        assertThat(entry.toString()).doesNotContain(token);
    }
}
