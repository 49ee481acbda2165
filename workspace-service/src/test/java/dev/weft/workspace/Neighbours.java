package dev.weft.workspace;

import static dev.weft.common.service.PlayedNeighbours.answer;
import static dev.weft.common.service.PlayedNeighbours.lastPart;
import static dev.weft.common.service.PlayedNeighbours.parameter;
import static dev.weft.common.service.PlayedNeighbours.part;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.common.id.Ids;
import dev.weft.common.service.PlayedNeighbours;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other services as this one sees them: who exists, which components there are, which flows use a credential. */
public final class Neighbours implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Ids IDS = new Ids();

    private final PlayedNeighbours played = new PlayedNeighbours();
    private final Map<String, Map<String, Object>> users = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> components = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final AtomicInteger made = new AtomicInteger();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> joined = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> uses = new ConcurrentHashMap<>();
    private final Map<String, List<String>> owned = new ConcurrentHashMap<>();
    private final Map<String, PlayedPolicy> policies = new ConcurrentHashMap<>();
    private final Set<String> goneTenants = ConcurrentHashMap.newKeySet();
    private final Queue<String> questions = new ConcurrentLinkedQueue<>();
    private volatile boolean withoutPolicies;
    private volatile String tenantWorkspaceType = "full";
    private volatile boolean tenantKeepsStats = true;
    private volatile @Nullable String tenantSupport;
    private volatile boolean tenantHasWhitelist;
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> flowCounts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> usedIn = new ConcurrentHashMap<>();

    public Neighbours() {
        played.serve("/internal/users", this::users)
                .serve("/internal/users/", this::joined)
                .serve("/internal/tenants/", this::tenant)
                .serve("/internal/addresses", this::address)
                .serve("/internal/components/", this::component)
                .serve("/internal/flows/using-components", this::usingComponents)
                .serve("/internal/contracts/", this::owned)
                .serve("/internal/component-uses", this::componentUses)
                .serve("/internal/components/unlisted", this::unlisted)
                .serve(
                        "/internal/flows/components",
                        exchange -> answer(
                                exchange,
                                Map.of(
                                        "component_ids",
                                        usedIn.getOrDefault(parameter(exchange, "workspace"), List.of()))))
                .serve("/internal/flows/counts", this::counts)
                .serve("/internal/flows", this::flows);
    }

    public String url() {
        return played.url();
    }

    public void addUser(String id, String tenantId, String firstName) {
        addUser(id, tenantId, firstName.toLowerCase(Locale.ROOT) + "@example.com", firstName);
    }

    public void addUser(String id, String tenantId, String email, String firstName) {
        users.put(
                id,
                Map.of(
                        "id", id,
                        "tenant", tenantId,
                        "email", email,
                        "first_name", firstName,
                        "last_name", "Tester"));
    }

    public void forgetUser(String id) {
        users.remove(id);
    }

    /** How many users invites have made. */
    public int made() {
        return made.get();
    }

    /** What happens while this service waits for the next answer about users or tenants. */
    public void meanwhile(Runnable happening) {
        meanwhile.set(happening);
    }

    /** From now on the user is being deleted: known still to who asked before, gone for who says that it joined. */
    public void beginToDelete(String id) {
        leaving.add(id);
    }

    /** Whether this service has said that the user joined a contract or supports one. */
    public boolean hasJoined(String id) {
        return joined.contains(id);
    }

    public void addComponent(String id, String name, boolean usable, String fields) {
        components.put(
                id,
                Map.of(
                        "id", id,
                        "name", name,
                        "team_name", "team",
                        "usable", usable,
                        "descriptor", Map.of("credentials", Map.of("fields", JSON.readTree(fields)))));
    }

    public void useCredential(String id, List<String> flowIds) {
        uses.put(id, flowIds);
    }

    /** Component-registry knows of components of the contract; flow-service of flows of others that use one of them. */
    public void useComponentOf(String contract, String component, List<String> flowIds) {
        owned.put(contract, List.of(component));
        uses.put(component, flowIds);
    }

    public void useComponent(String id, List<String> flowIds) {
        uses.put(id, flowIds);
    }

    /** The policy of a tenant from now on. */
    public void setPolicy(String tenantId, PlayedPolicy policy) {
        policies.put(tenantId, policy);
    }

    public void removeTenant(String tenantId) {
        goneTenants.add(tenantId);
    }

    /** As long as that holds, identity-service is of a release that does not know of policies. */
    public void setWithoutPolicies(boolean holds) {
        withoutPolicies = holds;
    }

    /** How often the policy of a tenant was asked for. */
    public long questionsAboutPolicy(String tenantId) {
        return questions.stream().filter(tenantId::equals).count();
    }

    /** What every tenant sets for what is made in it. */
    public void setTenantDefaults(String workspaceType, boolean keepsStats) {
        tenantWorkspaceType = workspaceType;
        tenantKeepsStats = keepsStats;
    }

    /** Whom every tenant has for support; null for nobody. */
    public void setTenantSupport(@Nullable String userId) {
        tenantSupport = userId;
    }

    /** Every tenant's flag. */
    public void setWhitelist(boolean on) {
        tenantHasWhitelist = on;
    }

    /** Flows of the workspace use a component that is opened for no contract. */
    public void useUnlisted(String workspace, String component) {
        usedIn.put(workspace, List.of(component));
        unlisted.add(component);
    }

    /** The Authorization header of a caller. */
    public String bearer(String kind, String id, String tenantId, String... tenantRoles) {
        return played.bearer(kind, id, tenantId, tenantRoles);
    }

    private void users(HttpExchange exchange) throws IOException {
        meanwhile.getAndSet(() -> {}).run();
        var ids = parameter(exchange, "ids").split(",");
        answer(exchange, Stream.of(ids).map(users::get).filter(Objects::nonNull).toList());
    }

    private void joined(HttpExchange exchange) throws IOException {
        var id = part(exchange, 3);
        joined.add(id);
        answer(exchange, leaving.contains(id) ? null : users.get(id));
    }

    /** The newest of whom has the address; those of refused.example no tenant takes. */
    private void address(HttpExchange exchange) throws IOException {
        meanwhile.getAndSet(() -> {}).run();
        var asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var email = asked.path("email").asString().strip().toLowerCase(Locale.ROOT);
        var known = new HashMap<String, Object>(Map.of(
                "email", email,
                "valid", email.matches("[^@ ]+@[^@ ]+\\.[a-z]+"),
                "refused", email.endsWith("@refused.example")));
        users.values().stream()
                .filter(user -> email.equals(user.get("email")))
                .max(Comparator.comparing(user -> (String) user.get("id")))
                .ifPresent(user -> known.put("user", user));
        answer(exchange, known);
    }

    /** A new user, whose password has a digit. */
    private void invited(HttpExchange exchange) throws IOException {
        var told = JSON.readTree(exchange.getRequestBody().readAllBytes()).at("/data/attributes");
        if (!told.path("password").asString("").matches(".*\\d.*")) {
            var body = JSON.writeValueAsBytes(Map.of(
                    "errors",
                    List.of(Map.of(
                            "status", "400",
                            "code", "validation-failed",
                            "detail", "A password needs a digit.",
                            "source", Map.of("pointer", "/data/attributes/password")))));
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            return;
        }
        var id = IDS.next();
        made.incrementAndGet();
        addUser(
                id,
                part(exchange, 3),
                told.path("email").asString(),
                told.path("first_name").asString("x"));
        answer(exchange, users.get(id));
    }

    private void tenant(HttpExchange exchange) throws IOException {
        if (lastPart(exchange).equals("invited-users")) {
            invited(exchange);
            return;
        }
        if (lastPart(exchange).equals("policy")) {
            var tenant = part(exchange, 3);
            questions.add(tenant);
            answer(exchange, withoutPolicies ? null : policy(tenant));
            return;
        }
        meanwhile.getAndSet(() -> {}).run();
        var id = part(exchange, 3);
        if (users.values().stream().noneMatch(user -> id.equals(user.get("tenant")))) {
            answer(exchange, null);
            return;
        }
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("default_workspace_type", tenantWorkspaceType);
        defaults.put("flow_stats_enabled_default", tenantKeepsStats);
        defaults.put("support_user_id", tenantSupport);
        defaults.put("contract_component_whitelist", tenantHasWhitelist);
        answer(exchange, defaults);
    }

    private Map<String, Object> policy(String tenant) {
        var policy = policies.getOrDefault(tenant, PlayedPolicy.INITIAL);
        return goneTenants.contains(tenant)
                ? Map.of("there", false, "revision", 0, "roles", List.of())
                : Map.of("there", true, "revision", policy.revision(), "roles", policy.roles());
    }

    private void unlisted(HttpExchange exchange) throws IOException {
        var asked = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("ids");
        answer(
                exchange,
                asked.valueStream()
                        .map(JsonNode::asString)
                        .filter(unlisted::contains)
                        .toList());
    }

    private void component(HttpExchange exchange) throws IOException {
        answer(exchange, components.get(lastPart(exchange)));
    }

    private void counts(HttpExchange exchange) throws IOException {
        var counts = new ArrayList<Integer>();
        for (var limit : JSON.readTree(exchange.getRequestBody().readAllBytes()).path("limits")) {
            counts.add(flowCounts.getOrDefault(limit.path("id").asString(), 0));
        }
        answer(exchange, Map.of("counts", counts));
    }

    /** So many flows does flow-service count in the workspace, contract or tenant. */
    public void setFlowCount(String id, int count) {
        flowCounts.put(id, count);
    }

    private void flows(HttpExchange exchange) throws IOException {
        answer(exchange, Map.of("flow_ids", uses.getOrDefault(parameter(exchange, "credential"), List.of())));
    }

    private void owned(HttpExchange exchange) throws IOException {
        answer(exchange, Map.of("component_ids", owned.getOrDefault(part(exchange, 3), List.of())));
    }

    private void usingComponents(HttpExchange exchange) throws IOException {
        var question = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var using = question.path("components")
                .valueStream()
                .flatMap(component -> uses.getOrDefault(component.asString(), List.of()).stream())
                .toList();
        answer(exchange, Map.of("flow_ids", using));
    }

    private void componentUses(HttpExchange exchange) throws IOException {
        var isNamed = parameter(exchange, "command").startsWith("team");
        var component = parameter(exchange, "component");
        answer(exchange, isNamed ? Map.of("flow_ids", uses.getOrDefault(component, List.of())) : null);
    }

    @Override
    public void close() {
        played.close();
    }
}
