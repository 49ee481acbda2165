package dev.weft.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of an HTTP head. */
final class HttpLines {

    private HttpLines() {}

    /** The next line without its end; null when the connection has ended. */
    static @Nullable String read(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return null;
    }
}
