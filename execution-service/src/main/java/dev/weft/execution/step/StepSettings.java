package dev.weft.execution.step;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step's place in a flow: its ids and settings. */
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
