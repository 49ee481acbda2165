package dev.weft.execution.plan;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Built-ins whose work a test gives. */
public record TestBuiltin(String command, boolean inline, boolean emitsMany, Step step) implements Builtin {

    public static TestBuiltin inline(String command, Step step) {
        return new TestBuiltin(command, true, false, step);
    }

    public static TestBuiltin heavy(String command, Step step) {
        return new TestBuiltin(command, false, false, step);
    }

    /** Emits what it gets. */
    public static Step passing() {
        return input -> List.of(new Outcome.Data(input.message()));
    }

    /** Emits each element of the member {@code xs}. */
    public static Step splitting() {
        return input -> {
            var outcomes = new ArrayList<Outcome>();
            for (var element : (List<?>) ((Map<?, ?>) input.message().body()).get("xs")) {
                outcomes.add(new Outcome.Data(StepMessage.of(element)));
            }
            return outcomes;
        };
    }

    /** The usual set, each passing its input on. */
    public static List<Builtin> usual() {
        return new ArrayList<>(List.of(
                inline("weft/webhook:receive", passing()),
                inline("weft/mapper:map", passing()),
                inline("weft/http:reply", passing()),
                new TestBuiltin("weft/splitter:split", true, true, splitting()),
                heavy("weft/http:request", passing()),
                heavy("weft/code:execute", passing())));
    }

    /** The usual set with one replaced. */
    public static List<Builtin> usualBut(String command, Step step) {
        var all = usual();
        all.replaceAll(builtin -> builtin.command().equals(command)
                ? new TestBuiltin(command, builtin.inline(), builtin.emitsMany(), step)
                : builtin);
        return all;
    }

    @Override
    public Step prepare(StepSettings settings) {
        return step;
    }
}
