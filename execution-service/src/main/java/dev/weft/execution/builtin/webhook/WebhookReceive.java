package dev.weft.execution.builtin.webhook;

import dev.weft.common.flowmessage.WebhookCall;
import dev.weft.execution.attachment.Attachments;
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
 * {@code weft/webhook:receive}: emits the parsed body, with members that tell of the call: {@code _query}, {@code
 * _headers}, {@code _method}, {@code _url} and, when there is one, {@code _additionalUrlPath}. The gateway has kept the
 * body's text in {@code rawData} when the field {@code raw} is set. Files of the call are stored here, and from here on
 * the message only names them.
 */
@Service
final class WebhookReceive implements Builtin {

    private final Attachments attachments;

    WebhookReceive(Attachments attachments) {
        this.attachments = attachments;
    }

    @Override
    public String command() {
        return "weft/webhook:receive";
    }

    @Override
    public Step prepare(StepSettings settings) {
        return input -> {
            var call = input.message();
            var about = WebhookCall.read(call.headers(), call.attachments(), call.extra());
            if (!call.attachments().isEmpty()) {
                // Stored before the message that names them. After a crash they are stored again under the same ids.
                attachments.keep(settings.flowId(), input.execution(), files(about));
            }
            return List.of(new Outcome.Data(
                    new StepMessage(body(call.body(), about), Map.of(), call.attachments(), Map.of(), Map.of())));
        };
    }

    /** By the number that their reference ends with. */
    private static Map<Integer, Attachments.File> files(WebhookCall call) {
        var files = new LinkedHashMap<Integer, Attachments.File>();
        for (var file : call.files()) {
            files.put(
                    file.number(),
                    new Attachments.File(file.filename().orElse(file.name()), file.contentType(), file.content()));
        }
        return files;
    }

    private static Map<String, @Nullable Object> body(@Nullable Object sent, WebhookCall call) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (sent instanceof Map<?, ?> object) {
            object.forEach((name, value) -> body.put(String.valueOf(name), value));
        } else if (sent != null) {
            body.put("value", sent);
        }
        body.put("_query", call.query());
        body.put("_headers", call.headers());
        body.put("_method", call.method());
        body.put("_url", call.url());
        if (call.rest() != null) {
            body.put("_additionalUrlPath", call.rest());
        }
        return body;
    }
}
