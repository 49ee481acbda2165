package dev.weft.gateway.webhook.door;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the door must know about a flow that begins with a webhook and is active, or will be in a moment.
 *
 * @param runId          one start of one version
 * @param queue          where kick-offs go
 * @param stepId         the first step
 * @param reply          whether a step can answer, so that the caller waits
 * @param replyTimeoutMs how long
 * @param raw            whether the unparsed text is wanted
 * @param open           whether it takes calls; false while its flow is starting
 * @param quotaPerMinute calls per minute of the contract; null: no limit
 * @param corsOrigins    web pages of these may call, or of all: {@code ["*"]}; null: of none
 */
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
        @JsonProperty("cors_origins") @Nullable List<String> corsOrigins) {

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

    public CrossOrigin crossOrigin() {
        return new CrossOrigin(corsOrigins == null ? List.of() : corsOrigins);
    }

    public int replyTimeout() {
        return replyTimeoutMs == null ? USUAL_TIMEOUT_MS : replyTimeoutMs;
    }
}
