package dev.weft.common.audit;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the names of attributes from the body of a writing request, as the handler gets it, and ends its entry when the
 * answer's body is about to be written. Nothing is read or parsed for the audit trail alone.
 */
@RestControllerAdvice
final class AuditAdvice extends RequestBodyAdviceAdapter implements ResponseBodyAdvice<Object> {

    private final AuditTrail trail;

    AuditAdvice(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return target == JsonNode.class;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        if (body instanceof JsonNode document) {
            AuditedRequest.current().ifPresent(request -> {
                var data = document.path("data");
                var names = data.path("attributes") instanceof ObjectNode attributes
                        ? Set.copyOf(attributes.propertyNames())
                        : Set.<String>of();
                request.sent(
                        names,
                        AuditAction.isId(data.path("id").asString(""))
                                ? data.path("id").asString()
                                : null);
            });
        }
        return body;
    }

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (request instanceof ServletServerHttpRequest sent && response instanceof ServletServerHttpResponse given) {
            AuditedRequest.of(sent.getServletRequest()).ifPresent(begun -> {
                var status = given.getServletResponse().getStatus();
                trail.end(begun, status, idOf(body), attributesOf(body));
            });
        }
        return body;
    }

    private static @Nullable String idOf(@Nullable Object body) {
        return body instanceof Document document && document.data() instanceof Resource resource ? resource.id() : null;
    }

    /** Of a list too: changes of members answer with all of them. */
    private static Set<String> attributesOf(@Nullable Object body) {
        var names = new HashSet<String>();
        if (body instanceof Document document) {
            if (document.data() instanceof Resource resource) {
                names.addAll(resource.attributes().keySet());
            } else if (document.data() instanceof Iterable<?> resources) {
                for (var one : resources) {
                    if (one instanceof Resource resource) {
                        names.addAll(resource.attributes().keySet());
                    }
                }
            }
        }
        return names;
    }
}
