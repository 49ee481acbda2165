package dev.weft.execution.builtin.code;

import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.sandbox.SandboxUnavailable;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepSettings;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.sandbox.script.ScriptJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sends a message to the sandbox, and turns what the code emitted there into outcomes, in the same order. */
final class CodeStep implements Step {

    private final String code;
    private final Duration limit;
    private final StepSettings settings;
    private final Sandbox sandbox;
    private final ScriptEvents events;
    private final JsonMapper json;

    CodeStep(String code, Duration limit, StepSettings settings, Sandbox sandbox, JsonMapper json) {
        this.code = code;
        this.limit = limit;
        this.settings = settings;
        this.sandbox = sandbox;
        this.events = new ScriptEvents(json);
        this.json = json;
    }

    @Override
    public List<Outcome> work(StepInput input) {
        try {
            var answer = sandbox.run(ScriptJob.KIND, Map.of("code", code, "given", given(input)), limit);
            var outcomes = new ArrayList<Outcome>();
            if (answer.get("events") instanceof List<?> emitted) {
                for (var event : emitted) {
                    add(outcomes, events.outcome(input, event));
                }
            }
            // What was emitted before the failure stays emitted (sailor-runtime 10).
            if (answer.get("failure") instanceof Map<?, ?> failure) {
                outcomes.add(events.failed(failure));
            }
            return outcomes;
        } catch (SandboxUnavailable e) {
            throw new StepUnavailable(e);
        }
    }

    @Override
    public Duration longest() {
        return sandbox.longest(limit);
    }

    /** A message comes back once, however often the code asks for it. */
    private static void add(List<Outcome> outcomes, Outcome outcome) {
        if (!(outcome instanceof Outcome.Rebound && outcomes.stream().anyMatch(Outcome.Rebound.class::isInstance))) {
            outcomes.add(outcome);
        }
    }

    private String given(StepInput input) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        given.put("msg", input.message().whole());
        given.put("cfg", settings.fields());
        given.put("snapshot", input.snapshot() == null ? Map.of() : input.snapshot());
        given.put("variables", settings.variables());
        return json.writeValueAsString(given);
    }
}
