package dev.weft.common.flowmessage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway must know to let calls into a flow that begins with a webhook and is active or starting.
 * execution-service writes it and gateways read it, sometimes of another release: so members are only added, and each
 * absent member has a meaning.
 *
 * @param runId          one start of one version
 * @param queue          where messages of calls are published
 * @param stepId         the first step
 * @param reply          whether a step can answer, so that the caller waits
 * @param replyTimeoutMs how long, 1000..60000; null: 30 s
 * @param raw            whether the unparsed text is wanted
 * @param auth           null: anybody may call
 * @param open           whether it takes calls; false while its flow is starting; null: it does
 * @param quotaPerMinute calls per minute of the contract; null: no limit
 * @param corsOrigins    origins whose web pages may call, {@code ["*"]} for all; null: none
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
