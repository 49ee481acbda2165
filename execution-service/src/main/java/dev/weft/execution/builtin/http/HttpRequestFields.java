package dev.weft.execution.builtin.http;

import dev.weft.common.egress.WebAddress;
import dev.weft.common.http.HttpCall;
import dev.weft.common.http.HttpCallFailure;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.wire.HeaderValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of {@code http:request}, and the call they make of a message.
 *
 * @param headers null: none
 * @param body    null: none
 */
record HttpRequestFields(
        String method,
        Url url,
        @Nullable Expression headers,
        @Nullable Expression body,
        Duration timeout,
        int retries,
        boolean dontThrow,
        Map<String, String> variables) {

    private static final String FAILURE = "HttpError";
    /**
     * What a client and a server say of their connection. The client sends its own, so those that a flow names are left
     * out.
     */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    HttpCall call(StepInput input, JsonMapper json) {
        var context = EvaluationContext.of(input.message(), variables);
        var address = url.read(context);
        var given = headers == null ? null : headers.evaluate(context);
        var fields = new ArrayList<HttpCall.HttpField>();
        HeaderValues.read(FAILURE, Undefined.is(given) ? null : given).forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> fields.add(new HttpCall.HttpField(name, value)));
            }
        });
        if (lacks(fields, "Idempotency-Key")) {
            // The key is the same however often this message is worked on, so a server can recognize a repeated call.
            fields.add(new HttpCall.HttpField("Idempotency-Key", input.effectKey()));
        }
        var user = address.userInfo();
        if (user != null && lacks(fields, "Authorization")) {
            fields.add(HttpCall.HttpField.basic(user));
        }
        var value = body == null ? Undefined.UNDEFINED : body.evaluate(context);
        if (Undefined.is(value)) {
            return new HttpCall(method, address.withoutUser(), fields, null, timeout);
        }
        var contentType = contentType(fields);
        var sent = RequestBody.of(value, contentType, json);
        if (contentType == null) {
            fields.add(new HttpCall.HttpField("Content-Type", sent.type()));
        }
        return new HttpCall(method, address.withoutUser(), fields, sent.bytes(), timeout);
    }

    private static boolean lacks(List<HttpCall.HttpField> fields, String name) {
        for (var field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String contentType(List<HttpCall.HttpField> fields) {
        String type = null;
        for (var field : fields) {
            if (field.name().equalsIgnoreCase("Content-Type")) {
                if (type != null) {
                    throw new StepFailure(FAILURE, "The header Content-Type can not be sent: it has several values.");
                }
                type = field.value();
            }
        }
        return type;
    }

    /** The address: a literal, or an expression that gives a text. */
    static final class Url {

        private final String literal;
        private final @Nullable Expression expression;
        /** Most steps call one address again and again. */
        private volatile @Nullable Known last;

        // Text and parsed address are replaced together, since several threads read them.
        private record Known(String text, WebAddress address) {}

        Url(String literal, @Nullable Expression expression) {
            this.literal = literal;
            this.expression = expression;
        }

        WebAddress read(EvaluationContext context) {
            var given = expression == null ? literal : expression.evaluate(context);
            if (!(given instanceof String text)) {
                throw new StepFailure(
                        FAILURE, Undefined.is(given) ? "url gives nothing." : "url gives something that is no text.");
            }
            var known = last;
            if (known == null || !known.text.equals(text)) {
                known = new Known(text, parse(text));
                last = known;
            }
            return known.address;
        }

        private static WebAddress parse(String text) {
            try {
                return WebAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw StepFailure.of(
                        FAILURE,
                        "url is no address that can be called: " + HttpCallFailure.reason(e, text),
                        !text.isBlank());
            }
        }
    }
}
