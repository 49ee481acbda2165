package dev.weft.execution.lifecycle;

import dev.weft.common.event.CommandReference;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets the commands that flow-service has given. While the broker is short of memory or disk, a large command comes as
 * a {@link CommandReference} only, and the rest is fetched from flow-service with this service's own token.
 */
@Service
@EnableFeignClients(clients = RemoteFlowCommands.CommandApi.class)
class RemoteFlowCommands {

    private static final Logger log = LoggerFactory.getLogger(RemoteFlowCommands.class);

    /** The internal API of flow-service. */
    @FeignClient(name = "flow-commands", url = "${weft.services.flow}")
    interface CommandApi {

        /** The JSON of a {@link DomainEvent}, as it would have come. */
        @GetMapping("/internal/flows/{id}/commands/{wish}")
        byte[] command(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String id,
                @PathVariable("wish") long wish);
    }

    private final CommandApi api;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;
    private final JsonMapper json;

    RemoteFlowCommands(CommandApi api, RemoteCalls calls, ServiceTokens tokens, JsonMapper json) {
        this.api = api;
        this.calls = calls;
        this.tokens = tokens;
        this.json = json;
    }

    /** The command with all that it says; none when it is carried out, or a later one stands for it. */
    Optional<DomainEvent> whole(DomainEvent command) {
        if (!CommandReference.isOne(command)) {
            return Optional.of(command);
        }
        var found = calls.find(
                "flow",
                () -> json.readValue(
                        api.command(tokens.bearer(), command.subjectId(), command.version()), DomainEvent.class));
        if (found.isEmpty()) {
            log.debug("{} {} of flow {} is over", command.type(), command.version(), command.subjectId());
        }
        return found;
    }
}
