package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.flow.graph.StepFunction;
import java.util.Map;
import java.util.Set;

/** Finds the functions that commands name; one that is unknown or not usable in the workspace is left out. */
interface CommandLookup {
    Map<String, StepFunction> find(Caller caller, String workspaceId, Set<String> commands);
}
