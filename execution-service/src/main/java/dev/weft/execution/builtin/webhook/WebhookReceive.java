package dev.weft.execution.builtin.webhook;

import dev.weft.common.flowmessage.CallFiles;
import dev.weft.execution.attachment.Attachments;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * {@code weft/webhook:receive}: the parsed body, with what is known of the call as members {@code _query},
 * {@code _headers}, {@code _method}, {@code _url} and, when there is one, {@code _additionalUrlPath}. The door has kept
 * the text in {@code rawData} when the field {@code raw} wants it. Files of the call end here: they are kept, and the message
 * names them.
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
            if (!call.attachments().isEmpty()) {
                // First, since the message names them. Again after a crash, which changes nothing.
                attachments.keep(settings.flowId(), input.execution(), files(call));
            }
            return List.of(
                    new Outcome.Data(new StepMessage(body(call), Map.of(), call.attachments(), Map.of(), Map.of())));
        };
    }

    /** By the number that their reference ends with. */
    private static Map<Integer, Attachments.File> files(StepMessage call) {
        var contents = call.extra().get(CallFiles.CONTENTS) instanceof Map<?, ?> bytes ? bytes : Map.of();
        var files = new LinkedHashMap<Integer, Attachments.File>();
        call.attachments().forEach((name, reference) -> {
            if (reference instanceof Map<?, ?> about
                    && about.get("url") instanceof String url
                    && contents.get(name) instanceof String content) {
                files.put(
                        CallFiles.number(url),
                        new Attachments.File(
                                about.get("filename") instanceof String filename ? filename : name,
                                String.valueOf(about.get("content-type")),
                                Base64.getDecoder().decode(content)));
            }
        });
        return files;
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
