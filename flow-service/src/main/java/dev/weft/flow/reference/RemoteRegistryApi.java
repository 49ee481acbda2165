package dev.weft.flow.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** component-registry, asked for many commands at once. */
@FeignClient(name = "flow-registry", url = "${weft.services.registry}")
interface RemoteRegistryApi {

    /** Answers in the order of the commands, null for what is not found. */
    @PostMapping("/internal/components/resolve")
    List<@Nullable Found> resolve(@RequestHeader("Authorization") String bearer, @RequestBody Question question);

    /** The commands of one graph. */
    record Question(String workspace, Collection<String> commands) {}

    /** What a command names. */
    record Found(
            @JsonProperty("component_id") String componentId,
            String revision,
            String team,
            String component,
            String method,
            String kind,
            @Nullable Boolean polling,
            Map<String, Object> function,
            @Nullable Map<String, Object> credentials,
            @Nullable String service) {}
}
