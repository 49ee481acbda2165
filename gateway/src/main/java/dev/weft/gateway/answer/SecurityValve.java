package dev.weft.gateway.answer;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Sets the security headers below all servlets and filters, where the server's own refusals pass too. */
public final class SecurityValve extends ValveBase {

    private final SecurityHeaders headers;

    public SecurityValve(SecurityHeaders headers) {
        super(true);
        this.headers = headers;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        headers.begin(request, response);
        getNext().invoke(request, response);
    }
}
