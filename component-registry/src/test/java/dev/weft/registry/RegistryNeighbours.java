package dev.weft.registry;

import static dev.weft.common.service.PlayedNeighbours.answer;
import static dev.weft.common.service.PlayedNeighbours.caller;
import static dev.weft.common.service.PlayedNeighbours.part;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.common.id.Ids;
import dev.weft.common.service.PlayedNeighbours;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The other services as this one sees them: contracts of tenants, who is in them and what they may do there. */
public final class RegistryNeighbours implements AutoCloseable {

    private static final Ids IDS = new Ids();

    private final PlayedNeighbours played = new PlayedNeighbours();
    private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();

    private record Contract(String tenantId, String status, Map<String, Set<String>> members) {}

    public RegistryNeighbours() {
        played.serve("/internal/access/contracts/", this::access).serve("/internal/contracts/", this::member);
    }

    String url() {
        return played.url();
    }

    public String aContract(String tenantId) {
        var id = IDS.next();
        contracts.put(id, new Contract(tenantId, "active", new ConcurrentHashMap<>()));
        return id;
    }

    public void join(String contract, String user, String... permissions) {
        contracts.get(contract).members().put(user, Set.of(permissions));
    }

    public void leave(String contract, String user) {
        contracts.get(contract).members().remove(user);
    }

    /** From so many answers on the user is in no contract, though what was asked before lets them do all they could. */
    public void leaveAfter(int yes, String user) {
        answers.put(user, new AtomicInteger(yes));
    }

    public void suspend(String contract) {
        contracts.computeIfPresent(contract, (_, it) -> new Contract(it.tenantId(), "suspended", it.members()));
    }

    public void delete(String contract) {
        contracts.remove(contract);
    }

    /** The Authorization header of a user. */
    public String bearer(String user, String tenantId) {
        return played.bearer("user", user, tenantId);
    }

    private void access(HttpExchange exchange) throws IOException {
        var id = part(exchange, 4);
        var contract = contracts.get(id);
        var caller = caller(exchange);
        if (contract == null || !contract.tenantId().equals(caller.getClaim("tenant"))) {
            answer(exchange, null);
            return;
        }
        var permissions = contract.members().get(caller.getSubject());
        answer(
                exchange,
                Map.of(
                        "tenantId",
                        contract.tenantId(),
                        "contractId",
                        id,
                        "contractStatus",
                        contract.status(),
                        "member",
                        permissions != null,
                        "permissions",
                        permissions == null ? Set.of() : permissions));
    }

    private void member(HttpExchange exchange) throws IOException {
        var contract = contracts.get(part(exchange, 3));
        var user = part(exchange, 5);
        var left = answers.get(user);
        var member = contract != null
                && contract.members().containsKey(user)
                && (left == null || left.getAndDecrement() > 0);
        answer(exchange, Map.of("member", member));
    }

    @Override
    public void close() {
        played.close();
    }
}
