package dev.weft.workspace.oauthclient;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks component-registry, as the caller. */
@Service
@EnableFeignClients(clients = RemoteOAuthClientComponents.OAuthComponentApi.class)
class RemoteOAuthClientComponents implements OAuthClientComponents {

    /** A client is of no workspace. */
    private static final String NO_WORKSPACE = "";

    /** component-registry's inside. */
    @FeignClient(name = "oauth-client-components", url = "${weft.services.registry}")
    interface OAuthComponentApi {
        @GetMapping("/internal/components/{id}")
        NamedComponent component(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String id,
                @RequestParam("workspace") String workspace);
    }

    /** {@code {"name","team_name"}}. */
    record NamedComponent(
            String name, @JsonProperty("team_name") String teamName) {}

    private final OAuthComponentApi api;
    private final RemoteCalls calls;

    RemoteOAuthClientComponents(OAuthComponentApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Optional<String> command(Caller caller, String componentId) {
        return calls.find("registry", () -> api.component(caller.bearer(), componentId, NO_WORKSPACE))
                .map(found -> found.teamName() + "/" + found.name());
    }
}
