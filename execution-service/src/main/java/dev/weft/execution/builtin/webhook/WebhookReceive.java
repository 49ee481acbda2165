package dev.weft.execution.builtin.webhook;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * {@code weft/webhook:receive}: the parsed body, with what is known of the call as members {@code _query},
 * {@code _headers}, {@code _method}, {@code _url} and, when there is one, {@code _additionalUrlPath}. The door has kept
 * the text in {@code rawData} when the field {@code raw} wants it.
 */
@Service
final class WebhookReceive implements Builtin {

    @Override
    public String command() {
        return "weft/webhook:receive";
    }

    @Override
    public boolean inline() {
        return true;
    }

    @Override
    public Step prepare(StepSettings settings) {
        return input -> List.of(new Outcome.Data(StepMessage.of(body(input.message()))));
    }

    private static Map<String, @Nullable Object> body(StepMessage call) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (call.body() instanceof Map<?, ?> object) {
            object.forEach((name, value) -> body.put(String.valueOf(name), value));
        } else if (call.body() != null) {
            body.put("value", call.body());
        }
        var about = call.extra();
        body.put("_query", about.getOrDefault("query", Map.of()));
        body.put("_headers", call.headers());
        body.put("_method", about.getOrDefault("method", "POST"));
        body.put("_url", about.getOrDefault("url", ""));
        if (about.get("additionalUrlPath") instanceof String path && !path.isEmpty()) {
            body.put("_additionalUrlPath", path);
        }
        return body;
    }
}
