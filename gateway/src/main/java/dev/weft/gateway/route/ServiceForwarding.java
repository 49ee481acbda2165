package dev.weft.gateway.route;

import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.SecurityHeaders;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.ClientShare;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The end of a route: forwards a request and returns its answer. Path and query are forwarded byte by byte, headers
 * without the hop-by-hop ones; JSON is answered in the content type that the caller accepts. All headers are copied in
 * one pass, since each header filter of the gateway library would make a copy of its own.
 */
public final class ServiceForwarding {

    private static final Logger log = LoggerFactory.getLogger(ServiceForwarding.class);

    /** Of an answer that is taken whole; only stored files are longer. */
    private static final int LONGEST_WHOLE = 6 * 1024 * 1024;

    private static final Begun NOTHING = new Begun(new byte[0], true);

    /** The part of an answer's body that has been read, and whether that is all of it. */
    private record Begun(byte[] bytes, boolean isWhole) {}

    private final BackendClient client;
    private final SecurityHeaders security;

    ServiceForwarding(BackendClient client, SecurityHeaders security) {
        this.client = client;
        this.security = security;
    }

    public HandlerFunction<ServerResponse> to(Backend backend) {
        return request -> forward(backend, request);
    }

    private ServerResponse forward(Backend backend, ServerRequest sent) {
        var asked = sent.servletRequest();
        var call = ServiceCall.of(asked);
        var place = client.place(backend, ClientShare.of(asked));
        try {
            var response = client.send(backend, request(backend, call, asked));
            var begun = begin(response, backend, BodyBudget.of(asked), isSafe(asked.getMethod()));
            if (begun.isWhole()) {
                // The connection to the service is free again.
                place.close();
            }
            return GatewayServerResponse.status(response.getCode()).build((_, answer) -> {
                try (place;
                        response) {
                    if (call.family() != AnswerFamily.API) {
                        // Only now: if the gateway itself refuses a request under such a path, the answer is JSON of
                        // the API.
                        security.use(call.family(), answer);
                    }
                    SecurityHeaders.yieldTo(response::containsHeader, answer);
                    copy(response, begun, answer, call.jsonType());
                }
                return null;
            });
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /**
     * The answer's body, or the beginning of a very long one. It is taken before any of it is written: a caller who reads
     * slowly would keep one of the connections to the service, and 256 of them would keep all. What he keeps instead is
     * memory, of which he has a share like all who send. If there is none, a read is refused. The answer to a change is
     * written as it comes, and the connection kept: the change is made, and who is told to come again would repeat it.
     */
    private static Begun begin(
            ClassicHttpResponse response, Backend backend, BodyBudget.Held held, boolean isRefusable) {
        try {
            if (response.getEntity() == null) {
                return NOTHING;
            }
            var body = response.getEntity().getContent();
            var begun = body.readNBytes(BodyBudget.SMALL);
            var isMore = begun.length == BodyBudget.SMALL;
            while (isMore && begun.length < LONGEST_WHOLE) {
                // Doubles the buffer: an answer of n bytes costs at most 2n, and is copied as often as the buffer
                // doubles.
                if (isRefusable) {
                    held.take(begun.length);
                } else if (!held.tryTake(begun.length)) {
                    break;
                }
                var more = body.readNBytes(begun.length);
                isMore = more.length == begun.length;
                begun = joined(begun, more);
            }
            return new Begun(begun, !isMore);
        } catch (ProblemException e) {
            closeQuietly(response);
            throw e;
        } catch (IOException e) {
            closeQuietly(response);
            throw BackendClient.unavailable(backend);
        }
    }

    private static boolean isSafe(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    private static byte[] joined(byte[] begun, byte[] more) {
        var both = Arrays.copyOf(begun, begun.length + more.length);
        System.arraycopy(more, 0, both, begun.length, more.length);
        return both;
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            log.debug("The connection of an answer that nobody wants was broken", e);
        }
    }

    private HttpUriRequestBase request(Backend backend, ServiceCall call, HttpServletRequest sent) {
        // The server drops the body of an answer to HEAD, so services need not know HEAD.
        var method = sent.getMethod().equals("HEAD") ? "GET" : sent.getMethod();
        var request = new HttpUriRequestBase(method, URI.create("/"));
        var query = sent.getQueryString();
        // Not by way of java.net.URI, which would encode some characters again.
        request.setPath(client.prefix(backend) + (query == null ? call.path() : call.path() + "?" + query));
        var connection = sent.getHeader("Connection");
        var names = sent.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            if (goesOn(name, connection == null ? "" : connection)) {
                var values = sent.getHeaders(name);
                while (values.hasMoreElements()) {
                    request.addHeader(name, values.nextElement());
                }
            }
        }
        // These replace the caller's own headers; in place of an empty one nothing goes on.
        call.headers().forEach((name, value) -> {
            if (value.isEmpty()) {
                request.removeHeaders(name);
            } else {
                request.setHeader(name, value);
            }
        });
        // An empty entity would add a Content-Length, also to a GET.
        if (call.body().length > 0) {
            request.setEntity(new ByteArrayEntity(call.body(), null));
        }
        return request;
    }

    /** Nothing by which a caller could pass for somebody inside, or for somebody else outside. */
    private static boolean goesOn(String header, String connection) {
        var name = header.toLowerCase(Locale.ROOT);
        return switch (name) {
            // The client writes Host and Content-Length itself, and this server answers Expect.
            case "host", "content-length", "expect", "forwarded", "x-real-ip" -> false;
            default ->
                !name.startsWith("x-weft-") && !name.startsWith("x-forwarded-") && !HopByHop.contains(name, connection);
        };
    }

    private static void copy(
            ClassicHttpResponse response, Begun begun, HttpServletResponse answer, @Nullable String jsonType)
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
            answer.getOutputStream().write(begun.bytes());
            if (!begun.isWhole()) {
                entity.getContent().transferTo(answer.getOutputStream());
            }
        }
    }

    private static boolean comesBack(String header, String connection) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            // These are written by the gateway, and would appear twice in the answer.
            case "content-type", "content-length", "date", "server", "x-request-id" -> false;
            default -> !HopByHop.contains(header, connection);
        };
    }

    private static boolean isJson(String type) {
        return type.startsWith("application/json") || type.startsWith("application/vnd.api+json");
    }
}
