package dev.weft.execution.plan;

import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.step.Builtin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Plans a flow version: compiles each expression once and decides each step's queue. */
@Service
public class Planner {

    private final Map<String, Builtin> builtins = new HashMap<>();
    private final Expressions expressions;

    public Planner(List<Builtin> builtins, Expressions expressions) {
        builtins.forEach(builtin -> this.builtins.put(builtin.command(), builtin));
        this.expressions = expressions;
    }

    /** @throws IllegalArgumentException naming the step or edge that can not be made ready */
    public Plan plan(FlowDefinition definition, String runId) {
        return new PlanMaking(definition, runId, builtins, expressions).plan();
    }
}
