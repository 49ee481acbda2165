package dev.weft.execution.builtin;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepSettings;
import java.util.List;
import java.util.Map;

/** A built-in step at work on one message. */
public final class WorkedStep {

    private WorkedStep() {}

    public static StepSettings settings(Map<String, Object> fields) {
        return new StepSettings("flow", "name", "tenant", "workspace", "version", "step", fields, null, Map.of());
    }

    public static List<Outcome> work(Builtin builtin, Map<String, Object> fields, StepMessage message) {
        return work(builtin, fields, message, null);
    }

    public static List<Outcome> work(Builtin builtin, Map<String, Object> fields, StepMessage message, String replyTo) {
        var input = new StepInput("execution", "effect", message, 1, null, replyTo, _ -> {});
        return builtin.prepare(settings(fields)).work(input);
    }

    /** The bodies of the messages among the outcomes. */
    public static List<Object> bodies(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Data.class::isInstance)
                .map(outcome -> ((Outcome.Data) outcome).message().body())
                .toList();
    }
}
