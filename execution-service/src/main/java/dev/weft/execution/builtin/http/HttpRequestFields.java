package dev.weft.execution.builtin.http;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of {@code http:request}, and the call they make of a message.
 *
 * @param body null: none
 */
record HttpRequestFields(
        String method,
        Url url,
        HeaderFields headers,
        @Nullable Expression body,
        Duration timeout,
        int retries,
        boolean dontThrow,
        Map<String, String> variables) {

    /** What the client itself says of a connection. */
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
        var fields = new ArrayList<HttpCall.HttpField>();
        String contentType = null;
        var keyed = false;
        var authorized = false;
        for (var header : headers.read(context).entrySet()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (OURS.contains(name)) {
                continue;
            }
            contentType = name.equals("content-type") ? header.getValue().getFirst() : contentType;
            keyed |= name.equals("idempotency-key");
            authorized |= name.equals("authorization");
            header.getValue().forEach(value -> fields.add(new HttpCall.HttpField(header.getKey(), value)));
        }
        if (!keyed) {
            fields.add(new HttpCall.HttpField("Idempotency-Key", input.effectKey()));
        }
        if (!authorized && address.getRawUserInfo() != null) {
            fields.add(new HttpCall.HttpField("Authorization", basic(address.getRawUserInfo())));
        }
        var value = body == null ? Undefined.UNDEFINED : body.evaluate(context);
        if (Undefined.is(value)) {
            return new HttpCall(method, withoutUser(address), fields, null, timeout);
        }
        var sent = RequestBody.of(value, contentType, json);
        if (contentType == null) {
            fields.add(new HttpCall.HttpField("Content-Type", sent.type()));
        }
        return new HttpCall(method, withoutUser(address), fields, sent.bytes(), timeout);
    }

    private static String basic(String userInfo) {
        var user = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUser(URI url) {
        return url.getRawUserInfo() == null ? url : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
    }

    /** The address: a literal, or an expression that gives a text. */
    record Url(String literal, @Nullable Expression expression) {

        URI read(EvaluationContext context) {
            if (expression == null) {
                return RequestUrl.parse(literal);
            }
            if (expression.evaluate(context) instanceof String text) {
                return RequestUrl.parse(text);
            }
            throw new StepFailure("HttpError", "url does not give a text.");
        }
    }
}
