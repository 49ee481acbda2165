package dev.weft.common.flowmessage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must know about a flow that begins with a webhook and is active, or will be in a moment, to let calls into it
 * without asking anyone again. execution-service writes it and gateways read it, of another release at times: members are
 * added, and what is absent has a meaning.
 *
 * @param runId          one start of one version
 * @param queue          where kick-offs go
 * @param stepId         the first step
 * @param reply          whether a step can answer, so that the caller waits
 * @param replyTimeoutMs how long, 1000..60000; null: 30 s
 * @param raw            whether the unparsed text is wanted
 * @param auth           null: anybody may call
 * @param open           whether it takes calls; false while its flow is starting; null: it does
 * @param quotaPerMinute calls per minute of the contract; null, as for all contracts so far: no limit
 * @param corsOrigins    web pages of these may call, or of all: {@code ["*"]}; null: of none
 * @param version        the flow version in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(getterVisibility = Visibility.NONE, isGetterVisibility = Visibility.NONE)
public record HookDoor(
        @JsonProperty("flow_id") String flowId,
        @JsonProperty("workspace_id") String workspaceId,
        @JsonProperty("contract_id") @Nullable String contractId,
        @JsonProperty("user_id") @Nullable String userId,
        @JsonProperty("run_id") String runId,
        @JsonProperty("queue") String queue,
        @JsonProperty("step_id") String stepId,
        @JsonProperty("reply") boolean reply,
        @JsonProperty("reply_timeout_ms") @Nullable Integer replyTimeoutMs,
        @JsonProperty("raw") boolean raw,
        @JsonProperty("auth") @Nullable DoorLock auth,
        @JsonProperty("open") @Nullable Boolean open,
        @JsonProperty("quota_per_minute") @Nullable Integer quotaPerMinute,
        @JsonProperty("cors_origins") @Nullable List<String> corsOrigins,
        @JsonProperty("tenant_id") @Nullable String tenantId,
        @JsonProperty("version") @Nullable String version) {

    private static final int USUAL_TIMEOUT_MS = 30_000;

    public DoorLock lock() {
        return auth == null ? new DoorLock.Open() : auth;
    }

    public boolean isOpen() {
        return open == null || open;
    }

    /** Whether what was let in and read at the other door may go through this one, and its caller be answered. */
    public boolean takesCallsLike(HookDoor other) {
        return lock().equals(other.lock()) && reply == other.reply && raw == other.raw;
    }

    public List<String> origins() {
        return corsOrigins == null ? List.of() : corsOrigins;
    }

    public int replyTimeout() {
        return replyTimeoutMs == null ? USUAL_TIMEOUT_MS : replyTimeoutMs;
    }
}
