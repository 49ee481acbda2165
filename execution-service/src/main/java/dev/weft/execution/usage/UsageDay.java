package dev.weft.execution.usage;

import java.time.LocalDate;

/** A flow on a day in UTC. */
record UsageDay(String flowId, String workspaceId, LocalDate day) {}
