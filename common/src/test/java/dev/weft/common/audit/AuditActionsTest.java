package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditActionsTest {

    private static final String ID = "5abbb9d4bc984b000739761a";
    private static final String OTHER = "5abbb9d4bc984b000739761b";

    private final AuditActions actions = AuditActions.ofTable();

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/flows, flow.create",
        "POST, /v2/flows/{id}/start, flow.start",
        "POST, /v2/flows/{anything}/draft/publish, flow.publish",
        "PATCH, /v2/contracts/{id}, contract.update",
        "DELETE, /v2/workspaces/{id}, workspace.delete",
        "PATCH, /v2/users/me, user.update",
        "PATCH, /v2/workspaces/{id}/members/support, workspace.grant-support",
        "DELETE, /v2/workspaces/{id}/members/support, workspace.revoke-support",
        "POST, /v2/invites/{token}/accept, invite.accept",
        "PUT, /v2/quotas/{type}/{context}, quota.replace",
        "PUT, /v2/tenants/{tenant}/mesh-account, mesh-account.replace",
        "PATCH, /v2/workspaces/{id}/members/{user}, member.update"
    })
    void namesWhatIsDoneWhateverTheVariablesAreCalled(String method, String pattern, String name) {
        assertThat(actions.find(method, pattern)).map(AuditAction::name).contains(name);
    }

    /** Methods that a path does not have, and endpoints that somebody forgot. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, /v2/audit, audit.delete",
        "PUT, /v2/flows/{id}, flow.replace",
        "PATCH, /v2/flows/{id}/start, flow.update",
        "POST, /v2/logs, log.create",
        "POST, /v2/new-things/{id}, new-thing.create"
    })
    void whatIsNotInTheTableHasANameToo(String method, String pattern, String name) {
        assertThat(actions.find(method, pattern)).isEmpty();
        assertThat(actions.of(method, pattern).name()).isEqualTo(name);
    }

    @Test
    void theObjectIsWhatThePathNamesLast() {
        var start = actions.of("POST", "/v2/flows/{flow}/start");
        var leave = actions.of("DELETE", "/v2/contracts/{contract}/members/{user}");
        var join = actions.of("POST", "/v2/contracts/{contract}/members");
        var me = actions.of("PATCH", "/v2/users/me");

        assertThat(start.objectIn("/v2/flows/" + ID + "/start", "a")).contains(ID);
        assertThat(leave.objectIn("/v2/contracts/" + ID + "/members/" + OTHER, "a"))
                .contains(OTHER);
        assertThat(leave.in("/v2/contracts/" + ID + "/members/" + OTHER, "contract"))
                .contains(ID);
        assertThat(join.objectIn("/v2/contracts/" + ID + "/members", "a"))
                .as("what is made is in the answer")
                .isEmpty();
        assertThat(me.objectIn("/v2/users/me", "a")).contains("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/flows/my-secret/start", "/v2/flows//start", "/v2", "/v2/flows"})
    void whatIsNoIdentifierIsNotWrittenDown(String path) {
        assertThat(actions.of("POST", "/v2/flows/{flow}/start").objectIn(path, "a"))
                .isEmpty();
    }

    @Test
    void theTokenOfAnInvitationIsNotWrittenDown() {
        var accept = actions.of("POST", "/v2/invites/{token}/accept");

        assertThat(accept.objectIn("/v2/invites/kq3vTn5dJ1_tB9xZ0aYw8cL4mRfEoUhS2gPiVbNjQzI/accept", "a"))
                .isEmpty();
        assertThat(accept.objectIn("/v2/invites/" + ID + "/accept", "a"))
                .as("whatever it looks like")
                .isEmpty();
    }

    @Test
    void theIdOfAMachineKeyIsNoSecret() {
        var revoke = actions.of("DELETE", "/v2/contracts/{contract}/machine-keys/{key}");
        var key = "mk_abcdefghijklmnopqrst-_";

        assertThat(revoke.objectIn("/v2/contracts/" + ID + "/machine-keys/" + key, "a"))
                .contains(key);
        assertThat(revoke.objectIn("/v2/contracts/" + ID + "/machine-keys/" + key + "x", "a"))
                .isEmpty();
    }

    @Test
    void aQuotaIsNamedByItsTypeAndItsPlaces() {
        var set = actions.of("PUT", "/v2/quotas/{type}/{context}");
        var quota = "per_workspace_flow_count_limit/" + ID + "." + OTHER + "." + ID;

        assertThat(set.objectIn("/v2/quotas/" + quota, "a")).contains(quota);
        assertThat(set.in("/v2/quotas/" + quota, "tenant")).contains(ID);
        assertThat(set.in("/v2/quotas/" + quota, "contract")).contains(OTHER);
        assertThat(set.in("/v2/quotas/" + quota, "workspace")).contains(ID);
        assertThat(set.in("/v2/quotas/per_tenant_flow_count_limit/" + ID + ".ANY", "contract"))
                .isEmpty();
        assertThat(set.objectIn("/v2/quotas/per_tenant_flow_count_limit/ANY", "a"))
                .isPresent();
        assertThat(AuditAction.isId(quota)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/quotas/secret/5abbb9d4bc984b000739761a",
                "/v2/quotas/per_tenant_flow_count_limit/secret",
                "/v2/quotas/per_tenant_flow_count_limit/5abbb9d4bc984b000739761a.secret",
                "/v2/quotas/per_tenant_flow_count_limit"
            })
    void whatIsNoQuotaIsNotWrittenDown(String path) {
        var set = actions.of("PUT", "/v2/quotas/{type}/{context}");

        assertThat(set.objectIn(path, "a")).isEmpty();
        assertThat(set.in(path, "tenant")).isEmpty();
    }

    /** A method that only the list has, asked for at one thing: nothing was to be made there. */
    @Test
    void theObjectOfACreationWhereNothingIsMadeIsWhatThePathNames() {
        assertThat(actions.of("POST", "/v2/flows/{flow}").objectIn("/v2/flows/" + ID, "a"))
                .contains(ID);
    }

    @Test
    void knowsWhatThereCanBe() {
        assertThat(actions.knows("flow.start")).isTrue();
        assertThat(actions.knows("credential.read")).isTrue();
        assertThat(actions.knows("audit.delete")).isTrue();
        assertThat(actions.knows("flow.explode")).isFalse();
        assertThat(actions.knows("nonsense")).isFalse();
        assertThat(actions.knows("flow.create ")).isFalse();
    }
}
