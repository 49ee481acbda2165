package dev.weft.gateway.edge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a request says that its body is JSON in UTF-8 (api-v2 1.1). */
final class JsonContentType {

    private JsonContentType() {}

    static boolean matches(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        if (contentType.equals("application/json")) {
            return true;
        }
        var parts = contentType.split(";", -1);
        var type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.equals("application/vnd.api+json")) {
            return false;
        }
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
