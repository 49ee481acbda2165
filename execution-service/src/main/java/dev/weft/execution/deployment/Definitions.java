package dev.weft.execution.deployment;

import dev.weft.execution.plan.FlowDefinition;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads flow definitions from the JSON that flow-service sends (snake case) and {@code flow_runs} keeps. */
@Service
public class Definitions {

    private final JsonMapper json;

    Definitions(JsonMapper json) {
        this.json = json.rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
    }

    public FlowDefinition read(String definition) {
        return json.readValue(definition, FlowDefinition.class);
    }

    public FlowDefinition read(Map<String, Object> payload) {
        return json.convertValue(payload, FlowDefinition.class);
    }

    public String write(Map<String, Object> payload) {
        return json.writeValueAsString(payload);
    }
}
