package dev.weft.execution.builtin.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param headers by name in lower case; several of one name joined with {@code ", "}
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && headers.containsKey("location");
    }

    /** 408, 429 and the server's own faults: worth another try. */
    boolean isTransient() {
        return status == 408 || status == 429 || status >= 500;
    }
}
