package dev.weft.workspace.invite;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.memberprofile.MemberProfile;
import feign.FeignException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Asks identity-service as this service: whoever invites or accepts may not look for users by their address. */
@Service
@EnableFeignClients(clients = RemoteInvitees.Addresses.class)
class RemoteInvitees implements Invitees {

    /** identity-service's door for addresses. */
    @FeignClient(name = "addresses", contextId = "invitees", url = "${weft.services.identity}")
    interface Addresses {
        @PostMapping("/internal/addresses")
        Invitee find(@RequestHeader("Authorization") String bearer, @RequestBody Question question);

        @PostMapping("/internal/tenants/{id}/invited-users")
        MemberProfile create(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String tenant,
                @RequestBody Map<String, Object> document);
    }

    /** Whose address it is; in a body and not in a path, since those land in logs. */
    record Question(String tenant, String email) {}

    private static final String VALUES = "/data/attributes/";

    private final Addresses addresses;
    private final RemoteCalls calls;
    private final ServiceTokens self;
    private final JsonMapper json;

    RemoteInvitees(Addresses addresses, RemoteCalls calls, ServiceTokens self, JsonMapper json) {
        this.addresses = addresses;
        this.calls = calls;
        this.self = self;
        this.json = json;
    }

    @Override
    public Invitee find(String tenantId, String email) {
        var bearer = self.bearer();
        return calls.read("identity", () -> addresses.find(bearer, new Question(tenantId, email)));
    }

    @Override
    public MemberProfile create(String tenantId, String email, Newcomer newcomer) {
        var attributes = new HashMap<>(newcomer.attributes());
        attributes.put("email", email);
        var document = Map.<String, Object>of("data", Map.of("type", "user", "attributes", attributes));
        var bearer = self.bearer();
        try {
            return calls.write("identity", () -> addresses.create(bearer, tenantId, document));
        } catch (FeignException.FeignClientException e) {
            throw refusal(e);
        }
    }

    /** What identity-service has refused, for whoever has sent it. */
    private RuntimeException refusal(FeignException refused) {
        var problems = new ArrayList<Problem>();
        for (var error : errors(refused)) {
            Stream.of(ProblemCode.values())
                    .filter(code -> code.code().equals(error.path("code").asString("")))
                    .findFirst()
                    .ifPresent(code -> problems.add(problem(code, error)));
        }
        return problems.isEmpty() ? refused : new ProblemException(problems);
    }

    private JsonNode errors(FeignException refused) {
        try {
            return json.readTree(refused.contentUTF8()).path("errors");
        } catch (JacksonException _) {
            return JsonNodeFactory.instance.arrayNode();
        }
    }

    private static Problem problem(ProblemCode code, JsonNode error) {
        var problem = Problem.of(code, error.path("detail").asString(""));
        var pointer = error.path("source").path("pointer").asString("");
        return pointer.startsWith(VALUES) ? problem.at(pointer.substring(VALUES.length())) : problem;
    }
}
