package dev.weft.execution.step;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step is told of its place in a flow. */
public record StepSettings(
        String flowId,
        String flowName,
        String tenantId,
        String workspaceId,
        String versionId,
        String stepId,
        Map<String, Object> fields,
        @Nullable String credentialsId,
        Map<String, String> variables) {}
