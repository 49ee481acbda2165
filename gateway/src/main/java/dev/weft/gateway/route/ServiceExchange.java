package dev.weft.gateway.route;

import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.SecurityHeaders;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends a request on and its answer back: path and query byte by byte as they came, headers without those of one hop,
 * JSON in the content type that the caller accepts.
 */
final class ServiceExchange implements ProxyExchange {

    private final BackendClient client;
    private final SecurityHeaders headers;

    ServiceExchange(BackendClient client, SecurityHeaders headers) {
        this.client = client;
        this.headers = headers;
    }

    static boolean isForwarded(ServerRequest request) {
        return find(request.servletRequest()) != null;
    }

    static ForwardedRequest forwarded(HttpServletRequest request) {
        var found = find(request);
        if (found == null) {
            throw new IllegalStateException("The request did not come through the edge.");
        }
        return found;
    }

    private static @Nullable ForwardedRequest find(ServletRequest request) {
        var current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof ForwardedRequest forwarded) {
                return forwarded;
            }
            current = wrapper.getRequest();
        }
        return null;
    }

    @Override
    public ServerResponse exchange(Request exchange) {
        var forwarded = forwarded(exchange.getServerRequest().servletRequest());
        var response = client.send(forwarded.backend(), request(forwarded));
        return GatewayServerResponse.status(response.getCode()).build((_, answer) -> {
            try (response) {
                // What the gateway refuses by itself under this path stays JSON of the API.
                if (forwarded.backend() == Backend.KEYCLOAK) {
                    headers.use(AnswerFamily.KEYCLOAK, answer);
                }
                SecurityHeaders.yieldTo(response::containsHeader, answer);
                copy(response, answer, forwarded.jsonType());
            }
            return null;
        });
    }

    private HttpUriRequestBase request(ForwardedRequest forwarded) {
        var request = new HttpUriRequestBase(forwarded.getMethod(), java.net.URI.create("/"));
        request.setPath(client.prefix(forwarded.backend()) + forwarded.target());
        var connection = forwarded.getHeader("Connection");
        var names = forwarded.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            if (goesOn(name, connection == null ? "" : connection)) {
                var values = forwarded.getHeaders(name);
                while (values.hasMoreElements()) {
                    request.addHeader(name, values.nextElement());
                }
            }
        }
        forwarded.headers().forEach(request::setHeader);
        switch (forwarded.body()) {
            case ForwardedBody.Whole(var bytes) when bytes.length == 0 -> {}
            case ForwardedBody.Whole(var bytes) -> request.setEntity(new ByteArrayEntity(bytes, null));
            case ForwardedBody.Streamed(var begun, var rest, var length) ->
                request.setEntity(new InputStreamEntity(
                        new SequenceInputStream(new ByteArrayInputStream(begun), rest), length, null));
        }
        return request;
    }

    /** Nothing by which a caller could pass for somebody inside, or for somebody else outside. */
    private static boolean goesOn(String header, String connection) {
        var name = header.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "host", "content-length", "expect", "forwarded", "x-real-ip" -> false;
            default ->
                !name.startsWith("x-weft-") && !name.startsWith("x-forwarded-") && !HopByHop.contains(name, connection);
        };
    }

    private static void copy(ClassicHttpResponse response, HttpServletResponse answer, @Nullable String jsonType)
            throws IOException {
        var connection = response.getFirstHeader("Connection");
        var hop = connection == null ? "" : connection.getValue();
        var headers = response.headerIterator();
        while (headers.hasNext()) {
            var header = headers.next();
            var name = header.getName();
            if (comesBack(name, hop)) {
                answer.addHeader(name, header.getValue());
            }
        }
        var type = response.getFirstHeader("Content-Type");
        if (type != null) {
            answer.setContentType(jsonType != null && isJson(type.getValue()) ? jsonType : type.getValue());
        }
        var entity = response.getEntity();
        if (entity != null) {
            if (entity.getContentLength() >= 0) {
                answer.setContentLengthLong(entity.getContentLength());
            }
            try (var body = entity.getContent()) {
                body.transferTo(answer.getOutputStream());
            }
        }
    }

    private static boolean comesBack(String header, String connection) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "content-type", "content-length", "date", "server", "x-request-id" -> false;
            default -> !HopByHop.contains(header, connection);
        };
    }

    private static boolean isJson(String type) {
        return type.startsWith("application/json") || type.startsWith("application/vnd.api+json");
    }
}
