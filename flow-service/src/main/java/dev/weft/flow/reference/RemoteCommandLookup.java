package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.flow.graph.StepFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks component-registry. */
final class RemoteCommandLookup implements CommandLookup {

    private final RemoteRegistryApi registry;
    private final RemoteCalls calls;

    RemoteCommandLookup(RemoteRegistryApi registry, RemoteCalls calls) {
        this.registry = registry;
        this.calls = calls;
    }

    @Override
    public Map<String, StepFunction> find(Caller caller, String workspaceId, Set<String> commands) {
        if (commands.isEmpty()) {
            return Map.of();
        }
        // A list: answers come in the order of the questions, and a set guarantees no order.
        var asked = List.copyOf(commands);
        var question = new RemoteRegistryApi.Question(workspaceId, asked);
        return calls.read("registry", () -> functions(asked, registry.resolve(caller.bearer(), question)));
    }

    private static Map<String, StepFunction> functions(
            List<String> asked, List<RemoteRegistryApi.@Nullable Found> answers) {
        // If the numbers differ, nobody knows which answer belongs to which question.
        if (answers.size() != asked.size()) {
            throw new IllegalArgumentException(answers.size() + " answers to " + asked.size() + " questions");
        }
        var functions = new HashMap<String, StepFunction>();
        for (int i = 0; i < asked.size(); i++) {
            var found = answers.get(i);
            if (found != null) {
                functions.put(asked.get(i), function(found));
            }
        }
        return functions;
    }

    private static StepFunction function(RemoteRegistryApi.Found found) {
        return new StepFunction(
                found.componentId(),
                found.revision(),
                found.team(),
                found.component(),
                found.method(),
                found.kind().equals("trigger"),
                Boolean.TRUE.equals(found.polling()),
                StepFunction.rules(found.function()),
                StepFunction.needsCredentials(found.credentials()),
                found.service());
    }
}
