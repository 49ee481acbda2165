package dev.weft.common.http;

import dev.weft.common.egress.WebAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call to make; {@code body} null: none. */
public record HttpCall(
        String method, WebAddress url, List<HttpField> fields, byte @Nullable [] body, Duration timeout) {

    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** A header. */
    public record HttpField(String name, String value) {

        /** The Basic header for the {@code user:password} in an address. */
        public static HttpField basic(String userInfo) {
            var user = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
            return new HttpField(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
