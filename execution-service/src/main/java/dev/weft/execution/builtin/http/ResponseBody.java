package dev.weft.execution.builtin.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A body that came: JSON is parsed, text is text, all else its base64 text; nothing is null. */
final class ResponseBody {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|application/(xml|javascript|x-www-form-urlencoded|yaml|x-yaml|graphql|sql|xhtml\\+xml|.*\\+xml|.*\\+yaml)");

    private ResponseBody() {}

    static @Nullable Object read(HttpAnswer answer, JsonMapper json) {
        var body = answer.body();
        if (body.length == 0) {
            return null;
        }
        var contentType = answer.header("content-type");
        var type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            try {
                return json.readValue(body, Object.class);
            } catch (JacksonException _) {
                return new String(body, charset(contentType));
            }
        }
        return TEXT.matcher(type).matches()
                ? new String(body, charset(contentType))
                : Base64.getEncoder().encodeToString(body);
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
