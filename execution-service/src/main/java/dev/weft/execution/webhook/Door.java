package dev.weft.execution.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway needs to let calls into a flow without asking anyone again (engine 4).
 *
 * @param queue          where kick-offs go
 * @param version        the flow version in force
 * @param reply          whether callers wait for an answer of the flow
 * @param replyTimeoutMs 1000..60000
 * @param raw            the step wants the unparsed text
 * @param open           the flow takes calls; false: it is starting, and will
 * @param corsOrigins    web pages of these may call, {@code ["*"]}: all; empty: none
 */
record Door(
        @JsonProperty("flow_id") String flowId,
        @JsonProperty("workspace_id") String workspaceId,
        @JsonProperty("contract_id") String contractId,
        @JsonProperty("tenant_id") String tenantId,
        @JsonProperty("user_id") String userId,
        @JsonProperty("run_id") String runId,
        String version,
        @JsonProperty("step_id") String stepId,
        String queue,
        boolean reply,
        @JsonProperty("reply_timeout_ms") int replyTimeoutMs,
        boolean raw,
        Auth auth,
        boolean open,
        @JsonProperty("cors_origins") List<String> corsOrigins) {

    /**
     * How a caller proves itself; only the members of its {@code type} are there. Secrets are hashed where a hash
     * suffices.
     *
     * @param type        {@code no_auth}, {@code basic}, {@code api_key}, {@code hmac} or {@code closed}
     * @param valueSha256 of the api_key's value, hex
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Auth(
            String type,
            @Nullable String username,
            @JsonProperty("password_sha256") @Nullable String passwordSha256,
            @Nullable String headerName,
            @JsonProperty("value_sha256") @Nullable String valueSha256,
            @Nullable String hmacSecret) {

        static final Auth NONE = new Auth("no_auth", null, null, null, null, null);
        /** The credential says nothing that a caller could prove. */
        static final Auth CLOSED = new Auth("closed", null, null, null, null, null);
    }
}
