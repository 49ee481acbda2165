package dev.weft.execution.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.jsonapi.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Searching the log of a workspace, for holders of {@code workspaces.logs.read_all}. */
@Service
class LogService {

    /** The answer; {@code total} counts all matches up to 10,000. */
    record Hits(long total, List<Hit> hits) {}

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

    private final MongoFlowLog log;
    private final AccessClient access;

    LogService(MongoFlowLog log, AccessClient access) {
        this.log = log;
        this.access = access;
    }

    Hits search(Caller caller, ListQuery query) {
        var workspace = query.requireId("workspace_id");
        access.requireToRead(caller, Permission.WORKSPACES_LOGS_READ_ALL, new Scope.Workspace(workspace));
        var asked = LogQuery.of(workspace, query);
        var hits = log.find(asked, asked.offset(), asked.limit()).stream()
                .map(entry -> hit(entry, asked))
                .toList();
        return new Hits(log.count(asked), hits);
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

    /** The message as it is, with marks; nothing in it is escaped. */
    static String highlighted(String message, LogQuery asked) {
        return asked.search().isEmpty()
                ? message
                : asked.pattern()
                        .matcher(message)
                        .replaceAll(match -> "<em>" + Matcher.quoteReplacement(match.group()) + "</em>");
    }
}
