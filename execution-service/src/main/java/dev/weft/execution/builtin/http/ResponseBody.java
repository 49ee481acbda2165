package dev.weft.execution.builtin.http;

import dev.weft.execution.step.Nesting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/** A body that came: JSON is parsed, text is text, all else its base64 text; nothing is null. */
final class ResponseBody {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|application/(xml|javascript|x-www-form-urlencoded|yaml|x-yaml|graphql|sql|xhtml\\+xml|.*\\+xml|.*\\+yaml)");

    private static final String RESPONSE = "The response";

    private ResponseBody() {}

    static @Nullable Object read(HttpAnswer answer, JsonMapper json) {
        if (answer.body().length == 0) {
            return null;
        }
        return isJson(type(answer)) ? ofJson(answer, json) : text(answer);
    }

    private static @Nullable Object ofJson(HttpAnswer answer, JsonMapper json) {
        try {
            var value = json.readValue(answer.body(), Object.class);
            Nesting.require(RESPONSE, value);
            return value;
        } catch (StreamConstraintsException _) {
            throw Nesting.unreadable(RESPONSE);
        } catch (JacksonException _) {
            return text(answer);
        }
    }

    /** As it came. */
    static String text(HttpAnswer answer) {
        var type = type(answer);
        return isJson(type) || TEXT.matcher(type).matches()
                ? new String(answer.body(), charset(answer.header("content-type")))
                : Base64.getEncoder().encodeToString(answer.body());
    }

    private static String type(HttpAnswer answer) {
        var contentType = answer.header("content-type");
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String type) {
        return type.isEmpty() || type.equals("application/json") || type.endsWith("+json");
    }

    private static Charset charset(@Nullable String contentType) {
        var named = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException _) {
            return StandardCharsets.UTF_8;
        }
    }
}
