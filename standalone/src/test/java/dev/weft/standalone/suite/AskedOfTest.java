package dev.weft.standalone.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AskedOfTest {

    @Test
    void everyPermissionIsUnderstood() {
        IsolationIT.asked()
                .forEach(operation -> assertThat(AskedOf.roles(operation))
                        .as(operation.method() + " " + operation.path())
                        .hasSize(DefaultRole.values().length));
    }

    @Test
    void everyVariableStandsForSomething() {
        IsolationIT.asked()
                .forEach(operation -> assertThat(StageRequests.VARIABLES)
                        .as(operation.method() + " " + operation.path())
                        .containsAll(operation.variables()));
    }

    @Test
    void whoIsLetIn() {
        assertThat(letIn("DELETE", "/v2/workspaces/{workspace}"))
                .containsExactlyInAnyOrder(
                        DefaultRole.CONTRACT_OWNER,
                        DefaultRole.CONTRACT_ADMIN,
                        DefaultRole.WORKSPACE_OWNER,
                        DefaultRole.WORKSPACE_ADMIN);
        assertThat(letIn("POST", "/v2/workspaces/{workspace}/invites")).isEmpty();
        assertThat(letIn("GET", "/v2/flows"))
                .containsExactlyInAnyOrder(
                        DefaultRole.WORKSPACE_OWNER,
                        DefaultRole.WORKSPACE_ADMIN,
                        DefaultRole.WORKSPACE_INTEGRATOR,
                        DefaultRole.WORKSPACE_GUEST);
        assertThat(letIn("POST", "/v2/flows/{flow}/start"))
                .containsExactlyInAnyOrder(
                        DefaultRole.WORKSPACE_OWNER, DefaultRole.WORKSPACE_ADMIN, DefaultRole.WORKSPACE_INTEGRATOR);
        assertThat(letIn("POST", "/v2/tenants")).isEmpty();
        assertThat(letIn("GET", "/v2/components/{component}")).hasSize(DefaultRole.values().length);
    }

    private static List<DefaultRole> letIn(String method, String path) {
        var roles = AskedOf.roles(DescribedApi.operations().stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst()
                .orElseThrow());
        return Arrays.stream(DefaultRole.values()).filter(roles::get).toList();
    }

    @Test
    void nothingIsLeftOutWithoutAReason() {
        assertThat(Stream.concat(IsolationIT.asked().stream(), IsolationIT.leftOut()))
                .hasSameSizeAs(DescribedApi.operations());
    }
}
