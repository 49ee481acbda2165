package dev.weft.execution.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as steps see it (sailor-runtime 6), JSON read into plain Java values:
 * {@code {"id"?,"body","headers","attachments","passthrough":{step:{"body","headers","attachments"}},..}}.
 *
 * @param body  usually an object
 * @param extra further top-level members, such as those of a webhook's kick-off ({@code method}, {@code url}, ..)
 */
public record StepMessage(
        @Nullable Object body,
        Map<String, Object> headers,
        Map<String, Object> attachments,
        Map<String, Object> passthrough,
        Map<String, Object> extra) {

    public static StepMessage of(@Nullable Object body) {
        return new StepMessage(body, Map.of(), Map.of(), Map.of(), Map.of());
    }

    public StepMessage withBody(@Nullable Object newBody) {
        return new StepMessage(newBody, headers, attachments, passthrough, extra);
    }

    public StepMessage withPassthrough(Map<String, Object> newPassthrough) {
        return new StepMessage(body, headers, attachments, newPassthrough, extra);
    }

    /** All of it, as {@code $msg} and code see it: {@code {"body","headers","attachments","passthrough",..}}. */
    public Map<String, @Nullable Object> whole() {
        var whole = new LinkedHashMap<String, @Nullable Object>(extra);
        whole.put("body", body);
        whole.put("headers", headers);
        whole.put("attachments", attachments);
        whole.put("passthrough", passthrough);
        return whole;
    }

    /** What executions show of a message: {@code {"body","headers"}}, attachments by reference when there are any. */
    public Map<String, @Nullable Object> shown() {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("body", body);
        shown.put("headers", headers);
        if (!attachments.isEmpty()) {
            shown.put("attachments", attachments);
        }
        return shown;
    }
}
