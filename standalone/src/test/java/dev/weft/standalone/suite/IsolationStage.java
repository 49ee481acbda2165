package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.node;
import static dev.weft.standalone.suite.StageDocuments.document;
import static dev.weft.standalone.suite.StageDocuments.invite;
import static dev.weft.standalone.suite.StageDocuments.made;
import static dev.weft.standalone.suite.StageDocuments.member;
import static dev.weft.standalone.suite.StageDocuments.named;
import static dev.weft.standalone.suite.StageDocuments.publicKey;
import static dev.weft.standalone.suite.StageDocuments.reference;
import static dev.weft.standalone.suite.StageDocuments.unique;

import dev.weft.standalone.suite.DescribedApi.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A tenant with one of everything that a path or query can name, a caller for each default role in it, and a stranger:
 * the admin of another tenant. Whatever stands in it is made for {@link IsolationIT} alone.
 */
final class IsolationStage {

    private static final String PASSWORD = "Secret-123!";

    /** A user, logged in by a key. */
    private record Person(String id, Api api) {}

    private final URI gateway;
    private final Api service;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Map<DefaultRole, Person> people = new EnumMap<>(DefaultRole.class);
    private final Person stranger;
    private final Person admin;
    private final Person founder;
    private final Person colleague;

    IsolationStage(Topology topology) {
        gateway = topology.gateway(1);
        var account = topology.credentials().path("service_account");
        service = new Api(
                gateway,
                account.path("login").stringValue(),
                account.path("password").stringValue());
        stranger = person(tenant(), true);
        var tenant = tenant();
        ids.put("tenant", tenant);
        admin = person(tenant, true);
        founder = person(tenant, false);
        colleague = person(tenant, false);
        // Passwords are hashed slowly, which all can be at once.
        var joining = Arrays.stream(DefaultRole.values())
                .filter(role -> role != DefaultRole.TENANT_ADMIN)
                .parallel()
                .map(role -> Map.entry(role, person(tenant, false)))
                .toList();
        joining.forEach(one -> people.put(one.getKey(), one.getValue()));
        people.put(DefaultRole.TENANT_ADMIN, admin);
        ids.put("spare", person(tenant, false).id());
        ids.put("colleague", colleague.id());
        furnish();
    }

    /** What is sent to each endpoint. */
    StageRequests requests() {
        return new StageRequests(ids);
    }

    Api as(DefaultRole role) {
        return people.get(role).api();
    }

    Api stranger() {
        return stranger.api();
    }

    Api nobody() {
        return Api.ofNobody(gateway);
    }

    /** Those that no answer to a stranger may name. */
    Stream<String> secretIds() {
        return Stream.of("tenant", "contract", "workspace", "flow", "credential", "team", "spare", "colleague")
                .map(ids::get);
    }

    /** What a call that changes something is made at, so that each role finds it as the one before did. */
    Map<String, String> sacrificed(Operation operation) {
        return switch (operation.method() + " " + operation.path()) {
            case "DELETE /v2/contracts/{contract}",
                    "POST /v2/contracts/{contract}/suspend",
                    "POST /v2/contracts/{contract}/unsuspend" -> Map.of("contract", contract());
            case "DELETE /v2/workspaces/{workspace}" -> Map.of("workspace", workspace());
            case "DELETE /v2/flows/{flow}", "DELETE /v2/flows/{flow}/draft", "POST /v2/flows/{flow}/draft/publish" ->
                Map.of("flow", flow());
            case "DELETE /v2/credentials/{credential}" -> Map.of("credential", credential());
            case "DELETE /v2/teams/{team}" -> Map.of("team", team());
            case "DELETE /v2/contracts/{contract}/invites/{invite}" -> Map.of("invite", contractInvite());
            case "DELETE /v2/workspaces/{workspace}/invites/{invite}" -> Map.of("invite", workspaceInvite());
            case "DELETE /v2/contracts/{contract}/machine-keys/{key}" -> Map.of("key", contractKey());
            case "DELETE /v2/contracts/{contract}/members/{user}",
                    "DELETE /v2/workspaces/{workspace}/members/{user}" -> {
                welcomeColleague();
                yield Map.of();
            }
            default -> Map.of();
        };
    }

    // ---- what stands in the tenant

    private void furnish() {
        var contract = Awaitility.await("the tenant to be known everywhere")
                .atMost(Duration.ofSeconds(60))
                .until(this::tryContract, made -> !made.isEmpty());
        ids.put("contract", contract);
        var other = contract();
        enter(other, founder.id(), List.of("owner"));
        // So that whoever takes it out of the contract does not end the user.
        enter(other, colleague.id(), List.of("member"));
        enter(contract, founder.id(), List.of("owner", "admin"));
        people.forEach((role, person) -> {
            if (role.isInContract()) {
                enter(contract, person.id(), List.of(role.inContract()));
            }
        });
        ids.put("workspace", workspace());
        welcomeColleague();
        var components =
                founder.api().get("/v2/components?contract_id=" + contract).data();
        var hook = components
                .valueStream()
                .filter(one -> one.at("/attributes/name").asString("").equals("webhook"))
                .findFirst()
                .orElseThrow();
        ids.put("component", hook.path("id").stringValue());
        ids.put("revision", hook.at("/relationships/latest_version/data/id").stringValue());
        ids.put("flow", flow());
        ids.put(
                "version",
                founder.api()
                        .get("/v2/flows/" + ids.get("flow"))
                        .data()
                        .at("/relationships/latest_version/data/id")
                        .stringValue());
        ids.put("credential", credential());
        ids.put("team", team());
        ids.put("contract-invite", contractInvite());
        ids.put("workspace-invite", workspaceInvite());
        ids.put("contract-key", contractKey());
        furnishTenant();
        fail();
    }

    private void furnishTenant() {
        var tenant = "/v2/tenants/" + ids.get("tenant");
        ids.put("tenant-key", made(admin.api().post(tenant + "/machine-keys", named("machine-key"))));
        ids.put("mesh-client", made(admin.api().post(tenant + "/mesh-account/clients", named("mesh-client"))));
        ids.put(
                "oauth-client",
                made(admin.api()
                        .post(
                                tenant + "/oauth-clients",
                                document(
                                        "oauth-client",
                                        Map.of("client_id", "a", "client_secret", "b"),
                                        Map.of("component", reference("component", ids.get("component")))))));
        ids.put(
                "identity",
                made(admin.api()
                        .post(
                                "/v2/users/" + ids.get("spare") + "/openid/identities",
                                document(
                                        "openid-identity",
                                        Map.of("iss", "https://issuer.example.com", "sub", unique()),
                                        Map.of()))));
        ids.put(
                "sshkey",
                made(founder.api().post("/v2/sshkeys", document("sshkey", Map.of("key", publicKey()), Map.of()))));
    }

    /** An execution with an error. */
    private void fail() {
        var api = founder.api().in(ids.get("workspace"));
        var flow = api.run(List.of(
                node("hook", "weft/webhook:receive", Map.of()),
                node("map", "weft/mapper:map", Map.of("expression", "$error(\"boom\")"))));
        var execution = api.hook(flow, Map.of("n", 1)).body().path("requestId").stringValue();
        var error = api.awaitExecution(execution, "failed").at("/errors/0/id").stringValue();
        api.stop(flow);
        ids.put("execution", execution);
        ids.put("error", error);
    }

    private String tenant() {
        var code = "iso-" + unique();
        var attributes = Map.<String, Object>of(
                "name",
                code,
                "code",
                code,
                "app_domain",
                code + ".example.com",
                "mandrill_email_from",
                "a@example.com");
        return made(service.post("/v2/tenants", document("tenant", attributes, Map.of())));
    }

    private Person person(String tenant, boolean isAdmin) {
        var email = unique() + "@example.com";
        var attributes =
                Map.<String, Object>of("first_name", "Some", "last_name", "Body", "email", email, "password", PASSWORD);
        var id = made(service.post(
                "/v2/users", document("user", attributes, Map.of("tenant", reference("tenant", tenant)))));
        if (isAdmin) {
            // Before the first log-in: what a log-in found is kept for a while.
            var roles = Map.<String, Object>of("roles", List.of("tenant-admin"));
            made(service.patch(
                    "/v2/tenants/" + tenant + "/members/" + id,
                    Map.of("data", Map.of("type", "tenant-member", "id", id, "attributes", roles))));
        }
        var key = new Api(gateway, email, PASSWORD).post("/v2/users/me/generate-api-key", "");
        made(key);
        return new Person(
                id, new Api(gateway, email, key.data().at("/attributes/api_key").stringValue()));
    }

    private String tryContract() {
        var answer = admin.api().post("/v2/contracts", named("contract"));
        return answer.status() == 201 ? made(answer) : "";
    }

    private String contract() {
        return made(admin.api().post("/v2/contracts", named("contract")));
    }

    private void enter(String contract, String user, List<String> roles) {
        made(admin.api().post("/v2/contracts/" + contract + "/members", member("contract-member", user, roles)));
    }

    /** With everybody who has a role in workspaces. */
    private String workspace() {
        var workspace = made(founder.api()
                .post(
                        "/v2/workspaces",
                        document(
                                "workspace",
                                Map.of("name", "Stage"),
                                Map.of("contract", reference("contract", ids.get("contract"))))));
        people.forEach((role, person) -> {
            if (role.isInWorkspace()) {
                made(founder.api()
                        .post(
                                "/v2/workspaces/" + workspace + "/members",
                                member("member", person.id(), List.of(role.inWorkspace()))));
            }
        });
        return workspace;
    }

    /** Who is there already stays (409). */
    private void welcomeColleague() {
        admin.api()
                .post(
                        "/v2/contracts/" + ids.get("contract") + "/members",
                        member("contract-member", colleague.id(), List.of("member")));
        founder.api()
                .post(
                        "/v2/workspaces/" + ids.get("workspace") + "/members",
                        member("member", colleague.id(), List.of("guest")));
    }

    /** Without steps, so that nobody can start it, and with a draft. */
    private String flow() {
        var api = founder.api().in(ids.get("workspace"));
        var flow = made(api.create(List.of(), List.of(), Map.of()));
        made(api.put("/v2/flows/" + flow + "/draft", document("flow-draft", Map.of("name", "Draft"), Map.of())));
        return flow;
    }

    private String credential() {
        return made(founder.api()
                .post(
                        "/v2/credentials",
                        document(
                                "credential",
                                Map.of("name", "Credential"),
                                Map.of(
                                        "component", reference("component", ids.get("component")),
                                        "workspace", reference("workspace", ids.get("workspace"))))));
    }

    private String team() {
        return made(founder.api()
                .post(
                        "/v2/teams",
                        document(
                                "team",
                                Map.of("name", "team-" + unique()),
                                Map.of("contract", reference("contract", ids.get("contract"))))));
    }

    private String contractInvite() {
        return made(founder.api()
                .post("/v2/contracts/" + ids.get("contract") + "/invites", invite("contract-invite", "member")));
    }

    private String workspaceInvite() {
        return made(founder.api()
                .post("/v2/workspaces/" + ids.get("workspace") + "/invites", invite("workspace-invite", "guest")));
    }

    private String contractKey() {
        return made(founder.api().post("/v2/contracts/" + ids.get("contract") + "/machine-keys", named("machine-key")));
    }
}
