package dev.weft.execution.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer; {@code total} counts all matches up to 10,000 (api-v2 11.1). */
record LogHits(long total, List<Hit> hits) {

    /** Of a line. A mark is nine times as long as what it may stand around. */
    private static final int MOST_MARKS = 200;

    /** One line; with a search its matches in {@code message} stand in {@code <em>}. */
    record Hit(
            String id,
            @JsonProperty("workspace_id") String workspaceId,
            @JsonProperty("flow_id") String flowId,
            @JsonProperty("user_id") String userId,
            @JsonProperty("component_id") @Nullable String componentId,
            @JsonProperty("container_id") String containerId,
            @JsonProperty("step_id") String stepId,
            @JsonProperty("exec_id") String execId,
            String method,
            @JsonProperty("api_username") String apiUsername,
            @JsonProperty("component_name") String componentName,
            Instant timestamp,
            int level,
            String message) {}

    static LogHits of(LogService.Found found) {
        var asked = found.asked();
        return new LogHits(
                found.total(),
                found.entries().stream().map(entry -> hit(entry, asked)).toList());
    }

    private static Hit hit(FlowLog.Entry entry, LogQuery asked) {
        return new Hit(
                entry.id(),
                entry.workspaceId(),
                entry.flowId(),
                entry.userId(),
                entry.componentId(),
                entry.containerId(),
                entry.stepId(),
                entry.executionId(),
                entry.method(),
                "task-" + entry.flowId(),
                entry.componentName(),
                Instant.ofEpochMilli(entry.at()),
                entry.level(),
                highlighted(entry.message(), asked));
    }

    /** The message as it is, with marks; nothing in it is escaped. A line of a single letter shows its first matches. */
    static String highlighted(String message, LogQuery asked) {
        if (asked.search().isEmpty()) {
            return message;
        }
        var match = asked.pattern().matcher(message);
        var marked = new StringBuilder(message.length() + 16);
        var shown = 0;
        for (var marks = 0; marks < MOST_MARKS && match.find(); marks++) {
            marked.append(message, shown, match.start())
                    .append("<em>")
                    .append(match.group())
                    .append("</em>");
            shown = match.end();
        }
        return marked.append(message, shown, message.length()).toString();
    }
}
